"""From a company folder, or the same files kept as text in the database, to the rules in force."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from bot.company.assigning import assignments_of
from bot.company.flow import steps_of
from bot.company.groups import groups_of, people_ways_of
from bot.company.hours import calendar_of
from bot.company.models import CompanyModel, LimitsModel, TargetsModel, WorkflowModel
from bot.company.powers import check_roles, tiers_of
from bot.company.problems import Findings, Problem
from bot.company.references import check_references, opening_stock
from bot.company.reports import reports_of
from bot.company.scalars import Span
from bot.company.shape import keys_of, read_model
from bot.company.tables import Tables, read_tables
from bot.company.texts import FILES, read_folder
from bot.company.yaml_text import YamlText, read_yaml
from domain.calendar import WorkCalendar
from domain.company import Company, Limits, Targets, Workflow

OPTIONAL = ("stock.csv", "prices.csv", "suppliers.csv")


class BrokenRules(Exception):
    """The files have mistakes; nothing was made of them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(problem.text("en") for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Loaded:
    """What a folder says. `stock` is the opening stock by (warehouse, sku), in the smallest unit.

    `texts` are the files it was read from, to be kept with the rules: a folder may change while it is read.
    """

    rules: Company | None
    stock: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    tables: Tables | None = field(default=None, compare=False, repr=False)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The mistakes that keep the rules from use."""
        return tuple(problem for problem in self.problems if not problem.warning)

    @property
    def company(self) -> Company:
        """The rules, or raise `BrokenRules` with every mistake."""
        if self.rules is None:
            raise BrokenRules(self.errors)
        return self.rules


_DAY = timedelta(days=1)
_ANY_DAY = timedelta(hours=8)


def load(folder: Path, version: int = 0) -> Loaded:
    """The rules in `folder`, with every mistake in every file."""
    findings = Findings()
    if not os.access(folder / ".", os.R_OK | os.X_OK):
        findings.error(str(folder), 0, "folder_missing")
        return Loaded(None, problems=findings.all())
    return _load(read_folder(folder, findings), version, findings)


def load_files(texts: Mapping[str, str], version: int = 0, before: Loaded | None = None) -> Loaded:
    """The rules in files that were kept as text (file name -> content); tables as `before` are not read again."""
    return _load(texts, version, Findings(), before.tables if before else None)


def company_of(texts: Mapping[str, str], version: int) -> Company:
    """The company that a version of the rules makes, or raise `BrokenRules`."""
    return load_files(texts, version).company


class Reader:
    """Makes companies of one version after the other; what a change left alone is read only once."""

    def __init__(self) -> None:
        self._last: Loaded | None = None

    def company_of(self, texts: Mapping[str, str], version: int) -> Company:
        """The company that a version of the rules makes, or raise `BrokenRules`."""
        self._last = load_files(texts, version, self._last)
        return self._last.company


def name_in(texts: Mapping[str, str]) -> str:
    """What the company calls itself, also where its files have mistakes; empty where it does not say."""
    said = read_yaml("company.yaml", texts.get("company.yaml", ""), Findings())
    return str(said.data.get("name") or "") if said else ""


def _load(texts: Mapping[str, str], version: int, findings: Findings, before: Tables | None = None) -> Loaded:
    for name in FILES:
        if name not in texts and name not in OPTIONAL:
            findings.error(name, 0, "file_missing")
    tables = read_tables(texts, findings, before)
    check_references(tables, findings)
    rules = _company(texts, tables, version, findings)
    problems = findings.all()
    if rules is None or any(not problem.warning for problem in problems):
        return Loaded(None, problems=problems, texts=texts)
    return Loaded(rules, opening_stock(tables), problems, texts, tables)


def _company(texts: Mapping[str, str], tables: Tables, version: int, findings: Findings) -> Company | None:
    """Both YAML files are read to their end before anything is given up: every mistake counts."""
    staff = tables.catalogue.staff
    model, said = read_model("company.yaml", texts.get("company.yaml"), CompanyModel, findings)
    calendar = calendar_of(model, said, findings) if model else None
    groups = groups_of(model, said, staff, findings) if model else {}
    flow = _workflow(texts, tables, groups if model else keys_of(said, "groups"), calendar, findings)
    if model is None or calendar is None or flow is None:
        return None
    return Company(
        version=version,
        name=model.name,
        bot_name=model.bot,
        calendar=calendar,
        catalogue=tables.catalogue,
        workflow=flow,
        groups=groups,
        limits=_limits(model.limits, said, findings),
        people_ways=people_ways_of(model, said, findings),
        reports=reports_of(model, said, groups, flow.steps.values(), findings),
        targets=_targets(model.targets, said, findings),
        quiet_hours=model.quiet_hours,
    )


def _workflow(
    texts: Mapping[str, str],
    tables: Tables,
    groups: Iterable[str],
    calendar: WorkCalendar | None,
    findings: Findings,
) -> Workflow | None:
    model, said = read_model("workflow.yaml", texts.get("workflow.yaml"), WorkflowModel, findings)
    if model is None:
        return None
    check_roles(model, said, tables, findings)
    day = calendar.working_day if calendar else _ANY_DAY
    return Workflow(
        steps=steps_of(model, said, groups, tables.catalogue.staff, day, findings),
        tiers=tiers_of(model, said, tables.catalogue.staff, findings),
        assign=assignments_of(model, said, tables, findings),
        permissions={action: tuple(dict.fromkeys(roles)) for action, roles in model.permissions.items()},
        roles=model.roles,
    )


def _limits(model: LimitsModel, said: YamlText, findings: Findings) -> Limits:
    given = {name: value for name, value in model if value is not None}
    for name, value in given.items():
        if not value:
            findings.error(said.file, said.line("limits", name), "limit_zero", key=name)
    spans = {name: value.within(_DAY) for name, value in given.items() if isinstance(value, Span)}
    return replace(Limits(), **{**given, **spans})


def _targets(model: TargetsModel, said: YamlText, findings: Findings) -> Targets:
    most = {"accuracy": Decimal(1), "satisfaction": Decimal(100)}
    given = {name: value for name, value in model if value is not None}
    for name, value in given.items():
        if name in most and not 0 < value <= most[name]:
            findings.error(said.file, said.line("targets", name), "target_range", key=name, most=most[name])
    spans = {name: value.within(_DAY) for name, value in given.items() if isinstance(value, Span)}
    return replace(Targets(), **{**given, **spans})
