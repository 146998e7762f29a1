"""What is owed for an order as it stands."""

from decimal import Decimal

from domain.order import ZERO, Order, total


def receivable(order: Order) -> Decimal:
    """What the customer owes for this order in all, paid or not.

    What was ordered, less what did not arrive, less what came back: once signed, that is what was signed less
    what came back. Nothing for a cancelled order.
    """
    if order.void:
        return ZERO
    return total(line.worth(line.ordered - line.missed - line.returned) for line in order.lines)


def open_amount(order: Order) -> Decimal:
    """What is still to be paid; negative when money must go back to the customer."""
    return receivable(order) - order.paid
