"""The neutral markdown of our words in Feishu's dialects. Pure.

Neutral markdown is headings, `**bold**`, `` `code` ``, `> quotes`, `- lists`, `[text](address)`; a card of version 2 shows
all of it. User text in it has lost its markup already; what could still open a tag (`<at id=all>`), also written as an
HTML entity, becomes full-width here.
https://open.feishu.cn/document/feishu-cards/card-json-v2-components/content-components/rich-text
"""

import re
from collections.abc import Sequence
from itertools import accumulate

from handlers.message import Button

CONTROLS = "".join(chr(code) for code in (*range(32), 127) if chr(code) not in "\n\t")
HARMLESS = str.maketrans("<>", "＜＞", CONTROLS)
ENTITY = re.compile(r"&(?=#?\w{1,16};)")
QUOTE = re.compile(r"^> ?", re.MULTILINE)
HEADING = re.compile(r"^#{1,6} +", re.MULTILINE)
BULLET = re.compile(r"^([ \t]*)[-*] +", re.MULTILINE)
BOLD = re.compile(r"\*\*(.+?)\*\*")
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[([^\]\n]+)\]\((https?://[^)\s]+)\)")
MARKS = (QUOTE, HEADING, BOLD, CODE, LINK)
PERSON_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@\-]{0,63}")


def plain(text: str) -> str:
    """As text without any mark."""
    bare = BULLET.sub(r"\1· ", HEADING.sub("", QUOTE.sub("", text)))
    return harmless(LINK.sub(r"\1（\2）", CODE.sub(r"\1", BOLD.sub(r"\1", bare))))


def marked(text: str) -> str:
    """As the markdown of a card."""
    return "\n".join(_marked_line(line) for line in text.split("\n"))


def has_marks(text: str) -> bool:
    """True when something would be lost in plain text."""
    return any(mark.search(text) for mark in MARKS)


def harmless(text: str) -> str:
    """Words that open no tag."""
    return ENTITY.sub("＆", text.translate(HARMLESS))


def twins(buttons: Sequence[Button], beside: str = "") -> str:
    """The buttons as words to type, as far as the text beside them does not say so already."""
    return "\n".join(_twin(button) for button in buttons if f"「{words(button.typed)}」" not in beside)


def twins_elsewhere(buttons: Sequence[Button]) -> str:
    """The same in a group whose robot only speaks."""
    return "可对跟单助手说：" + " ".join(f"「{words(button.typed)}」" for button in buttons)


def called_in_card(ids: Sequence[str], room: int) -> str:
    """A line of at most `room` bytes that mentions these in a card, as far as they fit."""
    return _line([f"<at id={one}></at>" for one in ids if is_person_id(one)], room)


def called_in_text(ids: Sequence[str], room: int) -> str:
    """The same in a text."""
    return _line([f'<at user_id="{one}"></at>' for one in ids if is_person_id(one)], room)


def is_person_id(said: str) -> bool:
    """True for one person's id, of whichever kind; never for what reaches everybody or a group."""
    return PERSON_ID.fullmatch(said) is not None and said.lower() != "all" and not said.startswith("oc_")


def words(said: str) -> str:
    """In one line."""
    return harmless(" ".join(said.split()))


def _line(calls: Sequence[str], room: int) -> str:
    ends = accumulate(len(call) + 1 for call in calls)  # ids are ASCII
    return " ".join(call for call, end in zip(calls, ends, strict=True) if end - 1 <= room)


def _twin(button: Button) -> str:
    label, say = words(button.label), words(button.typed)
    return f"回复「{say}」" if label == say else f"回复「{say}」：{label}"


def _marked_line(line: str) -> str:
    quote = "> " if QUOTE.match(line) else ""
    return quote + harmless(QUOTE.sub("", line))
