"""`gendan init` and `gendan check`: a company to begin with, and what is said about one."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer import Exit

from bot.company.commands import check, init
from bot.company.load import load, load_files
from bot.company.problems import Problem
from bot.company.report import render, span
from bot.company.starter import FolderInUse, write_starter
from bot.company.texts import FILES
from bot.company.webhooks import webhook_warnings
from domain.act import SYSTEM, Act
from domain.assignment import owner_for
from tests.builders import MONDAY, SELLER, reviewing
from tests.unit.company.conftest import Texts, spoiled

DEMO = Path(__file__).parents[3] / "bot" / "demo_company"


def test_the_starter_has_every_file_and_no_mistake(tmp_path: Path) -> None:
    written = write_starter(tmp_path / "new" / "company")

    assert [path.name for path in written] == list(FILES)
    assert load(tmp_path / "new" / "company").problems == ()


def test_whoever_an_order_waits_for_belongs_to_the_group_of_its_step(tmp_path: Path) -> None:
    write_starter(tmp_path)

    for company in (load(DEMO).company, load(tmp_path).company):
        assert company is not None
        sellers = {customer.salesperson for customer in company.catalogue.customers.values()}
        orders = [
            replace(reviewing(number=number, by=SELLER), salesperson=seller, maker=seller)
            for number in range(1, 7)
            for seller in sellers
        ]
        for step in company.workflow.steps.values():
            act = Act(SYSTEM, MONDAY, company, "test")
            owners = {owner_for(step, order, act)[0] for order in orders} - {""}
            assert not owners or owners <= set(company.groups[step.group].members), step.key


def test_the_starters_tables_open_in_excel(tmp_path: Path) -> None:
    write_starter(tmp_path)

    assert (tmp_path / "customers.csv").read_bytes().startswith(b"\xef\xbb\xbfcode")
    assert (tmp_path / "company.yaml").read_bytes().startswith("# 公司".encode())


def test_init_replaces_nothing(tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text("mine")

    with pytest.raises(FolderInUse):
        write_starter(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["staff.csv"]
    assert (tmp_path / "staff.csv").read_text() == "mine"


def test_the_demo_company_has_no_problem() -> None:
    assert load(DEMO).problems == ()


def test_check_shows_the_tiers_and_each_steps_limit_and_ladder(texts: Texts) -> None:
    shown = render(load_files(texts), "zh")

    assert "一人审 │ 20000" in shown
    assert "待审核 reviewing │ 销售主管、经理" in shown
    assert "4h 主管，每 1h 一次共 2 次" in shown
    assert "到时限前 1h 负责人" in shown
    assert "客户账期" in shown
    assert shown.endswith("没有错误，可以 gendan apply\n")


def test_check_shows_when_each_rung_rings_over_a_weekend_and_a_holiday(texts: Texts) -> None:
    shown = render(load_files(texts), "zh", today=date(2026, 9, 28))

    board = [[cell.strip() for cell in line.split("│")] for line in shown.splitlines() if "│" in line]
    reviewing = next(place for place, row in enumerate(board) if row[1:3] == ["待审核", "负责人"])
    # The first Friday is a holiday; the last day before it is Wednesday. Saturday 10-10 is worked.
    assert [row[2:5] for row in board[reviewing : reviewing + 3]] == [
        ["负责人", "10-09 周五 17:30 曹慧", "09-30 周三 17:30 曹慧"],
        ["主管", "10-09 周五 18:00 宗毅", "09-30 周三 18:00 宗毅"],
        ["经理", "10-10 周六 11:30 （都已催过）", "10-08 周四 11:30 （都已催过）"],
    ]


def test_check_tells_every_mistake_and_nothing_else(texts: Texts) -> None:
    spoilt = spoiled(spoiled(texts, "stock.csv", "H002,80", "H002,-1"), "customers.csv", "K003,", "K001,")

    shown = render(load_files(spoilt), "en").splitlines()

    assert [line.partition(": ")[0] for line in shown[:-1]] == ["customers.csv:4", "stock.csv:3"]
    assert shown[-1] == "2 mistakes; the rules have not changed"


def test_a_warning_does_not_hide_the_tables(texts: Texts) -> None:
    shown = render(
        load_files(texts),
        "zh",
        [
            Problem(
                "company.yaml", 0, "holidays_unknown", {"until": "2026-12-31", "year": "2027"}, warning=True
            )
        ],
    )

    assert shown.startswith("company.yaml: （提醒）法定节假日只知道到 2026-12-31")
    assert shown.endswith("没有错误，可以 gendan apply，1 处提醒\n")


def test_a_robot_whose_variable_is_not_set_is_named(texts: Texts) -> None:
    way = "ways: [{kind: wecom-robot, webhook_env: ROBOT_SALES}]"
    company = load_files(spoiled(texts, "company.yaml", "ways: [console]", way)).company

    (warning,) = webhook_warnings(company, {})
    assert (warning.code, warning.facts["variable"]) == ("webhook_unset", "ROBOT_SALES")


@pytest.mark.parametrize(
    ("kind", "webhook", "named"),
    [
        ("wecom-robot", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=made-up-key", ""),
        ("wecom-robot", "made-up-key", ""),
        ("wecom-robot", "http://127.0.0.1:9000/cgi-bin/webhook/send?key=made-up-key", ""),
        ("wecom-robot", "https://oapi.dingtalk.com/robot/send?access_token=made-up-key", "oapi.dingtalk.com"),
        (
            "wecom-robot",
            "https://qyapi.weixin.qq.com.evil.example/?key=made-up-key",
            "qyapi.weixin.qq.com.evil.example",
        ),
        ("dingtalk-robot", "https://oapi.dingtalk.com/robot/send?access_token=made-up-key", ""),
        ("dingtalk-robot", "https://open.feishu.cn/open-apis/bot/v2/hook/made-up-key", "open.feishu.cn"),
        ("feishu-robot", "https://open.larksuite.com/open-apis/bot/v2/hook/made-up-key", ""),
        ("feishu-robot", "https://[made-up-key", "?"),
    ],
)
def test_a_robot_whose_address_leads_elsewhere_is_named_without_its_key(
    texts: Texts, kind: str, webhook: str, named: str
) -> None:
    way = f"ways: [{{kind: {kind}, webhook_env: ROBOT_SALES}}]"
    company = load_files(spoiled(texts, "company.yaml", "ways: [console]", way)).company
    environ = {"ROBOT_SALES": webhook, "GENDAN_WECOM__API_BASE": "http://127.0.0.1:8000"}

    warnings = webhook_warnings(company, environ)

    assert [(one.code, one.facts["host"]) for one in warnings] == (
        [("webhook_elsewhere", named)] if named else []
    )
    assert not any("made-up-key" in one.text(locale) for one in warnings for locale in ("zh", "en"))


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (timedelta(minutes=30), "30m"),
        (timedelta(hours=4), "4h"),
        (timedelta(hours=8, minutes=30), "1d"),
        (timedelta(hours=17), "2d"),
        (timedelta(minutes=90), "90m"),
    ],
)
def test_a_length_of_time_is_said_as_it_is_written(time: timedelta, said: str) -> None:
    assert span(time, timedelta(hours=8, minutes=30)) == said


def test_check_ends_with_one_where_there_is_a_mistake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENDAN_LANG", "zh")
    init(tmp_path)
    check(tmp_path)
    assert "没有错误" in capsys.readouterr().out

    before = (tmp_path / "stock.csv").read_bytes()
    (tmp_path / "stock.csv").write_bytes(before.replace(b"H002,80", b"H002,-1"))
    with pytest.raises(Exit) as end:
        check(tmp_path)

    assert end.value.exit_code == 1
    assert "stock.csv:3: “on_hand”：“-1”不能小于 0" in capsys.readouterr().out


def test_init_into_a_used_folder_ends_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENDAN_LANG", "en")
    init(tmp_path)

    with pytest.raises(Exit) as end:
        init(tmp_path)

    assert end.value.exit_code == 1
    assert "nothing was written" in capsys.readouterr().err


def test_init_into_a_place_that_is_a_file_ends_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(Exit):
        init(tmp_path / "file")

    assert capsys.readouterr().err
