"""The figures of the order book."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from domain.figures import Backlog, Count, Cycle, Period, Scope, Slice, StepTime, Tally
from storage import backlog_statements
from storage import figures_statements as statements
from storage.prepared import Row
from storage.session import Session
from storage.types import EPOCH


class SqlFigures:
    """`domain.figures.Figures` within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def tallies(self, period: Period, scope: Scope) -> tuple[Tally, Tally]:
        """The figures of the period, and of the one before, in three indexed reads."""
        kind, named = _of(scope)
        values = {
            "start": period.start,
            "end": period.end,
            "before_start": period.before_start,
            "before_end": period.before_end,
            **named,
        }
        taken = await self._session.rows(statements.taken(kind), **values)
        done = await self._session.rows(statements.done(kind), **values)
        passed = await self._session.rows(statements.passed(kind), **values)
        now, before = (
            _tally(*([row for row in rows if row["half"] == half] for rows in (taken, done, passed)))
            for half in (1, 0)
        )
        return now, before

    async def backlog(self, now: datetime, scope: Scope) -> tuple[Backlog, ...]:
        """The open orders by step and owner."""
        kind, named = _of(scope)
        rows = await self._session.rows(backlog_statements.backlog(kind), now=now, **named)
        return tuple(Backlog(**row) for row in rows)

    async def slices(self, period: Period, scope: Scope) -> tuple[Slice, ...]:
        """The orders taken, by quarters of an hour."""
        kind, named = _of(scope)
        rows = await self._session.rows(
            backlog_statements.slices(kind), start=period.start, end=period.end, **named
        )
        quarter = timedelta(seconds=backlog_statements.SLICE)
        return tuple(
            Slice(EPOCH + row["quarter"] * quarter, Count(row["number"], row["money"])) for row in rows
        )


def _of(scope: Scope) -> tuple[str, dict[str, Sequence[str]]]:
    """The kind of scope, and the values that its statements need."""
    if scope.customers:
        return "customers", {"customers": list(scope.customers)}
    if scope.people:
        return "people", {"people": list(scope.people)}
    return "all", {}


def _tally(taken: Iterable[Row], done: Iterable[Row], passed: Iterable[Row]) -> Tally:
    steps = {row["step"]: row for row in taken}
    of: dict[str, list[Row]] = {"deed": [], "checked": [], "cycle": []}
    for row in done:
        of[row["what"]].append(row)
    rated = [row for row in of["deed"] if row["key"] == "rated"]
    checked = of["checked"][0] if of["checked"] else None
    return Tally(
        taken=Count(
            sum(row["number"] for row in steps.values()),
            sum((row["money"] for row in steps.values()), Decimal(0)),
        ),
        steps={step: row["number"] for step, row in steps.items()},
        deeds=_deeds(of["deed"]),
        reasons=_reasons(row for row in of["deed"] if row["reason"]),
        cycle=_cycle(of["cycle"]),
        checked=checked["number"] if checked else 0,
        wrong=checked["other"] if checked else 0,
        scores=sum(row["number"] for row in rated),
        scored=sum(row["other"] for row in rated),
        times=tuple(_time(row) for row in passed),
    )


def _deeds(rows: Iterable[Row]) -> dict[str, Count]:
    found: dict[str, Count] = {}
    for row in rows:
        so_far = found.get(row["key"], Count())
        found[row["key"]] = Count(so_far.number + row["number"], so_far.amount + row["money"])
    return found


def _reasons(rows: Iterable[Row]) -> dict[str, tuple[tuple[str, int], ...]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for row in sorted(rows, key=lambda row: (-row["number"], row["reason"])):
        found.setdefault(row["key"], []).append((row["reason"], row["number"]))
    return {kind: tuple(reasons) for kind, reasons in found.items()}


def _cycle(rows: Sequence[Row]) -> Cycle:
    if not rows:
        return Cycle()
    row = rows[0]
    return Cycle(row["number"], timedelta(seconds=row["other"]), timedelta(seconds=row["third"]))


def _time(row: Row) -> StepTime:
    waited, whole = (timedelta(seconds=row[name]) for name in ("waited", "whole"))
    return StepTime(row["step"], row["owner"], row["number"], waited, whole - waited, row["late"])
