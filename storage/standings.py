"""Where orders stand, for notices about to leave."""

from collections.abc import Mapping, Sequence

from sqlalchemy import BigInteger, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from domain.outbox import Standing
from storage.engine import Database
from storage.prepared import Prepared
from storage.tables import orders
from storage.types import Document

_numbers = bindparam("numbers", type_=ARRAY(BigInteger))
_columns = select(
    orders.c.number,
    orders.c.step,
    orders.c.entry,
    orders.c.owner,
    orders.c.urgent,
    orders.c.version,
    orders.c.customer,
    orders.c.rest,
)
STANDINGS = Prepared(
    _columns.where(orders.c.number == any_(_numbers)),
    sqlite=_columns.where(
        orders.c.number.in_(
            select(func.json_each(bindparam("numbers", type_=Document)).table_valued("value").c.value)
        )
    ),
)


class SqlStandings:
    """`domain.outbox.Standings`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, numbers: Sequence[int]) -> Mapping[int, Standing]:
        """Those of these orders that there are."""
        async with self._database.session() as session:
            rows = await session.rows(STANDINGS, numbers=sorted(set(numbers)))
        return {
            row["number"]: Standing(
                row["number"],
                row["step"],
                row["entry"],
                row["owner"],
                str(row["rest"].get("customer_name") or row["customer"]),
                row["urgent"],
                row["version"],
            )
            for row in rows
        }
