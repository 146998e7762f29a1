"""A word or line that was not understood for sure, and what the person then meant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

LINE = "line"
"""The kind of a whole line in which nothing was understood; else the kind is that of the question: customer, sku, …"""

OUTCOMES = ("chosen", "retyped", "left_out", "gave_up", "lapsed")
"""An answer; another line in its place; done without the product; given up; nothing, until the question ran out."""

_WORDS = ("person", "place", "source", "text", "kind", "word", "customer", "customer_name")
LONGEST_TEXT, LONGEST_WORD, MOST_CANDIDATES = 500, 80, 20


@dataclass(frozen=True, slots=True)
class Misreading:
    """Something that was asked about, and its outcome.

    `source` is the key of the message that had the word; `place` is empty one to one. `candidates` are (code, name).
    Meant is an entry (`meant`, `meant_name`) where the outcome is `chosen`, another line (`meant_text`) where `retyped`;
    `meant_source` is the key of the message that said so.
    """

    at: datetime
    person: str
    place: str
    source: str
    text: str
    kind: str
    word: str
    candidates: tuple[tuple[str, str], ...] = ()
    customer: str = ""
    customer_name: str = ""
    outcome: str = ""
    meant: str = ""
    meant_name: str = ""
    meant_text: str = ""
    meant_at: datetime | None = None
    meant_source: str = ""

    def bounded(self) -> "Misreading":
        """The same, no longer than is kept."""
        return replace(
            self,
            text=self.text[:LONGEST_TEXT],
            word=self.word[:LONGEST_WORD],
            candidates=self.candidates[:MOST_CANDIDATES],
            meant_text=self.meant_text[:LONGEST_TEXT],
        )

    def same_question(self, other: "Misreading | None") -> bool:
        """True when `other` asks about the same word of the same message."""
        mine = (self.source, self.kind, self.word)
        return other is not None and mine == (other.source, other.kind, other.word)


def to_document(asked: Misreading) -> Mapping[str, object]:
    """An open question as JSON, for the conversation in which it waits."""
    said = {name: value for name in _WORDS if (value := getattr(asked, name))}
    return {**said, "at": asked.at.isoformat(), "candidates": [list(one) for one in asked.candidates]}


def from_document(document: Mapping[str, Any]) -> Misreading:
    """Back from `to_document`."""
    said: Any = {name: str(document.get(name, "")) for name in _WORDS}
    candidates = tuple((str(code), str(name)) for code, name in document["candidates"])
    return Misreading(at=datetime.fromisoformat(document["at"]), candidates=candidates, **said)


def lapsed(conversation: Mapping[str, Any], at: datetime) -> Iterator[Misreading]:
    """The questions of a conversation (its JSON) that ran out without an answer."""
    asked = [draft.get("asked") for draft in conversation.get("drafts") or ()]
    for document in (*asked, conversation.get("unread")):
        if document:
            yield replace(from_document(document), outcome="lapsed", meant_at=at)
