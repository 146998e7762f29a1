"""What stands in a message: text, rich text, and whom it mentions. Pure.

https://open.feishu.cn/document/server-docs/im-v1/message-content-description/message_content
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

KINDS = {"audio": "voice", "media": "video"}
"""Feishu's names of what the rest of the program calls otherwise."""
MOST_MENTIONS = 200
PLACEHOLDER = re.compile(r"@_user_\d{1,4}|@_all")
EVERYBODY = "@_all"


@dataclass(frozen=True, slots=True)
class Mention:
    """`key` stands in the text where somebody was called; `open_id` is empty for everybody."""

    key: str
    open_id: str
    name: str


def mentions(said: object) -> tuple[Mention, ...]:
    """Everybody who is called; what makes no sense is left out."""
    listed = said[:MOST_MENTIONS] if isinstance(said, list) else []
    return tuple(_mention(one) for one in listed if isinstance(one, Mapping))


def said(kind: str, raw: str) -> tuple[str, str]:
    """The kind of message and its words, mentions still as their keys; only text and rich text have any."""
    document = _document(raw)
    if kind == "text":
        text = document.get("text")
        return "text", text if isinstance(text, str) else ""
    if kind == "post":
        return "text", "\n".join(_lines(_in_one_language(document)))
    return KINDS.get(kind, kind or "unknown"), ""


def named(text: str, called: Sequence[Mention], bot: str) -> str:
    """Mentions as names, that of the bot as nothing: keys decide, names are what people choose themselves."""
    names = {one.key: "" if one.open_id == bot and bot else one.name for one in called} | {EVERYBODY: ""}
    return PLACEHOLDER.sub(lambda found: names.get(found[0], found[0]), text).strip()


def _mention(one: Mapping[str, object]) -> Mention:
    ids = one.get("id")
    open_id = ids.get("open_id") if isinstance(ids, Mapping) else ids
    return Mention(str(one.get("key") or ""), str(open_id or ""), str(one.get("name") or ""))


def _document(raw: str) -> Mapping[str, object]:
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, Mapping) else {}


def _in_one_language(document: Mapping[str, object]) -> Mapping[str, object]:
    """Received as it is; where it was made for several languages, the first of them."""
    if "content" in document or "title" in document:
        return document
    return next((one for one in document.values() if isinstance(one, Mapping)), {})


def _lines(document: Mapping[str, object]) -> Iterator[str]:
    title, paragraphs = document.get("title"), document.get("content")
    if isinstance(title, str) and title.strip():
        yield title
    for paragraph in paragraphs if isinstance(paragraphs, list) else ():
        parts = paragraph if isinstance(paragraph, list) else ()
        line = "".join(_part(part) for part in parts if isinstance(part, Mapping))
        if line.strip():
            yield line


def _part(part: Mapping[str, object]) -> str:
    """Words of a part: of a mention its key, of a picture none."""
    names = ("user_id",) if part.get("tag") == "at" else ("text",)
    return "".join(str(part[name]) for name in names if isinstance(part.get(name), str))
