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
_HEAD = re.compile(rf"^(?P<who>[^\n\t:：]{{0,24}}?)\s*{_STAMP.pattern}[ \t]*[:：]?[ \t]*(?=\n)", re.MULTILINE)
_INLINE = re.compile(
    rf"^[\[(（【]?\s*{_STAMP.pattern}\s*[\])）】]?\s+(?=\S)|^(?P<who>[^\s\d:：]{{1,16}})\s+{_STAMP.pattern}\s*[:：]\s*",
    re.MULTILINE,
)
_CHAT_HEAD = re.compile(r"^[^\n]{0,30}(?:的聊天记录|聊天记录|转发的消息|消息记录)[:：]?\s*$", re.MULTILINE)
# A tab that begins a message is the empty corner of a table.
_BLANKS = " \r\n\v\f\u00a0\u3000"
_COMMAND = re.compile(r"^[/／]\s*(?P<word>[^\s/]{1,8})(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Taken:
    """Words taken off a message: `bot` for the bot's name, `head` for a head or time stamp of forwarded chat."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """The message itself, and what it was said about or as.

    `said` is the body as it was typed, `taken` what was taken off it: names of the bot, heads of forwarded chat.
    """

    body: Text
    quoted: Text | None = None
    command: str = ""
    said: str = ""
    taken: tuple[Taken, ...] = ()


def open_envelope(words: str, bots: Sequence[str]) -> Envelope | None:
    """The parts of a message; None where it is too long to be one."""
    if len(words) > (LONGEST_TABLE if "\t" in words else LONGEST):
        return None
    taken: list[Taken] = []
    for name in bots:
        called = re.compile(rf"[@＠]\s*{re.escape(name)}[\s\u2005,，:：]*")
        taken += [Taken("bot", match[0].strip()) for match in called.finditer(words)]
        words = called.sub(" ", words)
    quoted, words = _quote(words.strip(_BLANKS))
    command = _COMMAND.match(words)
    if command:
        words = words[command.end("word") :].strip()
    said, heads = _forwarded(words)
    about = read_text(_forwarded(_without_bot(quoted, bots))[0]) if quoted else None
    taken += [Taken("head", head) for head in heads]
    return Envelope(read_text(said), about, fold(command["word"]) if command else "", said, tuple(taken))


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


def _forwarded(words: str) -> tuple[str, list[str]]:
    """Without the heads and time stamps of a forwarded chat, and those."""
    heads: list[str] = []
    if not re.search(r"\d:\d\d", words) and "聊天记录" not in words:
        return words, heads

    def keep(who: str, match: re.Match[str]) -> str:
        heads.append(match[0].removeprefix(who).strip())
        return who

    words = _CHAT_HEAD.sub(lambda match: keep("", match), words)
    words = _HEAD.sub(lambda match: keep(match["who"] or "", match), words)
    words = _INLINE.sub(lambda match: f"{who}: " if (who := keep(match["who"] or "", match)) else "", words)
    return words.strip(), heads
