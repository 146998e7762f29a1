"""What choices taught about words."""

from collections.abc import Sequence
from datetime import datetime

from domain.errors import Unknown
from domain.lessons import MOST, Lesson, Taught, of_person
from storage import lesson_statements as statements
from storage import writes
from storage.events import append_to_stream
from storage.lesson_rows import lesson_of, lesson_row
from storage.session import Session


class SqlLessons:
    """`domain.lessons.Lessons` within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def known(self, kind: str, scopes: Sequence[str], words: Sequence[str]) -> Sequence[Lesson]:
        """The lessons about these words in these scopes, in one round trip."""
        rows = await self._session.rows(
            statements.KNOWN, kind=kind, scopes=sorted(set(scopes)), words=sorted(set(words))
        )
        return tuple(map(lesson_of, rows))

    async def room(self, scope: str) -> bool:
        """True while the scope has fewer words than it may have."""
        (row,) = await self._session.rows(statements.IN_SCOPE, scope=scope)
        return int(row["found"]) < MOST

    async def get(self, number: int) -> Lesson:
        """The lesson that is learned under this number, or raise `Unknown`."""
        rows = await self._session.rows(statements.ONE, number=number)
        if not rows:
            raise Unknown("alias", number=number)
        return lesson_of(rows[0])

    async def learned(self, person: str, limit: int, offset: int) -> tuple[Sequence[Lesson], int]:
        """What is learned, newest first, and how much of it there is: all, or only what is this person's own."""
        listed, counted = (
            (statements.LISTED_OWN, statements.COUNTED_OWN)
            if person
            else (statements.LISTED, statements.COUNTED)
        )
        whose = {"scope": of_person(person), "person": person} if person else {}
        rows = await self._session.rows(listed, **whose, limit=limit, offset=offset)
        (count,) = await self._session.rows(counted, **whose)
        return tuple(map(lesson_of, rows)), int(count["found"])

    async def learned_since(self, since: datetime) -> int:
        """How much was learned since then."""
        (row,) = await self._session.rows(statements.SINCE, since=since)
        return int(row["found"])

    async def keep(self, taught: Taught) -> None:
        """Gather it; taught by somebody else meanwhile it is `Stale`."""
        row = lesson_row(taught.lesson)
        if taught.lesson.version:
            self._session.add(writes.LESSON, {"id": taught.lesson.number, **row})
        else:
            self._session.add(writes.NEW_LESSON, row)
        if taught.event is not None:
            await append_to_stream(self._session, taught.event)
