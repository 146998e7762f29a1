"""What choices teach: a word that was asked about and meant the same twice means it from then on, in its scope.

A scope is one customer or one colleague; what is taught in one holds in no other.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from domain.act import Act
from domain.facts import Event

ENOUGH = 2
"""So many choices, none of them another one in between."""
MOST = 200
"""Words in one scope; a further one is asked about each time."""
WIDEST = 60
"""A word that fits more entries names a range of goods and is asked about each time."""
STREAM = "words"
"""The chain of events that tells what was learned and taken back."""
CUSTOMER, PERSON = "customer:", "person:"


def of_customer(code: str) -> str:
    """The scope of what this customer calls things."""
    return f"{CUSTOMER}{code}"


def of_person(user_id: str) -> str:
    """The scope of what this colleague calls customers, and goods that are for no customer."""
    return f"{PERSON}{user_id}"


@dataclass(frozen=True, slots=True)
class Term:
    """A word where it may mean something: `kind` is `customer` or `sku`, `word` in the one spelling of names."""

    scope: str
    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody was asked about a word, as `said` in `message`, and chose `code`.

    `among`: all that the word fitted when it was said; nothing where it named nothing.
    """

    term: Term
    said: str
    code: str
    among: frozenset[str]
    message: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the latest choices say of a term: `code`, so many `times` in a row.

    `offered` is what the word fitted at the latest choice, `shared` at both of the latest two. `number` names the
    lesson to people; 0 and `version` 0: not written yet.
    """

    term: Term
    said: str
    code: str
    times: int
    offered: frozenset[str]
    shared: frozenset[str]
    message: str
    by: str
    at: datetime
    number: int = 0
    version: int = 0
    learned_at: datetime | None = None
    taken_back_by: str = ""

    def settles(self, fitting: Collection[str]) -> bool:
        """True when this answers a question about the word, which fits these entries now.

        Only among what was there to choose from both times: what is new in the catalogue is asked about.
        """
        if self.learned_at is None or bool(fitting) != bool(self.shared):
            return False
        return not fitting or (self.code in fitting and self.shared.issuperset(fitting))


@dataclass(frozen=True, slots=True)
class Taught:
    """A lesson as it is from now on, with the event where somebody's words mean something else now."""

    lesson: Lesson
    event: Event | None = None


class Lessons(Protocol):
    """What is known of words."""

    async def known(self, kind: str, scopes: Sequence[str], words: Sequence[str]) -> Sequence[Lesson]:
        """The lessons about these words in these scopes, in one round trip."""

    async def room(self, scope: str) -> bool:
        """True while the scope has fewer words than it may have."""

    async def get(self, number: int) -> Lesson:
        """The lesson that is learned under this number, or raise `Unknown("alias", number=…)`."""

    async def learned(self, person: str, limit: int, offset: int) -> tuple[Sequence[Lesson], int]:
        """What is learned, newest first, and how much of it there is: all, or only what is this person's own."""

    async def learned_since(self, since: datetime) -> int:
        """How much was learned since then."""

    async def keep(self, taught: Taught) -> None:
        """Write it, or raise `Stale` when somebody else has taught the same term meanwhile."""


def taught(before: Lesson | None, choice: Choice, act: Act) -> Taught | None:
    """What a choice makes of the lesson so far; None where the same message has taught it already."""
    if before is None:
        return Taught(_first(choice, act))
    same = before.times > 0 and before.code == choice.code
    if same and before.message == choice.message:
        return None
    if not (same and _one_question(before.offered, choice.among)):
        other = replace(_first(choice, act), number=before.number, version=before.version)
        return Taught(other, _event("word:unlearned", before, act) if before.learned_at else None)
    times = before.times + 1
    learned_at = before.learned_at or (act.at if times >= ENOUGH else None)
    after = replace(
        before,
        said=choice.said,
        times=times,
        offered=choice.among,
        shared=before.offered & choice.among,
        message=choice.message,
        by=act.by.user_id,
        at=act.at,
        learned_at=learned_at,
    )
    learned_now = learned_at is not None and before.learned_at is None
    return Taught(after, _event("word:learned", after, act) if learned_now else None)


def take_back(lesson: Lesson, act: Act) -> Taught:
    """The word is asked about again; what was chosen so far counts no more."""
    after = replace(lesson, times=0, learned_at=None, taken_back_by=act.by.user_id, at=act.at)
    return Taught(after, _event("word:taken-back", lesson, act))


def _first(choice: Choice, act: Act) -> Lesson:
    return Lesson(
        choice.term,
        choice.said,
        choice.code,
        1,
        choice.among,
        choice.among,
        choice.message,
        act.by.user_id,
        act.at,
    )


def _one_question(earlier: frozenset[str], now: frozenset[str]) -> bool:
    """True when two choices were between the same things, as far as one of the questions went."""
    return bool(earlier) == bool(now) and (earlier <= now or now <= earlier)


def _event(kind: str, lesson: Lesson, act: Act) -> Event:
    data: Mapping[str, object] = {
        "number": lesson.number,
        "scope": lesson.term.scope,
        "kind": lesson.term.kind,
        "word": lesson.term.word,
        "code": lesson.code,
    }
    return Event(STREAM, kind, act.at, act.by.user_id, act.source, data)
