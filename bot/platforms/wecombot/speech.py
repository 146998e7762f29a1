"""The words in what people send: texts, transcripts of voice, texts among pictures, what they quote. Pure.

https://developer.work.weixin.qq.com/document/path/100719
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

LONGEST_QUOTE = 500
# Our words stand in these marks when they are quoted, so that they must not hold any.
UNQUOTED = str.maketrans("「」『』", "“”“”")
# What our own messages offer to type below is nobody's wish.
OFFERS = re.compile(r"^回复「.*$", re.MULTILINE)
GAP = "\\s\u2005\u200b"
ANYBODY = re.compile(rf"^[{GAP}]*[@＠][^{GAP}]+[{GAP}]*")


def words_of(document: Mapping[str, Any]) -> str | None:
    """What a message says, or None where it has no words (a picture, a file, a card)."""
    kind = document.get("msgtype")
    if kind in {"text", "voice"}:
        return _content(document.get(kind))
    if kind == "mixed":
        mixed = document.get("mixed")
        items = mixed.get("msg_item") if isinstance(mixed, dict) else None
        return _joined(items if isinstance(items, list) else [])
    return None


def without_mention(words: str, name: str) -> str:
    """Without the call of the bot: by its name where that is known, else whoever is called first."""
    if name:
        called = re.compile(rf"[@＠]{re.escape(name)}(?![^{GAP},，:：。；;!！?？])[{GAP},，:：]*")
        bare, times = called.subn(" ", words, count=1)
        if times:
            return bare.strip()
    return ANYBODY.sub("", words, count=1).strip()


def with_quote(words: str, about: str) -> str:
    """The words with what they are about, in the way people forward it."""
    quoted = OFFERS.sub("", about).strip()[:LONGEST_QUOTE].translate(UNQUOTED)
    return f"「{quoted}」\n- - - - - -\n{words}" if quoted and words else words


def _joined(items: Sequence[object]) -> str | None:
    texts = [
        _content(item.get("text"))
        for item in items
        if isinstance(item, dict) and item.get("msgtype") == "text"
    ]
    said = "\n".join(text for text in texts if text)
    return said or None


def _content(inner: object) -> str | None:
    said = inner.get("content") if isinstance(inner, dict) else None
    return said if isinstance(said, str) else None
