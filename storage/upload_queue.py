"""Files that wait to be read."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Integer, bindparam, delete, func, select, text, update

from domain.files import ClaimedFile, Upload
from storage.engine import Database
from storage.prepared import Prepared, Row
from storage.tables import TO_READ, files
from storage.types import Time

_now = bindparam("now", type_=Time)
_due = (
    select(files.c.source)
    .where(text(TO_READ), files.c.due <= _now)
    .order_by(files.c.due)
    .limit(bindparam("limit", type_=Integer))
    .with_for_update(skip_locked=True)
    .cte("due_files")
)
CLAIM = Prepared(
    update(files)
    .where(files.c.source.in_(select(_due.c.source)))
    .values(due=bindparam("until", type_=Time), attempts=files.c.attempts + 1)
    .returning(*files.c)
)
NEXT_DUE = Prepared(select(func.min(files.c.due).label("due")).where(text(TO_READ)))
FORGET = Prepared(delete(files).where(files.c.at < bindparam("before", type_=Time)).returning(files.c.source))


class FileQueue:
    """`domain.files.FileQueue`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, now: datetime, limit: int, lease: timedelta) -> tuple[ClaimedFile, ...]:
        """Take what waits, the oldest first, counting the attempt."""
        async with self._database.session() as session:
            rows = await session.change(CLAIM, now=now, limit=limit, until=now + lease)
        return _in_order(rows)

    async def next_due(self) -> datetime | None:
        """From when the oldest waits to be claimed."""
        async with self._database.session() as session:
            (row,) = await session.rows(NEXT_DUE)
        due: datetime | None = row["due"]
        return due

    async def forget(self, before: datetime) -> int:
        """Delete what came before then; says how many."""
        async with self._database.session() as session:
            return len(await session.change(FORGET, before=before))


def _in_order(rows: Sequence[Row]) -> tuple[ClaimedFile, ...]:
    claimed = (ClaimedFile(_upload(row), row["attempts"]) for row in rows)
    return tuple(sorted(claimed, key=lambda one: one.upload.at))


def _upload(row: Row) -> Upload:
    said = (row["source"], row["person"], row["name"], row["data"], row["at"])
    return Upload(*said, row["reply_to"], row["again"])
