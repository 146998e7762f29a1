"""Orders against shipments, against payments, against the stock ledger: what does not fit together.

Every kind of difference is defined in docs/figures.md, 对账.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from domain.balance import open_amount
from domain.company import Company
from domain.facts import Payment, Shipment
from domain.order import ZERO, Line, Order, to_fen, total

KINDS = (
    "over_shipped",
    "ledger",
    "payments",
    "void_paid",
    "overpaid",
    "unpaid",
    "unshipped",
    "missed",
)
"""From what should never be to what only waits for somebody."""


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


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that does not fit: how much it is worth, and since when."""

    kind: str
    order: Order
    amount: Decimal
    since: datetime


@dataclass(frozen=True, slots=True)
class Sum:
    """So many, worth so much."""

    number: int = 0
    amount: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What was ordered, shipped and paid in some days, what of it does not fit, and what did not before."""

    ordered: Sum = Sum()
    shipped: Sum = Sum()
    paid: Sum = Sum()
    orders: int = 0
    differences: tuple[Difference, ...] = ()
    earlier: tuple[Difference, ...] = field(default=())


def reconcile(
    accounts: Sequence[Account],
    earlier: Sequence[Account],
    ordered: Sum,
    between: tuple[datetime, datetime],
    company: Company,
) -> Reconciliation:
    """The accounts of all orders that something was done to in these days, and of older suspects."""
    start, end = between
    left = [
        to_fen(_worth(account, shipment))
        for account in accounts
        for shipment in account.shipments
        if start <= shipment.at < end
    ]
    money = [
        payment.amount for account in accounts for payment in account.payments if start <= payment.at < end
    ]
    return Reconciliation(
        ordered,
        Sum(len(left), total(left)),
        Sum(len(money), total(money)),
        len(accounts),
        _all(accounts, company),
        _all(earlier, company),
    )


def differences(account: Account, company: Company) -> Iterator[Difference]:
    """What does not fit in one order's account."""
    order = account.order
    moved, given = _since(account), _paid_since(account)
    found = {
        "over_shipped": (_over_shipped(account), moved),
        "ledger": (_off_the_ledger(account), moved),
        "payments": (abs(total(payment.amount for payment in account.payments) - order.paid), given),
        "void_paid": (abs(order.paid) if order.void else ZERO, given),
        "overpaid": (ZERO if order.void else max(-open_amount(order), ZERO), given),
        "unpaid": (_unpaid(order, company), moved),
        "unshipped": (_unshipped(order), given),
        "missed": (total(line.worth(line.missed) for line in order.lines), moved),
    }
    for kind, (amount, since) in found.items():
        if amount:
            yield Difference(kind, order, amount, since)


def _all(accounts: Sequence[Account], company: Company) -> tuple[Difference, ...]:
    found = (one for account in accounts for one in differences(account, company))
    return tuple(sorted(found, key=lambda one: (KINDS.index(one.kind), one.since, one.order.number)))


def _over_shipped(account: Account) -> Decimal:
    """What left beyond what was ordered, or was written down as left otherwise than on the order."""
    left = _left(account.shipments)
    return total(
        line.worth(
            max(left.get(line.no, ZERO) - line.ordered, ZERO) or abs(left.get(line.no, ZERO) - line.shipped)
        )
        for line in account.order.lines
    )


def _off_the_ledger(account: Account) -> Decimal:
    """What the stock's book knows otherwise than the shipments, less what came back."""
    if account.ledger is None:
        return ZERO
    left = _left(account.shipments)
    expected: dict[str, Decimal] = {}
    for line in account.order.lines:
        expected[line.sku] = expected.get(line.sku, ZERO) + left.get(line.no, ZERO) - line.returned
    first: Mapping[str, Line] = {line.sku: line for line in reversed(account.order.lines)}
    skus = {*expected, *account.ledger}
    return total(
        first[sku].worth(abs(expected.get(sku, ZERO) - account.ledger.get(sku, ZERO)))
        if sku in first
        else abs(account.ledger.get(sku, ZERO))
        for sku in skus
    )


def _unpaid(order: Order, company: Company) -> Decimal:
    """What has left unpaid to a customer who has no time to pay."""
    customer = company.catalogue.customers.get(order.customer)
    if order.void or (customer is not None and customer.credit_days):
        return ZERO
    had = total(line.worth(line.shipped - line.missed - line.returned) for line in order.lines)
    return max(had - order.paid, ZERO)


def _unshipped(order: Order) -> Decimal:
    return order.paid if order.paid > 0 and not order.void and not order.shipped_any else ZERO


def _left(shipments: Sequence[Shipment]) -> Mapping[int, Decimal]:
    left: dict[int, Decimal] = {}
    for shipment in shipments:
        for part in shipment.lines:
            left[part.line] = left.get(part.line, ZERO) + part.qty
    return left


def _worth(account: Account, shipment: Shipment) -> Decimal:
    lines = {line.no: line for line in account.order.lines}
    return total(lines[part.line].worth(part.qty) for part in shipment.lines if part.line in lines)


def _since(account: Account) -> datetime:
    return min((shipment.at for shipment in account.shipments), default=account.order.created_at)


def _paid_since(account: Account) -> datetime:
    return max((payment.at for payment in account.payments), default=account.order.created_at)
