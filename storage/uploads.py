"""Files that people send, within one transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Integer,
    LargeBinary,
    Text,
    bindparam,
    func,
    literal_column,
    null,
    select,
    text,
    true,
    update,
)

from domain.errors import Stale
from domain.files import ClaimedFile, ReadFile, Upload
from storage.prepared import Prepared
from storage.session import Session
from storage.tables import TO_READ, files
from storage.text import storable
from storage.types import Document, Time

_now = bindparam("now", type_=Time)
_of = files.c.source == bindparam("of")
# Whoever claimed it last decides; a claim that ran out was given to somebody else, who counted one more.
_ours = (_of, text(TO_READ), files.c.attempts == bindparam("counted", type_=Integer))

KEEP = Prepared(
    text(
        "INSERT INTO files (source, person, name, at, reply_to, data, due, attempts, again) "
        "VALUES (:source, :person, :name, :at, :reply_to, :data, :at, 0, false) ON CONFLICT DO NOTHING RETURNING source"
    )
    .bindparams(bindparam("at", type_=Time), bindparam("data", type_=LargeBinary))
    .columns(source=Text)
)
WAITING = Prepared(
    select(func.count().label("count")).where(files.c.person == bindparam("person"), text(TO_READ))
)
LATEST = Prepared(
    select(files.c.name, files.c.at, files.c.digest, files.c.outcome)
    .where(
        files.c.person == bindparam("person"),
        files.c.digest == bindparam("digest"),
        files.c.read_at > bindparam("since", type_=Time),
    )
    .order_by(files.c.read_at.desc())
    .limit(literal_column("1"))
)
DONE = Prepared(
    update(files)
    .where(*_ours)
    .values(
        due=null(),
        data=null(),
        read_at=_now,
        digest=bindparam("digest"),
        outcome=bindparam("outcome", type_=Document),
    )
    .returning(files.c.source)
)
HOLD = Prepared(update(files).where(*_ours).values(due=null()).returning(files.c.source))
RELEASE = Prepared(
    update(files)
    .where(_of, files.c.due.is_(None), files.c.read_at.is_(None))
    .values(due=_now, again=true(), attempts=literal_column("0"))
    .returning(files.c.source)
)


@dataclass(frozen=True, slots=True)
class SqlFiles:
    """`domain.files.Files` within one transaction."""

    session: Session

    async def keep(self, upload: Upload) -> None:
        """Write it with its bytes, or raise `Stale`."""
        said = storable({"person": upload.person, "name": upload.name, "reply_to": upload.reply_to})
        kept = await self.session.locking(KEEP, source=upload.source, **said, at=upload.at, data=upload.data)
        if not kept:
            raise Stale(upload.source)

    async def waiting(self, person: str) -> int:
        """How many of this person's files are not read yet."""
        (row,) = await self.session.rows(WAITING, person=person)
        return int(row["count"])

    async def latest(self, person: str, digest: str, since: datetime) -> ReadFile | None:
        """The newest file of this person with the same content that was read after then."""
        rows = await self.session.rows(LATEST, person=person, digest=digest, since=since)
        return next(
            (ReadFile(row["name"], row["at"], row["digest"], row["outcome"] or {}) for row in rows), None
        )

    async def done(self, claimed: ClaimedFile, read: ReadFile, at: datetime) -> bool:
        """Let its bytes go; False when it was decided already."""
        return await self._ours(DONE, claimed, now=at, digest=read.digest, outcome=dict(read.outcome))

    async def hold(self, claimed: ClaimedFile) -> bool:
        """Keep it, and give it to nobody."""
        return await self._ours(HOLD, claimed)

    async def release(self, source: str, at: datetime) -> bool:
        """Give it out again."""
        return bool(await self.session.locking(RELEASE, of=source, now=at))

    async def _ours(self, statement: Prepared, claimed: ClaimedFile, **values: Any) -> bool:
        key = {"of": claimed.upload.source, "counted": claimed.attempts}
        return bool(await self.session.locking(statement, **key, **values))
