"""An order as a JSON document, and what differs between two."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from domain.order import Allocation, Approval, Check, Line, Order

Document = Mapping[str, Any]


def text(number: Decimal) -> str:
    """A number as JSON text: the same for equal numbers, never with an exponent."""
    return f"{number.normalize():f}" if number else "0"


def document(order: Order) -> dict[str, Any]:
    """Everything but `version` and `head`, as JSON; lines are keyed by their number."""
    return {
        "number": order.number,
        "step": order.step,
        "customer": order.customer,
        "customer_name": order.customer_name,
        "customer_type": order.customer_type,
        "region": order.region,
        "salesperson": order.salesperson,
        "maker": order.maker,
        "created_at": order.created_at.isoformat(),
        "step_since": order.step_since.isoformat(),
        "lines": {str(line.no): _line(line) for line in order.lines},
        "entry": order.entry,
        "owner": order.owner,
        "step_due": order.step_due and order.step_due.isoformat(),
        "due": order.due and order.due.isoformat(),
        "period": order.period,
        "address": order.address,
        "note": order.note,
        "urgent": order.urgent,
        "tier": order.tier,
        "approvals_needed": order.approvals_needed,
        "approvals": [[approval.by, approval.at.isoformat()] for approval in order.approvals],
        "approved_amount": text(order.approved_amount),
        "checks": [
            [check.kind, check.passed, [list(fact) for fact in check.facts]] for check in order.checks
        ],
        "paid": text(order.paid),
        "held_from": order.held_from,
        "shipments": order.shipments,
        "urges": order.urges,
        "void": order.void,
        "ready": order.ready,
    }


def from_document(document: Document) -> Order:
    """Back from `document`, with version 0 and no head."""
    fields = dict(document)
    step_due, due = fields["step_due"], fields["due"]
    fields |= {
        "version": 0,
        "created_at": datetime.fromisoformat(fields["created_at"]),
        "step_since": datetime.fromisoformat(fields["step_since"]),
        "step_due": step_due and datetime.fromisoformat(step_due),
        "due": due and date.fromisoformat(due),
        "lines": tuple(_line_from(int(no), fields["lines"][no]) for no in sorted(fields["lines"], key=int)),
        "approvals": tuple(Approval(by, datetime.fromisoformat(at)) for by, at in fields["approvals"]),
        "approved_amount": Decimal(fields["approved_amount"]),
        "checks": tuple(
            Check(kind, passed, tuple((key, value) for key, value in facts))
            for kind, passed, facts in fields["checks"]
        ),
        "paid": Decimal(fields["paid"]),
    }
    return Order(**fields)


def difference(before: Document, after: Document) -> dict[str, dict[str, Any]]:
    """`{"before": …, "after": …}` with only what differs; absent keys were not there."""
    was: dict[str, Any] = {}
    now: dict[str, Any] = {}
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old == new and (key in before) == (key in after):
            continue
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            inner = difference(old, new)
            old, new = inner["before"], inner["after"]
        if key in before:
            was[key] = old
        if key in after:
            now[key] = new
    return {"before": was, "after": now}


def patch(document: Document, remove: Document, add: Document) -> dict[str, Any]:
    """`document` with the part `remove` replaced by `add` (the two sides of a difference)."""
    result = {key: value for key, value in document.items() if key in add or key not in remove}
    for key, value in add.items():
        old = remove.get(key)
        nested = isinstance(old, Mapping) and isinstance(value, Mapping)
        result[key] = patch(document[key], old or {}, value) if nested else value
    return result


def _line(line: Line) -> dict[str, Any]:
    return {
        "sku": line.sku,
        "name": line.name,
        "qty": text(line.qty),
        "unit": line.unit,
        "unit_size": text(line.unit_size),
        "smallest": line.smallest,
        "price": text(line.price),
        "list_price": text(line.list_price),
        "tax_rate": text(line.tax_rate),
        "gift": line.gift,
        "allocations": _places(line.allocations),
        "shipped": text(line.shipped),
        "signed": text(line.signed),
        "returned": text(line.returned),
        "missed": text(line.missed),
        "sent": _places(line.sent),
    }


_NUMBERS = ("qty", "unit_size", "price", "list_price", "tax_rate", "shipped", "signed", "returned", "missed")


def _line_from(no: int, document: Document) -> Line:
    fields = dict(document)
    fields |= {key: Decimal(fields[key]) for key in _NUMBERS}
    fields |= {
        key: tuple(Allocation(at, Decimal(qty)) for at, qty in fields[key]) for key in ("allocations", "sent")
    }
    return Line(no=no, **fields)


def _places(allocations: tuple[Allocation, ...]) -> list[list[str]]:
    return [[allocation.warehouse, text(allocation.qty)] for allocation in allocations]
