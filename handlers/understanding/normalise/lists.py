"""Numbered lists: the numbers before their entries are no quantities."""

import re

from handlers.understanding.normalise.text import Text

_MARKER = re.compile(
    r"(?:(?<=\n)|^|(?<=[\s;；,，。:：]))[ \t]*(?:[(（]?(?P<n>\d{1,2})(?P<mark>[.．、)）:：])|(?P<round>[①-⑳]))[ \t]*",
    re.MULTILINE,
)
_DASH = re.compile(r"^[ \t]*[-•·*●▪]+[ \t]+", re.MULTILINE)


def without_markers(text: Text) -> Text:
    """The message with list markers blanked, where they count up from one."""
    spans = []
    expected = 1
    for match in _MARKER.finditer(text.raw):
        if match["round"] or (int(match["n"]) == expected and _marks(text.raw, match, expected)):
            spans.append(match.span())
            expected += 1
    if expected < 3:
        spans = (
            [span for span in spans if "\n" in text.raw and text.raw[span[1] :].strip()]
            if expected == 2
            else []
        )
        if not _lines_numbered(text.raw, spans):
            spans = []
    spans += [match.span() for match in _DASH.finditer(text.raw)]
    raw, low = text.raw, text.low
    for start, end in spans:
        blank = " " * (end - start)
        raw, low = raw[:start] + blank + raw[end:], low[:start] + blank + low[end:]
    return Text(raw, low)


def _marks(raw: str, match: re.Match[str], expected: int) -> bool:
    """Before a digit a marker must stand at the start of a line, the first apart from it; 1.5 is a number."""
    if not raw[match.end() : match.end() + 1].isdigit():
        return True
    apart = match[0][-1] in " \t"
    starts_line = match.start() == 0 or raw[match.start() - 1] == "\n"
    return starts_line and "\n" in raw and (expected > 1 or apart or match["mark"] not in ".．:：")


def _lines_numbered(raw: str, spans: list[tuple[int, int]]) -> bool:
    """A single marker counts only at the start of a line that is not the first."""
    return all((start > 0 and raw[start - 1] == "\n") or raw[:start].endswith("\n") for start, _ in spans)
