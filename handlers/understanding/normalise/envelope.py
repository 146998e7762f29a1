"""What surrounds a message: the bot's name, a command, a quoted message, a forwarded chat."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.understanding.normalise.text import LONGEST, LONGEST_TABLE, Text, fold, read_text

_QUOTE = re.compile(r"^\s*[「『](?P<quoted>.*?)[」』]\s*(?:\n\s*(?:-\s*){3,}\s*)?(?P<reply>.*)$", re.DOTALL)
_ANGLE = re.compile(r"^(?:\s*>[^\n]*\n)+")
_RULER = re.compile(r"^\s*(?:[-—=_*]\s*){3,}$", re.MULTILINE)
_STAMP = re.compile(
    r"(?:(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?\s*)?(?:(?:上午|下午|早上|晚上|凌晨|中午|昨天|今天|星期.|周.)\s*)?"
    r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)"
)
_HEAD = re.compile(rf"^(?P<who>[^\n\t:：]{{0,24}}?)\s*{_STAMP.pattern}\s*[:：]?\s*$", re.MULTILINE)
_INLINE = re.compile(
    rf"^[\[(（【]?\s*{_STAMP.pattern}\s*[\])）】]?\s+(?=\S)|^(?P<who>[^\s\d:：]{{1,16}})\s+{_STAMP.pattern}\s*[:：]\s*",
    re.MULTILINE,
)
_CHAT_HEAD = re.compile(r"^[^\n]{0,30}(?:的聊天记录|聊天记录|转发的消息|消息记录)[:：]?\s*$", re.MULTILINE)
_COMMAND = re.compile(r"^[/／]\s*(?P<word>[^\s/]{1,8})(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Envelope:
    """The message itself, and what it was said about or as."""

    body: Text
    quoted: Text | None = None
    command: str = ""


def open_envelope(words: str, bots: Sequence[str]) -> Envelope | None:
    """The parts of a message; None where it is too long to be one."""
    if len(words) > (LONGEST_TABLE if "\t" in words else LONGEST):
        return None
    for name in bots:
        words = re.sub(rf"[@＠]\s*{re.escape(name)}[\s\u2005,，:：]*", " ", words)
    words = words.strip()
    quoted, words = _quote(words)
    command = _COMMAND.match(words)
    if command:
        words = words[command.end("word") :].strip()
    body = _forwarded(words)
    about = read_text(_forwarded(_without_bot(quoted, bots))) if quoted else None
    return Envelope(read_text(body), about, fold(command["word"]) if command else "")


def _quote(words: str) -> tuple[str, str]:
    """A quoted message and the reply to it; a quotation without a reply is the message."""
    match = _QUOTE.match(words)
    if match:
        reply = _RULER.sub("", match["reply"]).strip()
        return (match["quoted"], reply) if reply else ("", match["quoted"])
    angle = _ANGLE.match(words)
    if angle and words[angle.end() :].strip():
        return re.sub(r"^\s*>", "", angle[0], flags=re.MULTILINE), words[angle.end() :].strip()
    return "", words


def _without_bot(words: str, bots: Sequence[str]) -> str:
    return re.sub(rf"^\s*(?:{'|'.join(map(re.escape, bots))})\s*[:：]", "", words) if bots else words


def _forwarded(words: str) -> str:
    """Without the heads and time stamps of a forwarded chat."""
    if not re.search(r"\d:\d\d", words) and "聊天记录" not in words:
        return words
    words = _CHAT_HEAD.sub("", words)
    words = _HEAD.sub(lambda match: match["who"] or "", words)
    words = _INLINE.sub(lambda match: f"{match['who']}: " if match["who"] else "", words)
    return words.strip()
