"""The rules that say whose an order is, from `assign` of `workflow.yaml`."""

from collections.abc import Collection, Iterable

from bot.company.models import AssignModel, WorkflowModel
from bot.company.powers import holders
from bot.company.problems import Findings, nearest
from bot.company.tables import Tables
from bot.company.yaml_text import Path, YamlText
from domain.company import FINISHED, Assignment

BY = ("turn", "least")
"""How one of a role is found: in turn by the order's number, or who has the least open work."""


def assignments_of(
    model: WorkflowModel, said: YamlText, tables: Tables, findings: Findings
) -> tuple[Assignment, ...]:
    """The rules in their order; one that means nobody, or an order that there is not, is noted."""
    for place, rule in enumerate(model.assign):
        path: Path = ("assign", place)
        _check_target(rule, path, model, said, tables, findings)
        _check_conditions(rule, path, model, said, tables, findings)
    return tuple(_rule(rule) for rule in model.assign)


def _check_target(
    rule: AssignModel, path: Path, model: WorkflowModel, said: YamlText, tables: Tables, findings: Findings
) -> None:
    staff = tables.catalogue.staff
    if (rule.person is None) == (rule.role is None):
        findings.error(said.file, said.line(*path), "assign_to_whom")
    if rule.by not in BY:
        hint = nearest(rule.by, BY) or ", ".join(BY)
        findings.error(said.file, said.line(*path, "by"), "assign_by_unknown", by=rule.by, nearest=hint)
    if rule.person is not None:
        line, person = said.line(*path, "person"), staff.get(rule.person)
        if person is None:
            findings.error(
                said.file, line, "staff_unknown", user=rule.person, nearest=nearest(rule.person, staff)
            )
        elif not person.active:
            findings.error(said.file, line, "staff_away", user=rule.person)
        else:
            _check_able({*person.roles}, rule, path, model, said, findings)
    elif rule.role is not None and rule.role not in model.roles:
        hint = nearest(rule.role, model.roles) or ", ".join(model.roles)
        findings.error(said.file, said.line(*path, "role"), "role_unknown", role=rule.role, nearest=hint)
    elif rule.role is not None and not any(holders((rule.role,), staff)):
        findings.error(said.file, said.line(*path, "role"), "whom_nobody", role=rule.role)
    elif rule.role is not None:
        _check_able({rule.role}, rule, path, model, said, findings)


def _check_able(
    roles: Collection[str],
    rule: AssignModel,
    path: Path,
    model: WorkflowModel,
    said: YamlText,
    findings: Findings,
) -> None:
    """Whoever is meant must be able to act in the steps named."""
    reviewing = {role for tier in model.tiers for role in tier.roles}
    for place, key in enumerate(rule.when.step):
        step = model.steps.get(key)
        if step is None or not step.roles:
            continue
        able = reviewing if step.kind == "reviewing" else {*step.roles, "manager"}
        if not able & {*roles}:
            findings.error(said.file, said.line(*path, "when", "step", place), "assign_unable", step=key)


def _check_conditions(
    rule: AssignModel, path: Path, model: WorkflowModel, said: YamlText, tables: Tables, findings: Findings
) -> None:
    when, catalogue = rule.when, tables.catalogue

    def known(name: str, values: Iterable[str], there: Collection[str], code: str, fact: str) -> None:
        for place, value in enumerate(values):
            if value not in there:
                hint = nearest(value, [one for one in there if one])
                line = said.line(*path, "when", name, place)
                findings.error(said.file, line, code, **{fact: value}, nearest=hint)

    acting = [key for key, step in model.steps.items() if step.kind not in FINISHED]
    known("step", when.step, acting, "step_unknown", "step")
    types = {one.type for one in catalogue.customers.values()}
    known("customer_type", when.customer_type, types, "assign_nothing", "value")
    regions = {one.region for one in catalogue.customers.values()}
    known("region", when.region, regions, "assign_nothing", "value")
    lines = {one.line for one in catalogue.products.values()}
    known("line", when.line, lines, "assign_nothing", "value")
    known("warehouse", when.warehouse, catalogue.warehouses, "warehouse_unknown", "warehouse")
    if when.above is not None and when.up_to is not None and when.up_to <= when.above:
        findings.error(said.file, said.line(*path, "when", "up_to"), "assign_amounts")


def _rule(rule: AssignModel) -> Assignment:
    when = rule.when
    return Assignment(
        person=rule.person or "",
        role=rule.role or "",
        least=rule.by == "least",
        steps=tuple(when.step),
        customer_types=tuple(when.customer_type),
        regions=tuple(when.region),
        lines=tuple(when.line),
        warehouses=tuple(when.warehouse),
        above=when.above,
        up_to=when.up_to,
    )
