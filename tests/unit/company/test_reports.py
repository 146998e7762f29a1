"""What is told unasked: as the company says, and filled in where it does not."""

from datetime import time

import pytest

from bot.company.load import load_files
from bot.company.report import rules_tables
from domain.company import ReportTime
from tests.unit.company.conftest import Texts, found, places, spoiled

USUAL = (
    ReportTime("daily", time(18), "managers"),
    ReportTime("weekly", time(9), "managers", 1),
    ReportTime("monthly", time(9), "managers"),
    ReportTime("reconcile", time(17, 30), "finance"),
)


def saying(texts: Texts, reports: str) -> Texts:
    """The company with this in the place of its reports."""
    text = texts["company.yaml"]
    return {
        **texts,
        "company.yaml": f"{text[: text.index('reports:')]}{reports}\n{text[text.index('limits:') :]}",
    }


@pytest.mark.parametrize(
    ("said", "reports"),
    [
        ("", USUAL),
        ("reports:", USUAL),
        ("reports: no", ()),
        ("reports: {daily: no, weekly: no, reconcile: false}", USUAL[2:3]),
        (
            "reports: {monthly: no, weekly: {weekday: 5}, reconcile: no}",
            (USUAL[0], ReportTime("weekly", time(9), "managers", 5)),
        ),
        (
            'reports: {daily: {at: "20:15", to: sales}, weekly: no, monthly: no, reconcile: {at: "17:00"}}',
            (ReportTime("daily", time(20, 15), "sales"), ReportTime("reconcile", time(17), "finance")),
        ),
    ],
)
def test_what_is_not_said_is_as_usual(texts: Texts, said: str, reports: tuple[ReportTime, ...]):
    assert load_files(saying(texts, said)).company.reports == reports


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("reports: maybe", "want_mapping"),
        ("reports: {daily: later}", "want_mapping"),
        ('reports: {daily: {at: "25:00"}}', "want_time"),
        ("reports: {daily: {to: nobody}}", "group_unknown"),
        ("reports: {yearly: no}", "key_unknown"),
    ],
)
def test_a_mistake_in_the_reports_is_told_with_its_line(texts: Texts, said: str, code: str):
    spoilt = saying(texts, said)
    line = spoilt["company.yaml"][: spoilt["company.yaml"].index("reports:")].count("\n") + 1

    assert places(found(spoilt)) == [("company.yaml", line, code)]


def test_without_a_group_of_that_name_the_managers_are_told_where_they_are_among_themselves(texts: Texts):
    renamed = spoiled(texts, "company.yaml", "  managers:\n", "  bosses:\n")

    assert [report.group for report in load_files(saying(renamed, "")).company.reports] == [
        "bosses",
        "bosses",
        "bosses",
        "finance",
    ]


def test_who_has_no_group_for_it_is_warned(texts: Texts):
    alone = saying(texts, "reports: {reconcile: no}")
    text = alone["company.yaml"].replace("  managers:\n", "  others:\n").replace("manager", "sales")

    assert ("company.yaml", "report_nowhere") in {
        (problem.file, problem.code) for problem in found({**alone, "company.yaml": text})
    }


def test_the_operator_sees_when_what_is_told_whom(texts: Texts):
    table = rules_tables(load_files(texts).company, "zh")

    for words in (
        "日报",
        "每个工作日 18:00",
        "每周一 09:00",
        "每月第一个工作日 09:00",
        "每个工作日 17:30",
        "财务群",
    ):
        assert words in table
