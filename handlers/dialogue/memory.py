"""What the bot keeps of one conversation between two messages."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from domain.ports import MessageKey
from handlers.asking import Pending
from handlers.understanding.document import document as to_document
from handlers.understanding.document import reading as from_document

HISTORY = 4


@dataclass(frozen=True, slots=True)
class Offer:
    """Taking back the last change of `order` waits for a yes."""

    code: str
    order: int


@dataclass(frozen=True, slots=True)
class Memory:
    """All of it. `last` is the order just talked about; `history` the lines that later words may refer to."""

    pending: tuple[Pending, ...] = ()
    offer: Offer | None = None
    last: int | None = None
    history: tuple[str, ...] = ()

    @property
    def drafts(self) -> tuple[Pending, ...]:
        """The orders not yet confirmed."""
        return tuple(item for item in self.pending if item.is_draft)


def code_of(key: MessageKey, index: int) -> str:
    """A short name for what a message left waiting: the same for a redelivery, different for another message."""
    digest = hashlib.sha256(f"{key}#{index}".encode()).digest()
    return base64.b32encode(digest)[:4].decode().lower()


def to_memory(document: Mapping[str, object]) -> Memory:
    """From the conversation's JSON."""
    offer = cast("Mapping[str, object] | None", document.get("offer"))
    last = document.get("last")
    return Memory(
        pending=tuple(
            _pending(item) for item in cast("list[Mapping[str, object]]", document.get("drafts") or [])
        ),
        offer=Offer(str(offer["code"]), int(str(offer["order"]))) if offer else None,
        last=int(str(last)) if last is not None else None,
        history=tuple(cast("list[str]", document.get("history") or [])),
    )


def _pending(item: Mapping[str, object]) -> Pending:
    return Pending(
        str(item["code"]), from_document(cast("Mapping[str, object]", item["reading"])), str(item["said"])
    )


def to_json(memory: Memory) -> Mapping[str, object]:
    """The conversation's JSON; `drafts` is empty or absent when nothing waits."""
    document: dict[str, object] = {}
    if memory.pending:
        document["drafts"] = [
            {"code": item.code, "reading": to_document(item.reading), "said": item.said}
            for item in memory.pending
        ]
    if memory.offer:
        document["offer"] = {"code": memory.offer.code, "order": memory.offer.order}
    if memory.last is not None:
        document["last"] = memory.last
    if memory.history:
        document["history"] = list(memory.history[-HISTORY:])
    return document
