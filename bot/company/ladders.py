"""The ladder of a step: when it rings, and for whom."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.company.models import RungModel, WorkflowModel
from bot.company.powers import holders
from bot.company.problems import Findings, nearest
from bot.company.scalars import Span
from bot.company.yaml_text import Path, YamlText
from domain.catalogue import Staff
from domain.company import FINISHED, Rung

WHOM = ("owner", "deputy", "supervisor", "manager", "group")
"""Whom a rung may mean, beside every role of the company."""
_MOST_TIMES = 20
_MOST_DAYS = 250
"""A year of work: what takes longer is a slip, and no calendar reaches that far."""


def ladder_of(
    key: str,
    model: WorkflowModel,
    said: YamlText,
    staff: Mapping[str, Staff],
    day: timedelta,
    findings: Findings,
) -> tuple[Rung, ...]:
    """The rungs of a step in the order they ring; what can never ring, or for nobody, is noted."""
    step = model.steps[key]
    if step.ladder and step.kind in FINISHED:
        findings.error(said.file, said.line("steps", key, "ladder"), "ladder_finished", step=key)
    if step.limit and step.limit.within(day) > _MOST_DAYS * day:
        findings.error(said.file, said.line("steps", key, "limit"), "span_too_long", most=_MOST_DAYS)
    ladder: list[Rung] = []
    for place, rung in enumerate(step.ladder):
        path = ("steps", key, "ladder", place)
        _check_whom(rung, path, model, said, staff, findings)
        if not 1 <= rung.times <= _MOST_TIMES or (rung.times > 1) != (rung.every is not None):
            findings.error(said.file, said.line(*path), "rung_repeat", most=_MOST_TIMES)
        after = _after(rung, path, step.limit, said, day, findings)
        if after is not None and _whole(rung, after, day) > _MOST_DAYS * day:
            findings.error(said.file, said.line(*path), "span_too_long", most=_MOST_DAYS)
        if ladder and after is not None and after < ladder[-1].after:
            when = "after" if rung.before is None else "before"
            findings.error(said.file, said.line(*path, when), "ladder_falls", step=key)
        ladder.append(_rung(rung, after or timedelta(0), day))
    return tuple(ladder)


def _check_whom(
    rung: RungModel,
    path: Path,
    model: WorkflowModel,
    said: YamlText,
    staff: Mapping[str, Staff],
    findings: Findings,
) -> None:
    if rung.tell in WHOM:
        return
    line = said.line(*path, "tell")
    if rung.tell not in model.roles:
        known = (*WHOM, *model.roles)
        hint = nearest(rung.tell, known) or ", ".join(dict.fromkeys(known))
        findings.error(said.file, line, "whom_unknown", whom=rung.tell, nearest=hint)
    elif not any(holders((rung.tell,), staff)):
        findings.error(said.file, line, "whom_nobody", role=rung.tell)


def _after(
    rung: RungModel, path: Path, limit: Span | None, said: YamlText, day: timedelta, findings: Findings
) -> timedelta | None:
    """How much of the step's time has passed when it rings; None (noted) where that cannot be said."""
    if rung.after is not None and rung.before is None:
        return rung.after.within(day)
    line = said.line(*path, "before")
    if rung.before is None or rung.after is not None:
        findings.error(said.file, line, "rung_when")
    elif limit is None:
        findings.error(said.file, line, "rung_without_limit")
    elif limit.within(day) <= rung.before.within(day):
        findings.error(said.file, line, "rung_too_early")
    else:
        return limit.within(day) - rung.before.within(day)
    return None


def _whole(rung: RungModel, after: timedelta, day: timedelta) -> timedelta:
    """From entering the step until the end of the silence after the last repeat."""
    every, ack = (span.within(day) if span else timedelta(0) for span in (rung.every, rung.ack))
    return after + rung.times * every + ack


def _rung(rung: RungModel, after: timedelta, day: timedelta) -> Rung:
    plain = Rung(
        after,
        rung.tell,
        every=rung.every.within(day) if rung.every else None,
        times=rung.times,
        before=rung.before.within(day) if rung.before else None,
    )
    return replace(plain, ack=rung.ack.within(day)) if rung.ack else plain
