"""The order book."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from domain.errors import Unknown
from domain.facts import Payment, Shipment
from domain.order import Order
from domain.ports import EntryFacts, Search
from storage import order_statements as statements
from storage import searches
from storage.records import orders_of
from storage.rows import payment_of, shipment_of
from storage.searches import KindOf
from storage.session import Session


class SqlOrders:
    """`domain.ports.Orders` within one transaction."""

    def __init__(self, session: Session, kind_of: KindOf) -> None:
        self._session = session
        self._kind_of = kind_of

    async def next_number(self) -> int:
        """A number nobody else gets; one that is not used is left out."""
        return await self._session.next_number(statements.NEXT_NUMBER)

    async def get(self, number: int) -> Order:
        """The order, or raise `Unknown`."""
        found = orders_of(await self._session.rows(statements.ONE_ORDER, number=number))
        if not found:
            raise Unknown("order", number=number)
        return found[0]

    async def search(self, search: Search) -> tuple[Order, ...]:
        """Orders that fit, in the order asked for."""
        statement, values = searches.listing(search, self._kind_of)
        return orders_of(await self._session.rows(statement, **values))

    async def count(self, search: Search) -> int:
        """How many orders fit."""
        statement, values = searches.counting(search, self._kind_of)
        return int((await self._session.rows(statement, **values))[0]["found"])

    async def entry_facts(self, customer: str, skus: Sequence[str], since: datetime) -> EntryFacts:
        """What the automatic checks need to know, in one round trip."""
        rows = await self._session.rows(
            statements.ENTRY_FACTS, customer=customer, skus=sorted(set(skus)), since=since
        )
        return EntryFacts(
            exposure=sum((row["money"] for row in rows if row["what"] == "exposure"), Decimal(0)),
            recent=tuple((row["number"], row["key"]) for row in rows if row["what"] == "recent"),
            usual={
                row["key"]: row["qty"] / row["number"]
                for row in rows
                if row["what"] == "usual" and row["number"]
            },
        )

    async def waiting_for(self, skus: Sequence[str]) -> tuple[Order, ...]:
        """Orders in a step of kind `short` that lack one of these, urgent first, then oldest."""
        return orders_of(await self._session.rows(statements.WAITING_FOR, skus=sorted(set(skus))))

    async def loads(self, people: Sequence[str]) -> Mapping[str, int]:
        """How many open orders each of these has; where nobody is asked about, nothing is read."""
        if not people:
            return {}
        rows = await self._session.rows(statements.LOADS, people=sorted(set(people)))
        return {row["owner"]: row["found"] for row in rows}

    async def shipments(self, number: int) -> tuple[Shipment, ...]:
        """What has left, oldest first."""
        return tuple(map(shipment_of, await self._session.rows(statements.SHIPMENTS, number=number)))

    async def payments(self, number: int) -> tuple[Payment, ...]:
        """What was paid, oldest first."""
        return tuple(map(payment_of, await self._session.rows(statements.PAYMENTS, number=number)))
