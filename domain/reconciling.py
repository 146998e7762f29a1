"""Orders against shipments, against payments, against the stock ledger: what does not fit together.

Every kind of difference is defined in docs/figures.md, 对账.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.accounts import Account
from domain.balance import open_amount
from domain.company import Company
from domain.facts import Shipment
from domain.figures import Count
from domain.order import ZERO, Line, Order, total

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

STANDING = ("void_paid", "overpaid", "unpaid", "unshipped")
"""What is brought up again until it fits: money that is somewhere it does not belong."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that does not fit: how much it is worth, and since when."""

    kind: str
    order: Order
    amount: Decimal
    since: datetime


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What was ordered, shipped and paid in some days, what of it does not fit, and what did not before."""

    ordered: Count
    shipped: Count
    paid: Count
    orders: int
    differences: tuple[Difference, ...]
    earlier: tuple[Difference, ...]


def reconcile(
    accounts: Sequence[Account],
    earlier: Sequence[Account],
    ordered: Count,
    between: tuple[datetime, datetime],
    company: Company,
) -> Reconciliation:
    """The accounts of all orders that something was done to in these days, and of older suspects."""
    start, end = between
    left = [
        _worth(account, shipment)
        for account in accounts
        for shipment in account.shipments
        if start <= shipment.at < end
    ]
    money = [
        payment.amount for account in accounts for payment in account.payments if start <= payment.at < end
    ]
    return Reconciliation(
        ordered,
        Count(len(left), total(left)),
        Count(len(money), total(money)),
        len(accounts),
        _all(accounts, company),
        tuple(one for one in _all(earlier, company) if one.kind in STANDING),
    )


def differences(account: Account, company: Company) -> Iterator[Difference]:
    """What does not fit in one order's account."""
    order = account.order
    moved, given = _since(account), _paid_since(account)
    found = {
        "over_shipped": (_over_shipped(account), moved),
        "ledger": (_off_the_ledger(account), moved),
        "payments": (_some(abs(total(one.amount for one in account.payments) - order.paid)), given),
        "void_paid": (_some(abs(order.paid)) if order.void else None, given),
        "overpaid": (None if order.void else _some(-open_amount(order)), given),
        "unpaid": (_unpaid(order, company), moved),
        "unshipped": (_unshipped(order), given),
        "missed": (_missed(order), moved),
    }
    for kind, (amount, since) in found.items():
        if amount is not None:
            yield Difference(kind, order, amount, since)


def _all(accounts: Sequence[Account], company: Company) -> tuple[Difference, ...]:
    found = (one for account in accounts for one in differences(account, company))
    return tuple(sorted(found, key=lambda one: (KINDS.index(one.kind), one.since, one.order.number)))


def _some(amount: Decimal) -> Decimal | None:
    return amount if amount > 0 else None


def _over_shipped(account: Account) -> Decimal | None:
    """What left beyond what was ordered, or was written down as left otherwise than on the order."""
    left = _left(account.shipments)
    wrong = [
        line.worth(max(gone - line.ordered, abs(gone - line.shipped)))
        for line in account.order.lines
        if (gone := left.get(line.no, ZERO)) > line.ordered or gone != line.shipped
    ]
    return total(wrong) if wrong else None


def _off_the_ledger(account: Account) -> Decimal | None:
    """What the stock's own book knows otherwise than the shipments, less what came back."""
    if account.ledger is None:
        return None
    left, known = _left(account.shipments), dict(account.ledger)
    first: dict[str, Line] = {}
    for line in account.order.lines:
        first.setdefault(line.sku, line)
        known[line.sku] = known.get(line.sku, ZERO) - left.get(line.no, ZERO) + line.returned
    wrong = [first[sku].worth(abs(qty)) if sku in first else ZERO for sku, qty in known.items() if qty]
    return total(wrong) if wrong else None


def _unpaid(order: Order, company: Company) -> Decimal | None:
    """What a customer without time to pay has and has not paid."""
    customer = company.catalogue.customers.get(order.customer)
    if order.void or (customer is not None and customer.credit_days):
        return None
    had = total(line.worth(line.shipped - line.missed - line.returned) for line in order.lines)
    return _some(had - order.paid)


def _unshipped(order: Order) -> Decimal | None:
    return None if order.void or order.shipped_any else _some(order.paid)


def _missed(order: Order) -> Decimal | None:
    lost = [line.worth(line.missed) for line in order.lines if line.missed]
    return total(lost) if lost else None


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
