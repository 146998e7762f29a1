"""Money for an order: what is owed, what came in, what goes back."""

from decimal import Decimal

from domain.act import Act
from domain.facts import Change
from domain.order import Order


def receivable(order: Order) -> Decimal:
    """What the customer owes for this order in all: what is ordered, once signed what was signed, less what came back."""
    raise NotImplementedError


def open_amount(order: Order) -> Decimal:
    """What is still to be paid; negative when money must go back."""
    raise NotImplementedError


def pay(order: Order, act: Act, amount: Decimal | None = None, method: str = "") -> Change:
    """Money came in: so much, or all that is open."""
    raise NotImplementedError


def refund(order: Order, act: Act, method: str = "") -> Change:
    """All that is owed back to the customer has been given back."""
    raise NotImplementedError
