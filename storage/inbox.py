"""Messages that were answered."""

from datetime import datetime

from sqlalchemy import bindparam, delete

from storage.engine import Database
from storage.prepared import Prepared
from storage.tables import inbox
from storage.types import Time

FORGET = Prepared(delete(inbox).where(inbox.c.at < bindparam("before", type_=Time)).returning(inbox.c.key))


class Inbox:
    """Housekeeping of recorded messages; `UnitOfWork.open` and `record` do the rest."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def forget(self, before: datetime) -> int:
        """Delete what was recorded before then (no platform sends again that late); says how many."""
        async with self._database.session() as session:
            return len(await session.change(FORGET, before=before))
