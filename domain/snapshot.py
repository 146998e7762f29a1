"""An order as a JSON document, and what differs between two states of it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from domain.order import Allocation, Approval, Check, Line, Order

Document = Mapping[str, Any]
Encoders = Mapping[str, Callable[[Any], Any]]


def text(number: Decimal) -> str:
    """A number as JSON text: the same for equal numbers, never with an exponent."""
    return f"{number.normalize():f}" if number else "0"


def document(order: Order) -> dict[str, Any]:
    """Everything but `version` and `head`, as JSON; lines are keyed by their number."""
    return _encoded(order, _HEAD) | {"lines": {str(line.no): _encoded(line, _LINE) for line in order.lines}}


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
        "changed_by": tuple(fields["changed_by"]),
        "approved_amount": Decimal(fields["approved_amount"]),
        "checks": tuple(_check_from(*check) for check in fields["checks"]),
        "paid": Decimal(fields["paid"]),
        # What was written before these existed lacks them.
        "begun_at": _moment_from(fields.get("begun_at")),
        "chosen": _facts_from(fields.get("chosen", ())),
        "heard": tuple(fields.get("heard", ())),
        "silent_until": _moment_from(fields.get("silent_until")),
        "paused": timedelta(seconds=fields.get("paused", 0)),
        "urged_at": _moment_from(fields.get("urged_at")),
    }
    return Order(**fields)


def difference(before: Order | None, after: Order) -> dict[str, dict[str, Any]]:
    """`{"before": …, "after": …}`: the parts of the documents that differ; a key is absent where it was not.

    All of the document of `after` where there was nothing before.
    """
    if before is None:
        return {"before": {}, "after": document(after)}
    was, now = _changed(before, after, _HEAD)
    if before.lines != after.lines:
        was["lines"], now["lines"] = _changed_lines(before.lines, after.lines)
    return {"before": was, "after": now}


def patch(document: Document, remove: Document, add: Document) -> dict[str, Any]:
    """`document` with the part `remove` replaced by `add` (the two sides of a difference)."""
    result = {key: value for key, value in document.items() if key in add or key not in remove}
    for key, value in add.items():
        old = remove.get(key)
        nested = isinstance(old, Mapping) and isinstance(value, Mapping)
        result[key] = patch(document[key], old or {}, value) if nested else value
    return result


def _encoded(thing: object, encoders: Encoders) -> dict[str, Any]:
    return {name: encode(getattr(thing, name)) for name, encode in encoders.items()}


def _changed(before: object, after: object, encoders: Encoders) -> tuple[dict[str, Any], dict[str, Any]]:
    was: dict[str, Any] = {}
    now: dict[str, Any] = {}
    for name, encode in encoders.items():
        old, new = getattr(before, name), getattr(after, name)
        if old is not new and old != new:
            was[name], now[name] = encode(old), encode(new)
    return was, now


def _changed_lines(before: Sequence[Line], after: Sequence[Line]) -> tuple[dict[str, Any], dict[str, Any]]:
    old, new = {line.no: line for line in before}, {line.no: line for line in after}
    was = {str(no): _encoded(line, _LINE) for no, line in old.items() if no not in new}
    now = {str(no): _encoded(line, _LINE) for no, line in new.items() if no not in old}
    for no in old.keys() & new.keys():
        left, right = _changed(old[no], new[no], _LINE)
        if left:
            was[str(no)], now[str(no)] = left, right
    return was, now


def _plain(value: object) -> object:
    return value


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _places(places: Sequence[Allocation]) -> list[list[str]]:
    return [[place.warehouse, text(place.qty)] for place in places]


def _approvals(approvals: Sequence[Approval]) -> list[list[str]]:
    return [[approval.by, approval.at.isoformat()] for approval in approvals]


def _checks(checks: Sequence[Check]) -> list[list[Any]]:
    return [[check.kind, check.passed, _facts(check.facts)] for check in checks]


def _check_from(kind: str, passed: bool, facts: Sequence[Sequence[str]]) -> Check:
    return Check(kind, passed, _facts_from(facts))


def _facts(facts: Sequence[Sequence[str]]) -> list[list[str]]:
    return [list(fact) for fact in facts]


def _facts_from(facts: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((key, value) for key, value in facts)


def _moment_from(said: str | None) -> datetime | None:
    return None if said is None else datetime.fromisoformat(said)


def _line_from(no: int, document: Document) -> Line:
    fields = dict(document)
    fields |= {name: Decimal(fields[name]) for name, encode in _LINE.items() if encode is text}
    for name in ("allocations", "sent"):
        fields[name] = tuple(Allocation(warehouse, Decimal(qty)) for warehouse, qty in fields[name])
    return Line(no=no, **fields)


_LINE: Encoders = {
    **dict.fromkeys(("sku", "name", "unit", "smallest", "gift"), _plain),
    **dict.fromkeys(("qty", "unit_size", "price", "list_price", "tax_rate"), text),
    **dict.fromkeys(("shipped", "signed", "returned", "missed"), text),
    **dict.fromkeys(("allocations", "sent"), _places),
}

_HEAD: Encoders = {
    **dict.fromkeys(("number", "step", "customer", "customer_name", "customer_type", "region"), _plain),
    **dict.fromkeys(
        ("salesperson", "maker", "entry", "owner", "period", "address", "note", "urgent"), _plain
    ),
    **dict.fromkeys(("tier", "approvals_needed", "held_from", "shipments", "urges", "void", "ready"), _plain),
    **dict.fromkeys(("acked", "snoozed", "revised"), _plain),
    **dict.fromkeys(
        ("created_at", "step_since", "step_due", "due", "begun_at", "silent_until", "urged_at"), _day
    ),
    **dict.fromkeys(("approved_amount", "paid"), text),
    "approvals": _approvals,
    "changed_by": list,
    "chosen": _facts,
    "heard": list,
    "paused": timedelta.total_seconds,
    "checks": _checks,
}
