"""What `gendan check` shows: every mistake, and the rules as an operator would draw them on a board."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from io import StringIO

from rich.console import Console
from rich.table import Table

from bot.company.ladders import WHOM
from bot.company.load import Loaded
from bot.company.problems import Problem
from bot.company.samples import moments, sample
from domain.company import Company, ReportTime, Rung, Step, Tier
from domain.escalation import Ring
from handlers.wording.text import WEEKDAYS

_WORDS: Mapping[str, tuple[str, str]] = {
    "good": ("没有错误，可以 gendan apply", "no mistakes; ready for gendan apply"),
    "bad": ("{errors} 处错误，规则没有变", "{errors} mistakes; the rules have not changed"),
    "warned": ("{warnings} 处提醒", "{warnings} warnings"),
    "tiers": ("审批档", "Approval tiers"),
    "steps": ("环节、时限和催办", "Steps, time limits and ladders"),
    "tier": ("档", "tier"),
    "up_to": ("金额（元）到", "up to yuan"),
    "any": ("不限", "any"),
    "reviewers": ("几人审", "reviewers"),
    "who": ("由谁", "by whom"),
    "step": ("环节", "step"),
    "limit": ("时限", "limit"),
    "group": ("通知群", "group told"),
    "ladder": ("催办", "ladder"),
    "credit": ("客户账期", "credit days"),
    "before": ("到时限前 {time}", "{time} before the limit"),
    "repeat": (
        "{when} {whom}，每 {every} 一次共 {times} 次",
        "{when} {whom}, every {every}, {times} times",
    ),
    "once": ("{when} {whom}", "{when} {whom}"),
    "samples": ("催办举例（没有人动的话）", "The ladders by example, where nobody acts"),
    "rung": ("催谁", "tells"),
    "enters": ("{at} 进入", "entered {at}"),
    "owner": ("负责人", "owner"),
    "deputy": ("代理人", "deputy"),
    "supervisor": ("主管", "supervisor"),
    "manager": ("经理", "manager"),
    "whole": ("群", "group"),
    "heard": ("（都已催过）", "(all told already)"),
    "reports": ("主动发的报表（整点之后几分钟发）", "Told unasked (some minutes after the time)"),
    "kind": ("报表", "report"),
    "when": ("什么时候", "when"),
    "to": ("发到", "to"),
    "daily": ("日报", "the day"),
    "weekly": ("周报", "the week"),
    "monthly": ("月报", "the month"),
    "reconcile": ("对账", "reconciliation"),
    "on_daily": ("每个工作日", "working days"),
    "on_reconcile": ("每个工作日", "working days"),
    "on_weekly": ("每周{weekday}", "weekday {n} of each week"),
    "on_monthly": ("每月第一个工作日", "first working day of the month"),
}


def render(loaded: Loaded, locale: str, extra: Iterable[Problem] = (), today: date | None = None) -> str:
    """Everything found, then, where the rules are good, the tiers, steps and ladders as tables.

    The ladders are shown on days that come after `today`.
    """
    problems = (*loaded.problems, *extra)
    lines = [problem.text(locale) for problem in problems]
    errors = sum(1 for problem in problems if not problem.warning)
    verdict = _word("bad" if errors else "good", locale).format(errors=errors)
    if warnings := len(problems) - errors:
        verdict += {"zh": "，", "en": "; "}[locale] + _word("warned", locale).format(warnings=warnings)
    tables = rules_tables(loaded.rules, locale, today) if loaded.rules and not errors else ""
    return "\n".join([*lines, tables + verdict]) + "\n"


def rules_tables(company: Company, locale: str, today: date | None = None) -> str:
    """The approval tiers, each step's limit and ladder, what is told unasked, and when ladders ring after `today`."""
    board = StringIO()
    out = Console(file=board, width=110, color_system=None)
    tiers = _table(("tier", "up_to", "reviewers", "who"), "tiers", locale)
    for tier in company.workflow.tiers:
        tiers.add_row(*_tier(tier, company, locale))
    steps = _table(("step", "who", "limit", "group", "ladder"), "steps", locale)
    for step in company.workflow.steps.values():
        steps.add_row(*_step(step, company, locale))
    reports = _table(("kind", "when", "to"), "reports", locale)
    for report in company.reports:
        reports.add_row(*_report(report, company, locale))
    out.print(tiers, steps, reports)
    if today is not None and company.catalogue.customers:
        out.print(_samples(company, today, locale))
    return "".join(f"{line.rstrip()}\n" for line in board.getvalue().splitlines())


def _samples(company: Company, today: date, locale: str) -> Table:
    """When each rung of each ladder rings for an order that enters the step at these moments, and for whom."""
    entries = moments(company.calendar, today)
    table = Table(title=_word("samples", locale), title_justify="left", title_style="")
    for column in (
        _word("step", locale),
        _word("rung", locale),
        *(_word("enters", locale).format(at=_at(at, locale)) for at in entries),
    ):
        table.add_column(column)
    for step in company.workflow.steps.values():
        shown = [sample(step, company, at) for at in entries]
        for place, rings in enumerate(zip(*shown, strict=True)):
            first = step.name if place == 0 else ""
            whom = _whom(rings[0].rung, company, locale)
            table.add_row(first, whom, *(_ring(ring, company, locale) for ring in rings))
    return table


def _ring(ring: Ring, company: Company, locale: str) -> str:
    # Whoever a rung means may have heard it all by earlier rungs; the group needs no name.
    nobody = "" if ring.rung.whom == "group" else _word("heard", locale)
    name = ring.person.name if ring.person is not None else nobody
    return f"{_at(ring.due.astimezone(company.calendar.zone), locale)} {name}".rstrip()


def _at(at: datetime, locale: str) -> str:
    weekday = (
        "一二三四五六日"[at.weekday()]
        if locale == "zh"
        else "Mon Tue Wed Thu Fri Sat Sun".split()[at.weekday()]
    )
    return f"{at:%m-%d} {'周' if locale == 'zh' else ''}{weekday} {at:%H:%M}"


def span(time: timedelta, day: timedelta) -> str:
    """A length of working time as it is written in `workflow.yaml`."""
    for unit, one in (("d", day), ("h", timedelta(hours=1))):
        if time >= one and not time % one:
            return f"{time // one}{unit}"
    return f"{time // timedelta(minutes=1)}m"


def _table(columns: Iterable[str], title: str, locale: str) -> Table:
    table = Table(title=_word(title, locale), title_justify="left", title_style="")
    for column in columns:
        table.add_column(_word(column, locale))
    return table


def _tier(tier: Tier, company: Company, locale: str) -> tuple[str, ...]:
    amount = _word("any", locale) if tier.up_to is None else f"{tier.up_to.normalize():f}"
    return (tier.name, amount, str(tier.reviewers), _roles(tier.roles, company))


def _step(step: Step, company: Company, locale: str) -> tuple[str, ...]:
    day = company.calendar.working_day
    limit = span(step.limit, day) if step.limit else _word("credit", locale) if step.kind == "signed" else ""
    group = company.groups[step.group].name if step.group in company.groups else ""
    ladder = "\n".join(_rung(rung, company, locale) for rung in step.ladder)
    return (f"{step.name} {step.key}", _roles(step.roles, company), limit, group, ladder)


def _report(report: ReportTime, company: Company, locale: str) -> tuple[str, ...]:
    day = _word(f"on_{report.kind}", locale).format(weekday=WEEKDAYS[report.weekday - 1], n=report.weekday)
    return (_word(report.kind, locale), f"{day} {report.at:%H:%M}", company.groups[report.group].name)


def _rung(rung: Rung, company: Company, locale: str) -> str:
    day = company.calendar.working_day
    when = (
        _word("before", locale).format(time=span(rung.before, day)) if rung.before else span(rung.after, day)
    )
    sentence = _word("repeat" if rung.every else "once", locale)
    every = span(rung.every, day) if rung.every else ""
    return sentence.format(when=when, whom=_whom(rung, company, locale), every=every, times=rung.times)


def _whom(rung: Rung, company: Company, locale: str) -> str:
    if rung.whom not in WHOM:
        return _roles((rung.whom,), company)
    return _word("whole" if rung.whom == "group" else rung.whom, locale)


def _roles(roles: Iterable[str], company: Company) -> str:
    return "、".join(company.workflow.roles.get(role, role) for role in roles)


def _word(key: str, locale: str) -> str:
    chinese, english = _WORDS[key]
    return chinese if locale == "zh" else english
