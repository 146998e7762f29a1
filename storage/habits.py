"""What a customer's latest orders have in common."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CTE, Select, bindparam, func, literal_column, select

from domain.habits import LATEST
from storage.prepared import Among, Prepared
from storage.session import Session
from storage.tables import order_lines, orders

_COUNTS = orders.c.kind.not_in([literal_column("'draft'"), literal_column("'cancelled'")])


def _latest() -> CTE:
    """The customer's latest orders, a short walk back on their index."""
    return (
        select(orders.c.number, orders.c.rest)
        .where(orders.c.customer == bindparam("customer"), _COUNTS)
        .order_by(orders.c.created_at.desc(), orders.c.number.desc())
        .limit(literal_column(str(LATEST)))
        .cte("latest")
    )


def _goods() -> Select[Any]:
    latest = _latest()
    of_these = order_lines.c.order_number == latest.c.number
    # A gift says nothing about what is wanted.
    bought = order_lines.c.amount > literal_column("0")
    return (
        select(
            order_lines.c.sku,
            func.count(order_lines.c.order_number.distinct()).label("times"),
            select(func.count()).select_from(latest).scalar_subquery().label("orders"),
        )
        .join_from(latest, order_lines, of_these)
        .where(Among(order_lines.c.sku, "skus"), bought)
        .group_by(order_lines.c.sku)
    )


def _units() -> Select[Any]:
    return (
        select(order_lines.c.order_number, order_lines.c.rest)
        .join_from(order_lines, orders, orders.c.number == order_lines.c.order_number)
        .where(
            order_lines.c.customer == bindparam("customer"), order_lines.c.sku == bindparam("sku"), _COUNTS
        )
        .order_by(order_lines.c.order_number.desc())
        .limit(literal_column(str(LATEST)))
    )


GOODS, UNITS = Prepared(_goods()), Prepared(_units())
ADDRESSES = Prepared(select(_latest().c.rest))


class SqlHabits:
    """`domain.habits.Habits` within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def goods(self, customer: str, skus: Sequence[str]) -> tuple[Mapping[str, int], int]:
        """In how many of the latest orders each of these was, and how many orders there are."""
        rows = await self._session.rows(GOODS, customer=customer, skus=sorted(set(skus)))
        return {row["sku"]: row["times"] for row in rows}, rows[0]["orders"] if rows else 0

    async def units(self, customer: str, sku: str) -> tuple[Mapping[str, int], int]:
        """In which unit this was ordered how often, and in how many orders."""
        rows = await self._session.rows(UNITS, customer=customer, sku=sku)
        once = {(row["order_number"], row["rest"]["unit"]) for row in rows}
        return Counter(unit for _, unit in once), len({number for number, _ in once})

    async def addresses(self, customer: str) -> tuple[Mapping[str, int], int]:
        """Where the latest orders went, and how many there are."""
        rows = await self._session.rows(ADDRESSES, customer=customer)
        return Counter(row["rest"]["address"] for row in rows), len(rows)
