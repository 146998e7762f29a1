"""What the bot keeps of one conversation between two messages."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, cast

from domain import misreading
from domain.lessons import WIDEST
from domain.misreading import Misreading
from domain.ports import MessageKey
from handlers.asking import Assumed, Pending
from handlers.dialogue import said as line
from handlers.dialogue.said import Said
from handlers.understanding.document import document as to_document
from handlers.understanding.document import reading as from_document
from handlers.understanding.reading import Doubt

HISTORY = 4


@dataclass(frozen=True, slots=True)
class Offer:
    """Something waits for a yes: taking back the last change of `order`, or reading the `file` of a message once more."""

    code: str
    order: int = 0
    file: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """All of it. `last` is the order just talked about; `history` the lines that later words may refer to.

    `unread` is the line before, where nobody understood it. `said` is the last one answered; it may be lost: two
    memories that differ in nothing else are equal.
    """

    pending: tuple[Pending, ...] = ()
    offer: Offer | None = None
    last: int | None = None
    history: tuple[str, ...] = ()
    unread: Misreading | None = None
    said: Said | None = field(default=None, compare=False)

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
    said = cast("Mapping[str, Any] | None", document.get("said"))
    return Memory(
        pending=tuple(
            _pending(item) for item in cast("list[Mapping[str, object]]", document.get("drafts") or [])
        ),
        offer=Offer(str(offer["code"]), int(str(offer["order"])), str(offer.get("file", "")))
        if offer
        else None,
        last=int(str(last)) if last is not None else None,
        history=tuple(cast("list[str]", document.get("history") or [])),
        unread=_misreading(document.get("unread")),
        said=line.from_document(said) if said else None,
    )


def _pending(item: Mapping[str, Any]) -> Pending:
    """A request that waits; one that the release before wrote knows nothing of doubts."""
    doubts = {path: Doubt(word, tuple(among)) for path, (word, among) in item.get("doubts", {}).items()}
    assumed = (Assumed(**{**one, "among": tuple(one["among"])}) for one in item.get("assumed", ()))
    return Pending(
        str(item["code"]),
        replace(from_document(item["reading"]), doubts=doubts),
        str(item["said"]),
        str(item.get("source", "")),
        _misreading(item.get("asked")),
        tuple(assumed),
        str(item.get("file", "")),
    )


def _misreading(document: object) -> Misreading | None:
    return misreading.from_document(cast("Mapping[str, object]", document)) if document else None


def to_json(memory: Memory) -> Mapping[str, object]:
    """The conversation's JSON; `drafts` is empty or absent when nothing waits."""
    document: dict[str, object] = {}
    if memory.pending:
        document["drafts"] = [_draft(item) for item in memory.pending]
    if memory.offer:
        document["offer"] = asdict(memory.offer)
    if memory.last is not None:
        document["last"] = memory.last
    if memory.history:
        document["history"] = list(memory.history[-HISTORY:])
    if memory.unread:
        document["unread"] = misreading.to_document(memory.unread)
    if memory.said:
        document["said"] = line.to_document(memory.said)
    return document


def _draft(item: Pending) -> Mapping[str, object]:
    """A request that waits, as JSON; what there is nothing of is left out."""
    more: Mapping[str, object] = {
        "source": item.source,
        # Of a whole range of goods enough to tell that it is one.
        "doubts": {
            path: [one.word, list(one.candidates[: WIDEST + 1])] for path, one in item.reading.doubts.items()
        },
        "asked": misreading.to_document(item.asked) if item.asked else None,
        "assumed": [{**asdict(one), "among": list(one.among)} for one in item.assumed],
        "file": item.file,
    }
    return {
        "code": item.code,
        "reading": to_document(item.reading),
        "said": item.said,
        **{name: value for name, value in more.items() if value},
    }
