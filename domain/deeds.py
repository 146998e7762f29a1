"""What reports count: the deeds an event stands for, and the step that an order left by it.

They are written with the event and never changed; what is taken back is removed again.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from domain.act import SYSTEM, Act
from domain.facts import Deed, Passage
from domain.order import ZERO, Order, total
from domain.path import step_of

# What is counted, and the event it comes from where it is not the condition beside it that decides.
KINDS: Mapping[str, str] = {
    "approved": "order:approved",  # by a person, not by the checks alone
    "rejected": "order:rejected",
    "short": "",  # came to a step of kind `short`, or the warehouse did not find what was reserved
    "shipped": "order:shipped",  # `amount`: what left is worth
    "out": "",  # everything ordered has left; `seconds` since it was entered
    "signed": "order:signed",
    "paid": "order:paid",
    "refunded": "order:refunded",  # `amount` is negative
    "returned": "order:returned",  # `amount`: what came back is worth
    "complained": "order:complained",
    "urged": "order:urged",
    "cancelled": "order:cancelled",
    "rated": "order:rated",  # `score`
}
_OF_EVENT = {event: kind for kind, event in KINDS.items() if event}

# The owner has begun: the first of these in a step ends the waiting.
TOUCHES = frozenset({"order:picking", "order:taken", "order:acked", "order:shipped"})

WRONG = re.compile(r"错|少|漏|缺|破|损|坏|碎|渗|变质|过期|临期|不符|不对|串货|混")
"""Words of a reason that speak of a wrong, missing or damaged delivery."""


def begun(before: Order, after: Order, act: Act, kind: str) -> datetime | None:
    """When the owner began with the step the order stands in, as far as this event says."""
    if after.entry != before.entry or after.begun_at is not None or kind not in TOUCHES:
        return after.begun_at
    return act.at


def deeds_of(
    before: Order | None, after: Order, act: Act, kind: str, said: Mapping[str, Any], paid: Sequence[Decimal]
) -> tuple[Deed, ...]:
    """What this event counts as."""
    found = [name for name in (_named(act, kind), *_reached(before, after, act, kind)) if name]
    return tuple(
        Deed(
            kind=name,
            order=after.number,
            at=act.at,
            by=act.by.user_id,
            customer=after.customer,
            salesperson=after.salesperson,
            amount=_amount(name, before, after, paid),
            seconds=int((act.at - after.created_at).total_seconds()) if name == "out" else None,
            score=said.get("score") if name == "rated" else None,
            wrong=_is_wrong(name, said),
            reason=str(said.get("reason") or "") if name != "rated" else "",
        )
        for name in dict.fromkeys(found)
    )


def passage_of(before: Order | None, after: Order, act: Act) -> tuple[Passage, ...]:
    """The step that was left, if one was; the checks' own yes takes no time and is none."""
    if before is None or before.entry == after.entry:
        return ()
    if act.by == SYSTEM and before.step_since == act.at:
        return ()
    return (
        Passage(
            order=before.number,
            entry=before.entry,
            step=before.step,
            entered=before.step_since,
            begun=before.begun_at,
            left=act.at,
            due=before.step_due,
            owner=before.owner,
            customer=after.customer,
            salesperson=after.salesperson,
        ),
    )


def _named(act: Act, kind: str) -> str:
    name = _OF_EVENT.get(kind, "")
    return "" if name == "approved" and act.by == SYSTEM else name


def _reached(before: Order | None, after: Order, act: Act, kind: str) -> list[str]:
    if before is None:
        return []
    moved = after.entry != before.entry
    short = moved and step_of(after, act.company).kind == "short"
    out = after.shipped_all and not before.shipped_all
    return ["short"] * (short or kind == "order:lacked") + ["out"] * out


def _amount(name: str, before: Order | None, after: Order, paid: Sequence[Decimal]) -> Decimal | None:
    if name in ("paid", "refunded"):
        return sum(paid, ZERO)
    if name == "shipped" and before is not None:
        return _worth(after, "shipped") - _worth(before, "shipped")
    if name == "returned" and before is not None:
        return _worth(after, "returned") - _worth(before, "returned")
    return None


def _worth(order: Order, what: str) -> Decimal:
    return total(line.worth(getattr(line, what)) for line in order.lines)


def _is_wrong(name: str, said: Mapping[str, Any]) -> bool:
    if name == "signed":
        return bool(said.get("missed"))
    return name in ("returned", "complained") and bool(WRONG.search(str(said.get("reason") or "")))
