"""Deeds and passages counted anew from the events: for what happened before they were kept.

It stands by itself, as a migration must: what the rules of today call an event may be otherwise tomorrow.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import sqlalchemy as sa

from storage.types import Document, Money, Number, Time

AT_ONCE = 500

NAMED = {
    f"order:{name}": name
    for name in "approved rejected shipped signed paid refunded returned complained urged cancelled rated".split()
}
TOUCHES = frozenset({"order:picking", "order:taken", "order:acked", "order:shipped"})
WRONG = re.compile(r"错|少|漏|缺|破|损|坏|碎|渗|变质|过期|临期|不符|不对|串货|混")
SYSTEM = "gendan"

orders = sa.table(
    "orders", sa.column("number", Number), sa.column("step", sa.Text), sa.column("kind", sa.Text)
)
events = sa.table(
    "events",
    *(sa.column(name, sa.Text) for name in ("stream", "kind", "actor", "source")),
    sa.column("seq", sa.Integer),
    sa.column("at", Time),
    sa.column("data", Document),
)
deeds = sa.table(
    "deeds",
    sa.column("order_number", Number),
    *(sa.column(name, sa.Integer) for name in ("seq", "seconds", "score")),
    *(sa.column(name, sa.Text) for name in ("kind", "actor", "customer", "salesperson", "reason")),
    sa.column("at", Time),
    sa.column("amount", Money),
    sa.column("wrong", sa.Boolean),
)
passages = sa.table(
    "passages",
    sa.column("order_number", Number),
    *(sa.column(name, sa.Integer) for name in ("entry", "seq")),
    *(sa.column(name, sa.Text) for name in ("step", "owner", "customer", "salesperson")),
    *(sa.column(name, Time) for name in ("entered_at", "begun_at", "left_at", "due_at")),
)
Document_ = Mapping[str, Any]


def recount(connection: sa.Connection) -> None:
    """Write the deeds and passages of every order into the empty tables."""
    stood = connection.execute(sa.select(orders.c.step, orders.c.kind).distinct())
    kinds = {row.step: row.kind for row in stood}
    last = 0
    while True:
        newer = sa.select(orders.c.number).where(orders.c.number > last).order_by(orders.c.number)
        numbers = list(connection.scalars(newer.limit(AT_ONCE)))
        if not numbers:
            return
        counts = [Counted(number, kinds) for number in numbers]
        of = {f"order:{one.number}": one for one in counts}
        told = sa.select(events).where(events.c.stream.in_(list(of))).order_by(events.c.stream, events.c.seq)
        for row in connection.execute(told).mappings():
            of[row["stream"]].hear(dict(row))
        for table, rows in (
            (deeds, [row for one in counts for row in one.deeds]),
            (passages, [row for one in counts for row in one.passages]),
        ):
            if rows:
                connection.execute(sa.insert(table), rows)
        last = numbers[-1]


class Counted:
    """One order's deeds and passages, as far as its events were heard."""

    def __init__(self, number: int, kinds: Mapping[str, str]) -> None:
        self.number = number
        self.deeds: list[dict[str, Any]] = []
        self.passages: list[dict[str, Any]] = []
        self._kinds = kinds
        self._order: dict[str, Any] = {}
        self._heard: list[tuple[int, str]] = []
        self._begun = 0

    def hear(self, event: Document_) -> None:
        """The next event of the order."""
        data = event["data"]
        before, after = self._order, patched(self._order, data["before"], data["after"])
        self._order = after
        self._begin(before, after, event)
        if event["kind"] == "order:undone":
            self._take_back()
        elif before:
            self._passage(before, after, event)
            self._deed(before, after, event)
        if event["kind"] not in ("order:escalated", "order:reminded"):
            self._heard.append((event["seq"], event["source"]))

    def _begin(self, before: Document_, after: dict[str, Any], event: Document_) -> None:
        """Note when the owner began with a step, where the events are too old to say it."""
        if "begun_at" in event["data"]["after"]:
            return
        if not before or before["entry"] != after["entry"]:
            after["begun_at"] = None
        elif event["kind"] in TOUCHES and after.get("begun_at") is None:
            after["begun_at"], self._begun = event["at"].isoformat(), event["seq"]

    def _take_back(self) -> None:
        seq, source = self._heard[-1]
        for heard, by in reversed(self._heard):
            if by != source:
                break
            seq = heard
        if self._begun >= seq:
            self._order["begun_at"] = None
        self.deeds = [row for row in self.deeds if row["seq"] < seq]
        self.passages = [row for row in self.passages if row["seq"] < seq]

    def _passage(self, before: Document_, after: Document_, event: Document_) -> None:
        if before["entry"] == after["entry"]:
            return
        entered = datetime.fromisoformat(before["step_since"])
        if event["actor"] == SYSTEM and entered == event["at"]:
            return
        begun, due = before.get("begun_at"), before["step_due"]
        self.passages.append(
            {
                "order_number": self.number,
                "entry": before["entry"],
                "seq": event["seq"],
                "step": before["step"],
                "entered_at": entered,
                "begun_at": begun and datetime.fromisoformat(begun),
                "left_at": event["at"],
                "due_at": due and datetime.fromisoformat(due),
                "owner": before["owner"],
                "customer": after["customer"],
                "salesperson": after["salesperson"],
            }
        )

    def _deed(self, before: Document_, after: Document_, event: Document_) -> None:
        for kind in dict.fromkeys(self._kinds_of(before, after, event)):
            if kind == "rated":
                self.deeds = [row for row in self.deeds if row["kind"] != "rated"]
            self.deeds.append(
                {
                    "order_number": self.number,
                    "seq": event["seq"],
                    "kind": kind,
                    "at": event["at"],
                    "actor": event["actor"],
                    "customer": after["customer"],
                    "salesperson": after["salesperson"],
                    "amount": amount_of(kind, before, after, event["data"]),
                    "seconds": int(
                        (event["at"] - datetime.fromisoformat(after["created_at"])).total_seconds()
                    )
                    if kind == "out"
                    else None,
                    "score": event["data"].get("score") if kind == "rated" else None,
                    "wrong": is_wrong(kind, event["data"]),
                    "reason": "" if kind == "rated" else str(event["data"].get("reason") or ""),
                }
            )

    def _kinds_of(self, before: Document_, after: Document_, event: Document_) -> Iterator[str]:
        named = NAMED.get(event["kind"])
        if named and not (named == "approved" and event["actor"] == SYSTEM):
            yield named
        moved = before["entry"] != after["entry"]
        if event["kind"] == "order:lacked" or (
            moved and self._kinds.get(after["step"], after["step"]) == "short"
        ):
            yield "short"
        if shipped_all(after) and not shipped_all(before):
            yield "out"


def patched(document: Document_, remove: Document_, add: Document_) -> dict[str, Any]:
    """The state after an event, from the state before it and what the event says of both."""
    result = {key: value for key, value in document.items() if key in add or key not in remove}
    for key, value in add.items():
        old = remove.get(key)
        nested = isinstance(old, Mapping) and isinstance(value, Mapping)
        result[key] = patched(document[key], old or {}, value) if nested else value
    return result


def shipped_all(order: Document_) -> bool:
    """True when everything ordered has left."""
    return all(
        Decimal(line["shipped"]) >= Decimal(line["qty"]) * Decimal(line["unit_size"])
        for line in order["lines"].values()
    )


def amount_of(kind: str, before: Document_, after: Document_, data: Document_) -> Decimal | None:
    """The money of a deed."""
    if kind in ("paid", "refunded"):
        return sum(map(Decimal, data["payments"]), Decimal(0))
    return worth(after, kind) - worth(before, kind) if kind in ("shipped", "returned") else None


def worth(order: Document_, what: str) -> Decimal:
    """What so much of every line cost, each to the fen."""
    return sum(
        (
            (Decimal(line["price"]) * Decimal(line[what]) / Decimal(line["unit_size"])).quantize(
                Decimal("0.01"), rounding=ROUND_HALF_UP
            )
            for line in order["lines"].values()
            if not line["gift"]
        ),
        Decimal(0),
    )


def is_wrong(kind: str, data: Document_) -> bool:
    """Whether a deed tells of a wrong delivery."""
    if kind == "signed":
        return bool(data.get("missed"))
    return kind in ("returned", "complained") and bool(WRONG.search(str(data.get("reason") or "")))
