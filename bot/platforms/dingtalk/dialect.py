"""The neutral markdown of our words in DingTalk's. Pure.

DingTalk knows headings, quotes, bold, links, lists; a line ends only where two blanks stand before its end. User text
has lost its markup already; what could still call somebody or open a link becomes full-width here.
https://open.dingtalk.com/document/orgapp/robot-message-types-and-data-format
"""

import re
from collections.abc import Sequence
from itertools import accumulate
from urllib.parse import quote

from bot.platforms.splitting import size
from handlers.message import Button

CONTROLS = "".join(chr(code) for code in (*range(32), 127) if chr(code) not in "\n\t")
HARMLESS = str.maketrans("<>@", "＜＞＠", CONTROLS)
BRACKETS = str.maketrans("[]()", "［］（）")
QUOTE = re.compile(r"^> ?", re.MULTILINE)
MARKS = re.compile(r"^#{1,6} +|^>+ ?|\*\*|`|^[ \t]*[-*] +", re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"(!?)\[([^\]\n]*)\]\(([^)\n]*)\)")
PAGE = re.compile(r"https?://[^\s()]+")
USER_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}")
TITLE = 60
"""Bytes of the line that the list of chats and the notification show."""
SENDING = "dtmd://dingtalkclient/sendMessage?content="
"""A link that says its words in the name of whoever presses it; only in chats with the robot alone it hears them."""
LINE_ENDS = "  \n"
CALL_ME = "（在群里请先 @我 再说）"


def marked(text: str) -> str:
    """As DingTalk's markdown, which has no code and joins lines."""
    return LINE_ENDS.join(_line(line) for line in text.split("\n"))


def title(words: str) -> str:
    """A line for the list of chats, which shows no marks."""
    first = next((bare for line in words.split("\n") if (bare := plain(line).strip())), "跟单助手")
    return first.encode("utf-8", "replace")[:TITLE].decode("utf-8", "ignore")


def plain(text: str) -> str:
    """Without any mark."""
    return LINK.sub(r"\2", MARKS.sub("", text)).translate(HARMLESS)


def twins(buttons: Sequence[Button], *, beside: str = "", called: bool = False) -> str:
    """The buttons as words to type, as far as the text beside them does not say so already.

    Where the robot hears only who calls it, that is said too.
    """
    lines = [_twin(button) for button in buttons if f"「{_words(button.typed)}」" not in beside]
    return "\n".join([*lines, CALL_ME] if called and buttons else lines)


def twins_elsewhere(buttons: Sequence[Button]) -> str:
    """The same in a group where nobody listens: what to say to the robot of the app."""
    return "可对应用说：" + " ".join(f"「{_words(button.typed)}」" for button in buttons)


def links(buttons: Sequence[Button]) -> str:
    """The buttons as links that say their words, for a chat with the robot alone. Not to be marked again."""
    return "　".join(
        f"[{_words(button.label).translate(BRACKETS)}]({SENDING}{quote(button.say, safe='')})"
        for button in buttons
    )


def mentions(user_ids: Sequence[str], room: int) -> tuple[str, ...]:
    """Those whose call fits into `room` bytes: a call is shown only where it stands in the text as well."""
    able = [user_id for user_id in user_ids if is_user_id(user_id)]
    ends = accumulate(size(user_id) + 2 for user_id in able)
    return tuple(user_id for user_id, end in zip(able, ends, strict=True) if end <= room)


def is_user_id(said: str) -> bool:
    """True for one person's id; never for what reaches everybody."""
    return USER_ID.fullmatch(said) is not None and said.lower() != "all"


def _line(line: str) -> str:
    mark = "> " if QUOTE.match(line) else ""
    return mark + _linked(CODE.sub(r"\1", QUOTE.sub("", line)))


def _linked(words: str) -> str:
    """Pages stay links; what would open anything else, or show a picture, is only words."""
    parts, end = [], 0
    for found in LINK.finditer(words):
        parts.append(_harmless(words[end : found.start()]))
        end = found.end()
        label = _harmless(found[2])
        parts.append(f"[{label}]({found[3]})" if not found[1] and PAGE.fullmatch(found[3]) else label)
    return "".join((*parts, _harmless(words[end:])))


def _harmless(words: str) -> str:
    return words.translate(HARMLESS)


def _twin(button: Button) -> str:
    label, say = _words(button.label), _words(button.typed)
    return f"回复「{say}」" if label == say else f"回复「{say}」：{label}"


def _words(said: str) -> str:
    return " ".join(said.split()).translate(HARMLESS)
