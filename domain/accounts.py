"""An order with all that moved for it: goods, money, and what the stock's own book says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from domain.facts import Payment, Shipment
from domain.figures import Count
from domain.order import Order


@dataclass(frozen=True, slots=True)
class Account:
    """One order with all that moved for it.

    `ledger` is what left the stock for it by the stock's own book (sku -> smallest unit, less what came back);
    None where goods were counted off for it, so that the book cannot be told apart.
    """

    order: Order
    shipments: tuple[Shipment, ...] = ()
    payments: tuple[Payment, ...] = ()
    ledger: Mapping[str, Decimal] | None = None


class Accounts(Protocol):
    """What reconciling looks at."""

    async def ordered(self, start: datetime, end: datetime) -> Count:
        """The orders entered from `start` until before `end`."""

    async def touched(self, start: datetime, end: datetime) -> tuple[int, ...]:
        """The orders of which goods or money moved, or that were signed or cancelled, in this time."""

    async def suspects(self, start: datetime, end: datetime, cash: Sequence[str]) -> tuple[int, ...]:
        """The orders entered in this time whose money does not fit where they stand; `cash` has no time to pay."""

    async def of(self, numbers: Sequence[int]) -> tuple[Account, ...]:
        """The accounts of these orders."""
