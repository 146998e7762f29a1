"""Messages that were answered."""

from datetime import datetime

from storage.engine import Database


class Inbox:
    """Housekeeping of recorded messages; `UnitOfWork.open` and `record` do the rest."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def forget(self, before: datetime) -> int:
        """Delete what was recorded before then (no platform sends again that late); says how many."""
        raise NotImplementedError
