"""The steps of an order's life: do they lead from first to last, and who is told when one takes long."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import pairwise

from bot.company.groups import group_unknown
from bot.company.ladders import ladder_of
from bot.company.models import StepModel, WorkflowModel
from bot.company.problems import Findings, nearest
from bot.company.yaml_text import YamlText
from domain.catalogue import Staff
from domain.company import FINISHED, Rung, Step

MAIN = ("draft", "reviewing", "picking", "shipped", "signed", "done")
"""The kinds an order passes through, in this order; steps of kind `work` may stand between them."""
ASIDE = ("short", "hold", "cancelled")
KINDS = (*MAIN, "work", *ASIDE)
_LAST = (*FINISHED, "hold")


def steps_of(
    model: WorkflowModel,
    said: YamlText,
    groups: Iterable[str],
    staff: Mapping[str, Staff],
    working_day: timedelta,
    findings: Findings,
) -> Mapping[str, Step]:
    """Every step; unknown kinds, groups and next steps, broken chains and ladders are noted."""
    known = list(groups)
    for key, step in model.steps.items():
        _check_step(key, step, model, said, known, findings)
    _check_kinds(model, said, findings)
    _check_chain(model, said, findings)
    ladders = {key: ladder_of(key, model, said, staff, working_day, findings) for key in model.steps}
    return {key: _step(key, step, ladders[key], working_day) for key, step in model.steps.items()}


def _check_step(
    key: str, step: StepModel, model: WorkflowModel, said: YamlText, groups: list[str], findings: Findings
) -> None:
    line = said.line("steps", key)
    if step.kind not in KINDS:
        hint = nearest(step.kind, KINDS) or ", ".join(KINDS)
        findings.error(
            said.file, said.line("steps", key, "kind"), "kind_unknown", kind=step.kind, nearest=hint
        )
    if step.next is not None and step.next not in model.steps:
        hint = nearest(step.next, model.steps) or ", ".join(model.steps)
        findings.error(
            said.file, said.line("steps", key, "next"), "step_unknown", step=step.next, nearest=hint
        )
    if step.next is None and step.kind not in _LAST:
        findings.error(said.file, line, "step_without_next", step=key)
    if step.next is not None and step.kind in _LAST:
        findings.error(said.file, said.line("steps", key, "next"), "step_with_next", step=key)
    if step.group is not None and step.group not in groups:
        group_unknown(said, ("steps", key, "group"), step.group, groups, findings)
    if not step.roles and step.kind not in FINISHED:
        findings.error(said.file, line, "step_without_roles", step=key)


def _check_kinds(model: WorkflowModel, said: YamlText, findings: Findings) -> None:
    first: dict[str, str] = {}
    for key, step in model.steps.items():
        if step.kind in first and step.kind != "work":
            line = said.line("steps", key, "kind")
            findings.error(said.file, line, "kind_twice", kind=step.kind, step=first[step.kind])
        first.setdefault(step.kind, key)
    for kind in (*MAIN, *ASIDE):
        if kind not in first:
            findings.error(said.file, said.line("steps"), "kind_missing", kind=kind)


def _check_chain(model: WorkflowModel, said: YamlText, findings: Findings) -> None:
    """Follow `next` from the draft: every main step must be met once, in the order of kinds."""
    here = next((key for key, step in model.steps.items() if step.kind == "draft"), None)
    met: list[str] = []
    while here is not None and here in model.steps:
        if here in met:
            line = said.line("steps", met[-1], "next")
            findings.error(said.file, line, "steps_circular", step=met[-1], next=here)
            return
        met.append(here)
        here = model.steps[here].next
    for key, step in model.steps.items():
        if met and key not in met and step.kind in (*MAIN, "work"):
            findings.error(said.file, said.line("steps", key), "step_unreachable", step=key)
        back = model.steps.get(step.next or "")
        if step.kind == "short" and back is not None and back.kind in KINDS and back.kind != "picking":
            findings.error(said.file, said.line("steps", key, "next"), "short_next", step=key)
    ranks = [(MAIN.index(model.steps[key].kind), key) for key in met if model.steps[key].kind in MAIN]
    for (earlier, before), (later, key) in pairwise(ranks):
        if later < earlier:
            findings.error(said.file, said.line("steps", key), "step_order", step=key, before=before)


def _step(key: str, step: StepModel, ladder: tuple[Rung, ...], working_day: timedelta) -> Step:
    return Step(
        key=key,
        name=step.name,
        kind=step.kind,
        roles=tuple(dict.fromkeys(step.roles)),
        group=step.group or "",
        limit=step.limit.within(working_day) if step.limit else None,
        next=step.next or "",
        ladder=ladder,
        guide=step.guide or "",
    )
