"""An order as rows, and back. What the database asks about or guards is a column, the rest is a document."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from domain.balance import open_amount
from domain.entry import fingerprint
from domain.order import Allocation, Approval, Check, Head, Line, Order
from storage.prepared import Row

# Columns, or written by hand below; every other field travels in the document by its type.
ORDER_BY_HAND = frozenset(
    "number version step entry customer customer_type region salesperson owner maker created_at step_since "
    "step_due due urgent paid head lines approvals checks changed_by begun_at chosen heard silent_until paused "
    "urged_at".split()
)
LINE_BY_HAND = frozenset("no sku shipped signed returned allocations sent".split())


def _left(kind: type, by_hand: frozenset[str], plain: bool) -> tuple[str, ...]:
    """The fields left for the document: those JSON knows (`plain`), or the decimals, which travel as text."""
    types = (str, int, bool) if plain else (Decimal,)
    return tuple(field.name for field in fields(kind) if field.name not in by_hand and field.type in types)


ORDER_PLAIN, ORDER_DECIMALS = (_left(Order, ORDER_BY_HAND, plain) for plain in (True, False))
LINE_PLAIN, LINE_DECIMALS = (_left(Line, LINE_BY_HAND, plain) for plain in (True, False))


def order_row(order: Order, kind: str, head: Head) -> dict[str, Any]:
    """The order as it will stand after this write, `head` ending its chain."""
    return {
        "number": order.number,
        "version": order.version + 1,
        "step": order.step,
        "kind": kind,
        "entry": order.entry,
        "customer": order.customer,
        "customer_type": order.customer_type,
        "region": order.region,
        "salesperson": order.salesperson,
        "owner": order.owner,
        "maker": order.maker,
        "created_at": order.created_at,
        "step_since": order.step_since,
        "step_due": order.step_due,
        "due": order.due,
        "urgent": order.urgent,
        "amount": order.amount,
        "paid": order.paid,
        "open_amount": open_amount(order),
        "fingerprint": fingerprint(order.customer, order.lines),
        "head_seq": head.seq,
        "head_hash": head.hash,
        "rest": _order_rest(order),
    }


def line_row(order: Order, line: Line) -> dict[str, Any]:
    """One line of the order."""
    return {
        "order_number": order.number,
        "no": line.no,
        "customer": order.customer,
        "sku": line.sku,
        "ordered": line.ordered,
        "reserved": line.reserved,
        "shipped": line.shipped,
        "signed": line.signed,
        "returned": line.returned,
        "amount": line.amount,
        "rest": {
            **{name: getattr(line, name) for name in LINE_PLAIN},
            **{name: str(getattr(line, name)) for name in LINE_DECIMALS},
            "allocations": _pairs(line.allocations),
            "sent": _pairs(line.sent),
        },
    }


def orders_of(rows: Iterable[Row]) -> tuple[Order, ...]:
    """The orders of joined rows (`storage.orders.COLUMNS`), which come order by order and line by line."""
    found: dict[int, tuple[Row, list[Line]]] = {}
    for row in rows:
        found.setdefault(row["number"], (row, []))[1].append(_line(row))
    return tuple(_order(row, lines) for row, lines in found.values())


def _order_rest(order: Order) -> dict[str, Any]:
    return {
        **{name: getattr(order, name) for name in ORDER_PLAIN},
        **{name: str(getattr(order, name)) for name in ORDER_DECIMALS},
        "approvals": [[approval.by, approval.at.isoformat()] for approval in order.approvals],
        "changed_by": list(order.changed_by),
        "begun_at": order.begun_at and order.begun_at.isoformat(),
        "checks": [
            [check.kind, check.passed, [list(fact) for fact in check.facts]] for check in order.checks
        ],
        "chosen": [list(fact) for fact in order.chosen],
        "heard": list(order.heard),
        "silent_until": order.silent_until and order.silent_until.isoformat(),
        "paused": order.paused.total_seconds(),
        "urged_at": order.urged_at and order.urged_at.isoformat(),
    }


def _order(row: Row, lines: Sequence[Line]) -> Order:
    rest = row["rest"]
    begun_at = rest.get("begun_at")
    return Order(
        number=row["number"],
        version=row["version"],
        step=row["step"],
        entry=row["entry"],
        customer=row["customer"],
        customer_type=row["customer_type"],
        region=row["region"],
        salesperson=row["salesperson"],
        owner=row["owner"],
        maker=row["maker"],
        created_at=row["created_at"],
        step_since=row["step_since"],
        step_due=row["step_due"],
        due=row["due"],
        urgent=row["urgent"],
        paid=row["paid"],
        begun_at=begun_at and datetime.fromisoformat(begun_at),
        head=Head(row["head_seq"], row["head_hash"]),
        lines=tuple(lines),
        approvals=tuple(Approval(by, datetime.fromisoformat(at)) for by, at in rest["approvals"]),
        changed_by=tuple(rest.get("changed_by", ())),  # one written before the field existed has none
        checks=tuple(
            Check(kind, passed, tuple((name, value) for name, value in facts))
            for kind, passed, facts in rest["checks"]
        ),
        chosen=tuple((name, value) for name, value in rest.get("chosen", ())),
        heard=tuple(rest.get("heard", ())),
        silent_until=_moment(rest.get("silent_until")),
        paused=timedelta(seconds=rest.get("paused", 0)),
        urged_at=_moment(rest.get("urged_at")),
        **_kept(rest, ORDER_PLAIN, ORDER_DECIMALS),
    )


def _moment(said: str | None) -> datetime | None:
    return None if said is None else datetime.fromisoformat(said)


def _line(row: Row) -> Line:
    rest = row["line_rest"]
    return Line(
        no=row["no"],
        sku=row["sku"],
        shipped=row["shipped"],
        signed=row["signed"],
        returned=row["returned"],
        allocations=_allocations(rest["allocations"]),
        sent=_allocations(rest["sent"]),
        **_kept(rest, LINE_PLAIN, LINE_DECIMALS),
    )


def _kept(rest: Mapping[str, Any], plain: Iterable[str], decimals: Iterable[str]) -> dict[str, Any]:
    """The fields of a document; one written before a field existed leaves it at its default."""
    return {
        **{name: rest[name] for name in plain if name in rest},
        **{name: Decimal(rest[name]) for name in decimals if name in rest},
    }


def _pairs(allocations: Iterable[Allocation]) -> list[list[str]]:
    return [[allocation.warehouse, str(allocation.qty)] for allocation in allocations]


def _allocations(pairs: Iterable[Sequence[str]]) -> tuple[Allocation, ...]:
    return tuple(Allocation(pair[0], Decimal(pair[1])) for pair in pairs)
