"""Mistakes are told all at once, in the operator's language, and harmlessly."""

import pytest

from bot.company.load import BrokenRules, load_files
from bot.company.problems import Problem, locale_of, nearest
from bot.company.sentences import SENTENCES
from tests.unit.company.conftest import Texts, line_of, places, spoiled


def test_every_mistake_in_every_file_is_told_at_once(texts: Texts) -> None:
    spoilt = spoiled(texts, "company.yaml", "zone: Asia/Shanghai", "zone: Mars")
    spoilt = spoiled(spoilt, "company.yaml", 'at: "18:00"', 'at: "6pm"')
    spoilt = spoiled(spoilt, "workflow.yaml", "kind: picking", "kind: pick")
    spoilt = spoiled(spoilt, "customers.csv", "8000,15", "-1,15")
    spoilt = spoiled(spoilt, "customers.csv", "0,0,B,fangyu", "0,0,B,nobody")
    spoilt = spoiled(spoilt, "stock.csv", "H002,80", "H002,-1")

    errors = load_files(spoilt).errors

    assert places(errors) == [
        ("company.yaml", 6, "want_zone"),
        ("company.yaml", line_of(spoilt["company.yaml"], 'at: "6pm"'), "want_time"),
        ("customers.csv", 3, "number_below"),
        ("customers.csv", 4, "staff_unknown"),
        ("stock.csv", 3, "number_below"),
        ("workflow.yaml", 27, "kind_missing"),
        ("workflow.yaml", 49, "kind_unknown"),
    ]


def test_rules_with_a_mistake_cannot_be_used(texts: Texts) -> None:
    loaded = load_files(spoiled(texts, "stock.csv", "H002,80", "H002,-1"))

    with pytest.raises(BrokenRules, match=r"stock\.csv:3: “on_hand”: “-1” must not be below 0"):
        _ = loaded.company


def test_a_mistake_is_told_in_both_languages(texts: Texts) -> None:
    (problem,) = load_files(spoiled(texts, "company.yaml", "weekdays:", "weekday:")).problems

    assert problem.text("zh") == "company.yaml:10: 没有“hours.weekday”这一项，是不是：weekdays"
    assert problem.text("en") == "company.yaml:10: there is no “hours.weekday”; did you mean: weekdays"


def test_a_warning_says_that_it_is_one() -> None:
    problem = Problem("customers.csv", 3, "region_unserved", {"region": "城北"}, warning=True)

    assert problem.text("zh").startswith("customers.csv:3: （提醒）")
    assert problem.text("en").startswith("customers.csv:3: (warning) ")


def test_a_problem_of_a_whole_file_names_no_line() -> None:
    assert Problem("staff.csv", 0, "file_missing").text("zh") == "staff.csv: 缺少这个文件"


def test_nothing_of_a_file_reaches_the_terminal_as_a_command() -> None:
    problem = Problem("a.csv", 2, "sku_unknown", {"sku": "\x1b[2J\n" + "x" * 900, "nearest": "\x1b]0;x"})

    told = problem.text("en")

    assert told.isprintable()
    assert len(told) < 200


def test_a_secret_in_the_wrong_place_is_not_repeated(texts: Texts) -> None:
    way = "ways: [{kind: wecom-robot, webhook_env: 'https://qyapi.example/send?key=s3cret'}]"
    problems = load_files(spoiled(texts, "company.yaml", "ways: [console]", way)).problems

    assert [problem.code for problem in problems] == ["want_variable"]
    assert "s3cret" not in problems[0].text("zh") + problems[0].text("en")


def test_a_word_is_not_guessed_among_very_many() -> None:
    assert nearest("H0O1", ["H001", "X"]) == "H001"
    assert nearest("H0O1", [f"H{number:03}" for number in range(999)]) == ""


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_both_languages_say_the_same_facts(code: str) -> None:
    chinese, english = SENTENCES[code]
    facts = {part.partition("}")[0] for part in chinese.split("{")[1:]}

    assert facts == {part.partition("}")[0] for part in english.split("{")[1:]}


@pytest.mark.parametrize(
    ("environ", "locale"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LC_ALL": "en_US.UTF-8", "GENDAN_LANG": "zh"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "GENDAN_LANG": "en"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_TW"}, "zh"),
    ],
)
def test_the_language_follows_the_environment(environ: dict[str, str], locale: str) -> None:
    assert locale_of(environ) == locale
