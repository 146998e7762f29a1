"""The neutral markdown of our words in WeCom's dialects. Pure.

Neutral markdown is headings, `**bold**`, `` `code` ``, `> quotes`, `- lists`, `[text](address)`. User text
in it has lost its markup already; what could still mention somebody or open a tag becomes full-width here.
"""

import re
from collections.abc import Sequence
from itertools import accumulate

from handlers.message import Button, Reply

PASSIVE_LIMIT = 2048  # bytes; WeCom cuts what is longer without a word
PRESSED = "已收到"  # stands on the button afterwards
CHOOSE = "请选择"
CONTROLS = "".join(chr(code) for code in (*range(32), 127) if chr(code) not in "\n\t")
# Control characters go: JSON can only write them as \uXXXX, which WeCom refuses (40033), and XML not at all.
HARMLESS = str.maketrans("<>@", "＜＞＠", CONTROLS)
QUOTE = re.compile(r"^> ?", re.MULTILINE)
HEADING = re.compile(r"^#{1,6} +", re.MULTILINE)
BULLET = re.compile(r"^([ \t]*)[-*] +", re.MULTILINE)
BOLD = re.compile(r"\*\*(.+?)\*\*")
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[([^\]\n]+)\]\((https?://[^)\s]+)\)")
MARKS = (QUOTE, HEADING, BOLD, CODE, LINK)
USER_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@\-]{0,63}")


def plain(text: str) -> str:
    """As text without any mark."""
    bare = BULLET.sub(r"\1· ", HEADING.sub("", QUOTE.sub("", text)))
    bare = LINK.sub(r"\1（\2）", CODE.sub(r"\1", BOLD.sub(r"\1", bare)))
    return bare.translate(HARMLESS)


def marked(text: str) -> str:
    """As the markdown of app messages and group robots, which knows no lists."""
    return "\n".join(_marked_line(line) for line in text.split("\n"))


def marked_v2(text: str) -> str:
    """As the markdown of AI bots, which knows lists, tables and code but neither colours nor mentions."""
    return "\n".join(
        ("> " if QUOTE.match(line) else "") + QUOTE.sub("", line).translate(HARMLESS)
        for line in text.split("\n")
    )


def has_marks(text: str) -> bool:
    """True when something would be lost in plain text. Plain text is seen in more clients."""
    return any(mark.search(text) for mark in MARKS)


def twins(buttons: Sequence[Button], beside: str = "") -> str:
    """The buttons as words to type, as far as the text beside them does not say so already."""
    return "\n".join(_twin(button) for button in buttons if f"「{_words(button.typed)}」" not in beside)


def twins_elsewhere(buttons: Sequence[Button]) -> str:
    """The same in a group where nobody listens: what to say to the app."""
    return "可对应用说：" + " ".join(f"「{_words(button.typed)}」" for button in buttons)


def passive(reply: Reply) -> str:
    """A reply as the text that answers a message, its buttons as words."""
    words = plain(reply.text)
    typed = twins(reply.buttons, beside=words)
    return f"{words}\n\n{typed}" if typed else words


def mentions(user_ids: Sequence[str], room: int) -> str:
    """A line of at most `room` bytes that mentions these, as far as they fit, without those whose id is none."""
    called = [f"<@{user_id}>" for user_id in user_ids if is_user_id(user_id)]
    ends = accumulate(len(call) + 1 for call in called)  # ids are ASCII
    return " ".join(call for call, end in zip(called, ends, strict=True) if end - 1 <= room)


def is_user_id(said: str) -> bool:
    """True for one person's id; never for what reaches everybody."""
    return USER_ID.fullmatch(said) is not None and said.lower() != "all"


def _twin(button: Button) -> str:
    label, say = _words(button.label), _words(button.typed)
    return f"回复「{say}」" if label == say else f"回复「{say}」：{label}"


def _words(said: str) -> str:
    return " ".join(said.split()).translate(HARMLESS)


def _marked_line(line: str) -> str:
    quote = "> " if QUOTE.match(line) else ""
    return quote + BULLET.sub(r"\1· ", QUOTE.sub("", line)).translate(HARMLESS)
