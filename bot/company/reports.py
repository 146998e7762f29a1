"""The summaries told unasked: what a company does not say about them is filled in."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import time

from bot.company.groups import group_unknown
from bot.company.models import CompanyModel
from bot.company.problems import Findings
from bot.company.yaml_text import YamlText
from domain.company import Group, ReportTime, Step
from domain.people import MANAGER

TIMES: Mapping[str, time] = {
    "daily": time(18),
    "weekly": time(9),
    "monthly": time(9),
    "reconcile": time(17, 30),
}
MANAGERS = "managers"


def reports_of(
    model: CompanyModel,
    said: YamlText,
    groups: Mapping[str, Group],
    steps: Iterable[Step],
    findings: Findings,
) -> tuple[ReportTime, ...]:
    """Every summary with its time and its group: the managers', or for money the group where it is taken in."""
    steps = tuple(steps)
    usual = {kind: _managers(model, steps) for kind in TIMES} | {"reconcile": _cashiers(groups, steps)}
    reports: list[ReportTime] = []
    for kind, at in TIMES.items():
        wish = getattr(model.reports, kind)
        if wish is None:
            continue
        if wish.to is not None and wish.to not in groups:
            group_unknown(said, ("reports", kind, "to"), wish.to, groups, findings)
        group = wish.to or usual[kind]
        if group:
            reports.append(ReportTime(kind, wish.at or at, group, getattr(wish, "weekday", 1)))
        else:
            findings.warn(said.file, said.line("reports", kind), "report_nowhere", kind=kind)
    return tuple(reports)


def _managers(model: CompanyModel, steps: Sequence[Step]) -> str:
    """The group called so, else one with the managers in it: rather not a step's own, and with few others."""
    if MANAGERS in model.groups:
        return MANAGERS
    theirs = [key for key, group in model.groups.items() if MANAGER in group.roles]
    working = {step.group for step in steps}
    return min(theirs, key=lambda key: (key in working, len(model.groups[key].roles)), default="")


def _cashiers(groups: Mapping[str, Group], steps: Sequence[Step]) -> str:
    return next((step.group for step in steps if step.kind == "signed" and step.group in groups), "")
