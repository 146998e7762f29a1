"""How a decision is written down: one order, one event with before and after, and all that follows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from domain.act import Act
from domain.deeds import begun, deeds_of, passage_of
from domain.facts import Change, Deed, Event, Notice, Passage, Payment, Shipment, StockMove
from domain.ladder import timers_of
from domain.order import Order
from domain.reservation import ledger
from domain.snapshot import difference, text

Fact = TypeVar("Fact", Deed, Passage)

# Every kind of event about an order, and what its data says besides `before`, `after`, `moves`, `payments` and
# `told`.
EVENTS: Mapping[str, tuple[str, ...]] = {
    "order:entered": (),
    "order:approved": ("auto", "missing"),  # `auto`: by the checks alone; `missing`: further reviewers needed
    "order:rejected": ("reason",),
    "order:resubmitted": (),
    "order:picking": (),
    "order:picked": (),
    "order:finished": ("work",),  # the name of the company's own step
    "order:shipped": ("goods", "carrier", "tracking"),
    "order:lacked": ("goods",),
    "order:restocked": (),
    "order:signed": ("goods", "missed"),
    "order:paid": ("sum", "method"),
    "order:refunded": ("sum", "method"),
    "order:changed": ("changes", "review"),
    "order:delayed": ("reason",),
    "order:noted": ("note",),
    "order:assigned": ("to",),
    "order:taken": (),
    "order:acked": ("until",),  # silent until then
    "order:snoozed": ("until",),
    "order:urged": ("merged",),  # `merged`: the group had been told a moment before
    "order:complained": ("reason",),
    "order:held": ("reason",),
    "order:resumed": (),
    "order:cancelled": ("reason",),
    "order:returned": ("goods", "reason"),
    "order:escalated": ("rung", "repeat", "whom"),
    "order:reminded": (),  # of what somebody had put off
    "order:rated": ("score",),  # 0 to 100, by the customer
    "order:undone": ("kind",),
}

BY_THE_CLOCK = frozenset({"order:escalated", "order:reminded"})
"""What happens by itself: nobody's deed, so that it stands between nobody and their undo."""


_ASIDE = (
    "owner", "chosen", "begun_at", "heard", "acked", "silent_until", "paused", "snoozed", "urges", "urged_at",
    "revised",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Papers:
    """What a decision causes besides the order and its event.

    `moves` follow from the lines where not given; `passing` means another decision follows at once, so that no
    timer is set.
    """

    notices: Sequence[Notice] = ()
    moves: tuple[StockMove, ...] | None = None
    shipments: tuple[Shipment, ...] = ()
    payments: tuple[Payment, ...] = ()
    passing: bool = False


def record(
    before: Order | None, after: Order, act: Act, kind: str, papers: Papers, /, **said: object
) -> Change:
    """The change from `before` to `after`, told as one event; timers where a step was entered."""
    after = replace(after, revised=_revised(before, after))
    if before is not None:
        after = replace(after, begun_at=begun(before, after, act, kind))
    enters = (before is None or after.entry != before.entry) and not papers.passing
    moves = papers.moves
    if moves is None:
        moves = ledger(before.lines if before else (), after.lines, after.number)
    data: dict[str, Any] = {
        **difference(before, after),
        "moves": [[move.warehouse, move.sku, text(move.on_hand), text(move.reserved)] for move in moves],
        "payments": [text(payment.amount) for payment in papers.payments],
        "told": list(dict.fromkeys(notice.to for notice in papers.notices)),
        **said,
    }
    return Change(
        order=after,
        events=(Event(f"order:{after.number}", kind, act.at, act.by.user_id, act.source, data),),
        notices=tuple(papers.notices),
        timers=timers_of(after, act.company) if enters else (),
        moves=moves,
        shipments=papers.shipments,
        payments=papers.payments,
        deeds=deeds_of(before, after, act, kind, said, [payment.amount for payment in papers.payments]),
        passages=passage_of(before, after, act),
    )


def _revised(before: Order | None, after: Order) -> int:
    """The version this is written as, unless it is only about who is called and in whose hands the order is."""
    if before is not None and replace(after, **{name: getattr(before, name) for name in _ASIDE}) == before:
        return before.revised
    return after.version + 1


def followed(first: Change, second: Change) -> Change:
    """Two decisions about one order at once; the notices and timers of the first have lost their sense."""
    return replace(
        second,
        events=first.events + second.events,
        moves=first.moves + second.moves,
        shipments=first.shipments + second.shipments,
        payments=first.payments + second.payments,
        deeds=(*first.deeds, *(_later(deed, first) for deed in second.deeds)),
        passages=(*first.passages, *(_later(passage, first) for passage in second.passages)),
    )


def last_done(story: Iterable[Event]) -> tuple[Event, ...]:
    """Of an order's events (oldest first) those of the newest message: what an undo takes back."""
    done: list[Event] = []
    for event in story:
        if event.kind not in BY_THE_CLOCK:
            done = [*done, event] if done and done[-1].source == event.source else [event]
    return tuple(done)


def _later(fact: Fact, first: Change) -> Fact:
    return replace(fact, event=fact.event + len(first.events))
