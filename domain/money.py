"""Money for an order: what is owed, what came in, what goes back."""

from dataclasses import replace
from decimal import Decimal

from domain.act import Act
from domain.balance import open_amount, receivable
from domain.errors import Invalid
from domain.facts import Change, Payment
from domain.gate import guard
from domain.order import Order, to_fen
from domain.path import settled
from domain.record import Papers, record
from domain.snapshot import text
from domain.telling import arrival, once, to_kind, to_person


def pay(order: Order, act: Act, amount: Decimal | None = None, method: str = "") -> Change:
    """Money came in: so much, or all that is open; before or after shipping, never more than is open."""
    guard("order.pay", order, act)
    due = open_amount(order)
    if due <= 0:
        raise Invalid("nothing-open", number=order.number, paid=order.paid, refund=-due)
    given = due if amount is None else amount
    if not given.is_finite() or given <= 0:
        raise Invalid("amount-not-positive", amount=given)
    if given > due:
        raise Invalid("overpaid", number=order.number, amount=given, open=due)
    if given != to_fen(given):
        raise Invalid("amount-places", amount=given)
    return _booked(order, act, given, method, "paid")


def refund(order: Order, act: Act, method: str = "") -> Change:
    """All that is owed back to the customer has been given back."""
    guard("order.refund", order, act)
    due = open_amount(order)
    if due >= 0:
        raise Invalid("nothing-to-refund", number=order.number)
    return _booked(order, act, due, method, "refunded")


def _booked(order: Order, act: Act, amount: Decimal, method: str, what: str) -> Change:
    after = settled(replace(order, paid=order.paid + amount), act)
    figures = {"sum": text(abs(amount)), "method": method}
    notices = once(
        to_kind(what, after, act, "signed", **figures),
        to_person(what, after, act, order.salesperson, **figures),
        arrival(after, act) if after.entry != order.entry else (),
    )
    payment = Payment(order.number, act.at, act.by.user_id, amount, method)
    return record(order, after, act, f"order:{what}", Papers(notices, payments=(payment,)), **figures)


__all__ = ["open_amount", "pay", "receivable", "refund"]
