"""How orders went from a step to the road."""

from datetime import datetime

from sqlalchemy import Integer, bindparam, literal_column, select

from domain.forecast import Walk
from storage.prepared import Prepared
from storage.session import Session
from storage.tables import deeds, passages
from storage.types import Time

# The newest that left are a short walk back on the index of time; each is then looked up by its number.
_out = (
    select(deeds.c.order_number, deeds.c.at)
    .where(deeds.c.kind == literal_column("'out'"), deeds.c.at >= bindparam("since", type_=Time))
    .order_by(deeds.c.at.desc())
    .limit(bindparam("limit", type_=Integer))
    .subquery()
)
WALKS = Prepared(
    select(passages.c.entered_at, _out.c.at)
    .join_from(_out, passages, passages.c.order_number == _out.c.order_number)
    .where(passages.c.step == bindparam("step"), passages.c.entered_at <= _out.c.at)
)


class SqlWalks:
    """`domain.forecast.Walks` within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of(self, step: str, since: datetime, limit: int) -> tuple[Walk, ...]:
        """The newest ones that have left since then."""
        rows = await self._session.rows(WALKS, step=step, since=since, limit=limit)
        return tuple(Walk(row["entered_at"], row["at"]) for row in rows)
