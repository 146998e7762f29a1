"""Notices as rows of the outbox, and back."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from domain.facts import Notice
from domain.queues import Delivery
from storage.prepared import Row

Routes = Callable[[str], Sequence[tuple[str, str]]]
"""The ways (`wecom-robot`, …) and addresses that reach `group:warehouse` or `user:lina` now; none: unreachable."""

LANES = ("urgent", "normal", "digest")
RUNG = "timer:"
"""Begins the source of what a ladder's rung tells; the rest names order, step entry, rung and repeat."""
UNREACHABLE = "no way leads there"


def notice_rows(
    notice: Notice, ways: Sequence[tuple[str, str]], at: datetime, source: str
) -> Iterator[dict[str, Any]]:
    """One row for each way; where none leads to the destination, a dead one that people see."""
    for way, address in ways or [("", "")]:
        yield {
            "id": _id(notice, way, address, source),
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
            "due_at": at,
            "attempts": 0,
            "lease_until": None,
            "claimed_by": "",
            "sent_at": None,
            "dead_at": None if ways else at,
            "error": "" if ways else UNREACHABLE,
        }


def _id(notice: Notice, way: str, address: str, source: str) -> str:
    """Its own; a rung's follows from what it is, so that not even a mistake of ours writes it twice."""
    if not source.startswith(RUNG):
        return uuid.uuid4().hex
    return uuid.uuid5(uuid.NAMESPACE_OID, "\n".join((source, notice.kind, notice.to, way, address))).hex


def delivery_of(row: Row) -> Delivery:
    """The notice owed of a row."""
    notice = Notice(
        row["kind"],
        row["destination"],
        row["order_number"],
        tuple(row["mentions"]),
        LANES[row["lane"]],
        row["facts"],
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
    )
