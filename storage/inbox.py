"""Messages that were answered."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from domain.ports import MessageKey
from storage.engine import Database
from storage.prepared import Prepared
from storage.tables import inbox
from storage.types import Time

REPLY = Prepared(
    select(inbox.c.reply).where(*(inbox.c[name] == bindparam(name) for name in ("platform", "app", "key")))
)
FORGET = Prepared(delete(inbox).where(inbox.c.at < bindparam("before", type_=Time)).returning(inbox.c.key))


class Inbox:
    """Recorded messages, for housekeeping and for looking again; `UnitOfWork.open` and `record` do the rest."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def reply(self, key: MessageKey) -> Mapping[str, object] | None:
        """What the message was answered; None where it is not known (any more)."""
        async with self._database.session() as session:
            rows = await session.rows(REPLY, **asdict(key))
        return rows[0]["reply"] if rows else None

    async def forget(self, before: datetime) -> int:
        """Delete what was recorded before then (no platform sends again that late); says how many."""
        async with self._database.session() as session:
            return len(await session.change(FORGET, before=before))
