"""What is kept of words, outside of any message."""

from collections.abc import Sequence
from datetime import datetime

from domain.misreading import Misreading
from storage import lesson_statements as statements
from storage.engine import Database
from storage.lesson_rows import misreading_of


class Learning:
    """What is kept of words, for housekeeping and for looking at it as a table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def misread(self) -> Sequence[Misreading]:
        """Every question with its outcome, oldest first."""
        async with self._database.session() as session:
            return tuple(map(misreading_of, await session.rows(statements.MISREAD)))

    async def forget_misreadings(self, before: datetime) -> int:
        """Delete what was asked before then; says how many."""
        async with self._database.session() as session:
            return len(await session.change(statements.FORGET_MISREADINGS, before=before))

    async def forget_choices(self, before: datetime) -> int:
        """Delete what has taught nothing since then; says how many."""
        async with self._database.session() as session:
            return len(await session.change(statements.FORGET_CHOICES, before=before))
