"""Notices as rows of the outbox, and back."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from domain.facts import Notice
from domain.outbox import Delivery
from storage.prepared import Row

Routes = Callable[[str], Sequence[tuple[str, str]]]
"""The ways (`wecom-robot`, …) and addresses that reach `group:warehouse` or `user:lina` now; none: unreachable."""

LANES = ("urgent", "normal", "digest")
RUNG = "timer:"
"""Begins the source of what a ladder's rung tells; the rest names order, step entry, rung and repeat."""
UNREACHABLE = "no way leads there"
MOST_WAYS = 10
NOT_HELD = timedelta()
GATHERING = timedelta(seconds=30)
"""So long a notice of the digest waits for others to the same destination."""


def notice_rows(
    notice: Notice, ways: Sequence[tuple[str, str]], at: datetime, source: str, held: timedelta = NOT_HELD
) -> Iterator[dict[str, Any]]:
    """One row for each way, due when `held` is over; where none leads to the destination, a dead one that people see."""
    name = _name(notice, source)
    gathers = GATHERING if notice.lane == "digest" else NOT_HELD
    for place, (way, address) in enumerate(ways or [("", "")]):
        yield {
            "id": copy_of(name, place),
            "way": way,
            "address": address,
            "destination": notice.to,
            "lane": LANES.index(notice.lane),
            "kind": notice.kind,
            "order_number": notice.order,
            "mentions": notice.mentions,
            "facts": notice.facts,
            "source": source,
            "created_at": at,
            "due_at": at + gathers + held,
            "attempts": 0,
            "lease_until": None,
            "claimed_by": "",
            "sent_at": None,
            "dead_at": None if ways else at,
            "error": "" if ways else UNREACHABLE,
            "parcel": None,
        }


def _name(notice: Notice, source: str) -> str:
    """Its own; a rung's follows from what it is, so that not even a mistake of ours writes it twice."""
    if not source.startswith(RUNG):
        return uuid.uuid4().hex
    return uuid.uuid5(uuid.NAMESPACE_OID, "\n".join((source, notice.kind, notice.to))).hex


def copies_of(name: str) -> Iterator[str]:
    """The ids of the same notice on the other ways of its group, if it has so many."""
    return (copy for copy in (copy_of(name, place) for place in range(MOST_WAYS)) if copy != name)


def copy_of(name: str, place: int) -> str:
    """The id of the same notice on the group's next way; what a platform takes as a key, dash and all."""
    return f"{name.partition('-')[0]}-{place}" if place else name.partition("-")[0]


def delivery_of(row: Row) -> Delivery:
    """The notice owed of a row."""
    notice = Notice(
        row["kind"],
        row["destination"],
        row["order_number"],
        tuple(row["mentions"]),
        LANES[row["lane"]],
        row["facts"],
        row["created_at"],
    )
    return Delivery(
        id=row["id"],
        way=row["way"],
        address=row["address"],
        notice=notice,
        created_at=row["created_at"],
        due_at=row["due_at"],
        attempts=row["attempts"],
        source=row["source"],
        sent_at=row["sent_at"],
        dead_at=row["dead_at"],
        error=row["error"],
        seq=row["seq"],
        parcel=row["parcel"] or "",
    )
