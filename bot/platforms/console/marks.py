"""The bot's neutral markdown in a terminal."""

import re

from rich.text import Text

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINE = re.compile(r"^(#{1,4} |> ?)", re.MULTILINE)


def plain(text: str) -> str:
    """Words only, for pipes."""
    return _LINE.sub("", _BOLD.sub(r"\1", text))


def styled(text: str) -> Text:
    """Bold where it was meant so; everything else as it stands."""
    shown, at = Text(), 0
    for mark in _BOLD.finditer(text):
        shown.append(_LINE.sub("", text[at : mark.start()]))
        shown.append(mark[1], "bold")
        at = mark.end()
    shown.append(_LINE.sub("", text[at:]))
    return shown
