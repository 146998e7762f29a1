"""The plainer facts of a change as rows."""

from decimal import Decimal
from typing import Any

from domain.duty import Absence
from domain.facts import Deed, Event, Passage, Payment, Shipment, ShippedLine, Timer
from storage.prepared import Row
from storage.text import storable


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


def shipment_of(row: Row) -> Shipment:
    """Back from `shipment_row`."""
    lines = tuple(
        ShippedLine(line, sku, warehouse, Decimal(qty)) for line, sku, warehouse, qty in row["lines"]
    )
    return Shipment(
        row["order_number"], row["no"], row["at"], row["actor"], row["carrier"], row["tracking"], lines
    )


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


def payment_of(row: Row) -> Payment:
    """Back from `payment_row`."""
    return Payment(row["order_number"], row["at"], row["actor"], row["amount"], row["method"])


def deed_row(deed: Deed, first: int) -> dict[str, Any]:
    """Something to be counted; `first` is the number of the change's first event in the chain."""
    return {
        "order_number": deed.order,
        "seq": first + deed.event,
        "kind": deed.kind,
        "at": deed.at,
        "actor": deed.by,
        "customer": deed.customer,
        "salesperson": deed.salesperson,
        "amount": deed.amount,
        "seconds": deed.seconds,
        "score": deed.score,
        "wrong": deed.wrong,
        "reason": storable(deed.reason),
    }


def passage_row(passage: Passage, first: int) -> dict[str, Any]:
    """A step that was left; `first` is the number of the change's first event in the chain."""
    return {
        "order_number": passage.order,
        "entry": passage.entry,
        "seq": first + passage.event,
        "step": passage.step,
        "entered_at": passage.entered,
        "begun_at": passage.begun,
        "left_at": passage.left,
        "due_at": passage.due,
        "owner": passage.owner,
        "customer": passage.customer,
        "salesperson": passage.salesperson,
    }
