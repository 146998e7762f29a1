"""Orders with all that moved for them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from domain.accounts import Account
from domain.figures import Count
from domain.order import ZERO
from storage import accounts_statements as statements
from storage.prepared import Row
from storage.records import orders_of
from storage.rows import payment_of, shipment_of
from storage.session import Session

AT_ONCE = 500


class SqlAccounts:
    """`domain.accounts.Accounts` within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def ordered(self, start: datetime, end: datetime) -> Count:
        """The orders entered from `start` until before `end`."""
        (row,) = await self._session.rows(statements.ORDERED, start=start, end=end)
        return Count(row["number"], row["money"])

    async def touched(self, start: datetime, end: datetime) -> tuple[int, ...]:
        """The orders of which something moved in this time."""
        return _numbers(await self._session.rows(statements.TOUCHED, start=start, end=end))

    async def suspects(self, start: datetime, end: datetime, cash: Sequence[str]) -> tuple[int, ...]:
        """The orders entered in this time whose money does not fit where they stand."""
        return _numbers(await self._session.rows(statements.SUSPECTS, start=start, end=end, cash=list(cash)))

    async def of(self, numbers: Sequence[int]) -> tuple[Account, ...]:
        """The accounts of these orders, some hundred at a time."""
        parts = [list(numbers[at : at + AT_ONCE]) for at in range(0, len(numbers), AT_ONCE)]
        return tuple([account for part in parts for account in await self._some(part)])

    async def _some(self, numbers: list[int]) -> Iterable[Account]:
        found = orders_of(await self._session.rows(statements.ORDERS, numbers=numbers))
        shipments = _by_order(await self._session.rows(statements.SHIPMENTS, numbers=numbers))
        payments = _by_order(await self._session.rows(statements.PAYMENTS, numbers=numbers))
        moves = _by_order(await self._session.rows(statements.LEDGER, numbers=numbers))
        return [
            Account(
                order,
                tuple(map(shipment_of, shipments.get(order.number, ()))),
                tuple(map(payment_of, payments.get(order.number, ()))),
                _ledger(moves.get(order.number, ())),
            )
            for order in found
        ]


def _numbers(rows: Iterable[Row]) -> tuple[int, ...]:
    return tuple(row["number"] for row in rows)


def _by_order(rows: Iterable[Row]) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row["order_number"], []).append(row)
    return found


def _ledger(rows: Iterable[Row]) -> Mapping[str, Decimal] | None:
    """What left by the book; taking back a count looks like taking back a shipment, so then nobody can say."""
    left: dict[str, Decimal] = {}
    for row in rows:
        if row["kind"] == "count":
            return None
        left[row["sku"]] = left.get(row["sku"], ZERO) - row["qty"]
    return left
