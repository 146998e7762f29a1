"""The plainer facts of a change as rows."""

from typing import Any

from domain.duty import Absence
from domain.facts import Event, Payment, Shipment, Timer
from storage.prepared import Row


def timer_key(timer: Timer) -> dict[str, int]:
    """What makes a timer itself."""
    return {"order_number": timer.order, "entry": timer.entry, "rung": timer.rung, "repeat": timer.repeat}


def timer_row(timer: Timer) -> dict[str, Any]:
    """A timer that nobody was given yet."""
    return {**timer_key(timer), "due": timer.due, "lease_until": None, "done": False}


def timer_of(row: Row) -> Timer:
    """The timer of a row; `due` is when it fell due first, however often it was put off."""
    return Timer(row["order_number"], row["entry"], row["rung"], row["repeat"], row["fell_due"] or row["due"])


def moved_timer_row(timer: Timer) -> dict[str, Any]:
    """A timer that rings at another moment."""
    return {**timer_key(timer), "due": timer.due}


def shipment_row(shipment: Shipment) -> dict[str, Any]:
    """Goods that left together."""
    return {
        "order_number": shipment.order,
        "no": shipment.no,
        "at": shipment.at,
        "actor": shipment.by,
        "carrier": shipment.carrier,
        "tracking": shipment.tracking,
        "lines": [[line.line, line.sku, line.warehouse, str(line.qty)] for line in shipment.lines],
    }


def payment_row(payment: Payment) -> dict[str, Any]:
    """Money that came in or was given back."""
    return {
        "order_number": payment.order,
        "at": payment.at,
        "actor": payment.by,
        "amount": payment.amount,
        "method": payment.method,
    }


def absence_row(absence: Absence, event: Event) -> dict[str, Any]:
    """An absence as somebody said it."""
    return {
        "person": absence.person,
        "first_day": absence.first.isoformat(),
        "last_day": absence.last.isoformat(),
        "deputy": absence.deputy,
        "at": event.at,
        "source": event.source,
    }
