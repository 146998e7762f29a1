"""Messages that no platform sends again, until they are answered."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Integer, Text, bindparam, delete, select, text, update

from domain.intake import Kept
from domain.ports import MessageKey
from storage.engine import Database
from storage.prepared import Prepared, Row
from storage.tables import intake
from storage.types import Document, Time

_now, _until = (bindparam(name, type_=Time) for name in ("now", "until"))
_of_door = (intake.c.platform == bindparam("of_platform"), intake.c.app == bindparam("of_app"))

KEEP = Prepared(
    text(
        "INSERT INTO intake (platform, app, key, document, at, attempts, lease_until) "
        "VALUES (:platform, :app, :key, :document, :at, 1, :until) "
        "ON CONFLICT (platform, app, key) DO NOTHING RETURNING key"
    )
    .bindparams(bindparam("document", type_=Document), bindparam("at", type_=Time), _until)
    .columns(key=Text)
)
_free = select(intake.c.key).where(*_of_door, intake.c.lease_until <= _now).order_by(intake.c.at)
CLAIM = Prepared(
    update(intake)
    .where(
        *_of_door,
        intake.c.key.in_(
            _free.limit(bindparam("limit", type_=Integer)).with_for_update(skip_locked=True).scalar_subquery()
        ),
        intake.c.lease_until <= _now,
    )
    .values(lease_until=_until, attempts=intake.c.attempts + 1)
    .returning(intake)
)
DONE = Prepared(
    delete(intake)
    .where(
        intake.c.platform == bindparam("platform"),
        intake.c.app == bindparam("app"),
        intake.c.key == bindparam("key"),
    )
    .returning(intake.c.key)
)


class SqlIntake:
    """`domain.intake.Intake`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(
        self, key: MessageKey, document: Mapping[str, object], at: datetime, until: datetime
    ) -> bool:
        """Keep it, ours until then; False where it is kept already."""
        async with self._database.session() as session:
            return bool(
                await session.change(KEEP, **asdict(key), document=dict(document), at=at, until=until)
            )

    async def claim(
        self, platform: str, app: str, now: datetime, until: datetime, limit: int
    ) -> Sequence[Kept]:
        """Messages that nobody works on any more, the oldest first."""
        async with self._database.session() as session:
            rows = await session.change(
                CLAIM, of_platform=platform, of_app=app, now=now, until=until, limit=limit
            )
        return tuple(_kept(row) for row in sorted(rows, key=lambda row: row["at"]))

    async def done(self, key: MessageKey) -> bool:
        """It is answered; False where somebody else has said so before."""
        async with self._database.session() as session:
            return bool(await session.change(DONE, **asdict(key)))


def _kept(row: Row) -> Kept:
    key = MessageKey(row["platform"], row["app"], row["key"])
    return Kept(key, row["document"], row["at"], row["attempts"])
