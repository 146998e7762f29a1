"""What the files say becomes the rules the domain works with."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.company.hours import holidays_unknown
from bot.company.load import load_files
from bot.company.powers import may_apply
from bot.company.report import rules_tables
from domain.calendar import END_OF_DAY
from domain.company import Company, Rung, Way
from domain.identity import id_on
from tests.unit.company.conftest import Texts, places, spoiled

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def company(texts: Texts) -> Company:
    return load_files(texts).company


def test_spans_count_working_days_of_this_company(company: Company) -> None:
    steps = company.workflow.steps

    assert steps["reviewing"].limit == timedelta(minutes=30)
    assert steps["picking"].limit == timedelta(hours=4)
    assert steps["short"].limit == timedelta(hours=8, minutes=30)
    assert steps["shipped"].limit == timedelta(hours=17)


def test_a_ladder_is_read_rung_by_rung(company: Company) -> None:
    minutes, hours = (lambda number: timedelta(minutes=number)), (lambda number: timedelta(hours=number))

    assert company.workflow.steps["reviewing"].ladder == (
        Rung(minutes(30), "owner"),
        Rung(hours(1), "supervisor"),
        Rung(hours(4), "manager"),
    )
    assert company.workflow.steps["picking"].ladder == (
        Rung(hours(3), "owner", before=hours(1)),
        Rung(hours(4), "supervisor", every=hours(1), times=2),
        Rung(hours(8), "manager", ack=hours(1)),
    )


def test_a_rung_may_mean_a_role(texts: Texts) -> None:
    company = load_files(spoiled(texts, "workflow.yaml", "tell: owner}", "tell: warehouse}")).company

    assert company.workflow.steps["reviewing"].ladder[0].whom == "warehouse"
    assert "30m 仓库" in rules_tables(company, "zh")


def test_tiers_roles_and_permissions_are_read(company: Company) -> None:
    flow = company.workflow

    assert [(tier.name, tier.up_to, tier.reviewers) for tier in flow.tiers] == [
        ("免审", Decimal(1000), 0),
        ("一人审", Decimal(20000), 1),
        ("两人审", None, 2),
    ]
    assert flow.roles["warehouse"] == "仓库"
    assert flow.permissions["stock.count"] == ("warehouse",)


def test_public_holidays_and_make_up_days_are_known(company: Company) -> None:
    assert not company.calendar.works_on(date(2026, 10, 1))
    assert company.calendar.works_on(date(2026, 2, 28))
    assert company.calendar.works_on(date(2026, 11, 21))
    assert not company.calendar.works_on(date(2026, 11, 22))


def test_a_company_without_public_holidays_works_on_them(texts: Texts) -> None:
    plain = load_files(spoiled(texts, "company.yaml", "public_holidays: yes", "public_holidays: no")).company

    assert plain.calendar.works_on(date(2026, 10, 1))
    assert holidays_unknown(plain, date(2099, 1, 1)) is None


def test_days_of_the_companys_own_win_over_the_holidays(texts: Texts) -> None:
    own = spoiled(texts, "company.yaml", "closed: []", "closed: [2026-11-24]")
    own = spoiled(own, "company.yaml", "open: []", "open: [2026-10-01]")
    calendar = load_files(own).company.calendar

    assert not calendar.works_on(date(2026, 11, 24))
    assert calendar.works_on(date(2026, 10, 1))


def test_a_year_whose_holidays_are_unknown_is_a_warning_a_month_ahead(company: Company) -> None:
    last = company.calendar.known_until
    assert last is not None

    assert holidays_unknown(company, last - timedelta(days=30)) is None
    warning = holidays_unknown(company, last - timedelta(days=29))
    assert warning is not None
    assert warning.warning
    assert str(last.year + 1) in warning.text("zh")


def test_a_shift_may_end_at_midnight(texts: Texts) -> None:
    night = spoiled(texts, "company.yaml", '["08:30-12:00", "13:00-18:00"]', '["00:00-06:00", "22:00-24:00"]')
    company = load_files(night).company

    assert company.calendar.shifts == ((time(0), time(6)), (time(22), END_OF_DAY))
    assert company.workflow.steps["short"].limit == timedelta(hours=8)
    late = datetime(2026, 11, 23, 23, 0, tzinfo=SHANGHAI)
    assert company.calendar.after(late, timedelta(hours=2)) == datetime(2026, 11, 24, 1, 0, tzinfo=SHANGHAI)


def test_groups_take_people_by_department_role_and_name(texts: Texts) -> None:
    named = spoiled(texts, "company.yaml", "departments: [销售]", "departments: [销售]\n    members: [KuBao]")
    groups = load_files(named).company.groups

    assert groups["sales"].members == ("caohui", "fangyu", "kubao")
    assert groups["review"].members == ("zongyi", "caohui")


def test_who_has_left_belongs_to_no_group(texts: Texts) -> None:
    gone = spoiled(texts, "staff.csv", "2004,,是", "2004,,否")
    gone = spoiled(
        gone, "staff.csv", "caigou,蔡勾,蔡哥,采购,purchaser", "caigou,蔡勾,蔡哥,采购,purchaser;warehouse"
    )

    assert load_files(gone).company.groups["warehouse"].members == ("caigou",)


def test_the_address_of_a_robot_names_its_variable_only(texts: Texts) -> None:
    way = (
        "ways: [console, {kind: wecom-robot, webhook_env: ROBOT_SALES}, {kind: wecom-appchat, chat: sales1}]"
    )
    company = load_files(spoiled(texts, "company.yaml", "ways: [console]", way)).company

    assert company.groups["sales"].ways == (
        Way("console"),
        Way("wecom-robot", "env:ROBOT_SALES"),
        Way("wecom-appchat", "sales1"),
    )


def test_a_group_without_people_is_a_warning(texts: Texts) -> None:
    (problem,) = load_files(spoiled(texts, "company.yaml", "roles: [finance]", "roles: []")).problems

    assert (problem.code, problem.warning) == ("group_empty", True)


def test_platform_ids_are_lower_case_and_default_to_the_user(texts: Texts) -> None:
    staff = load_files(spoiled(texts, "staff.csv", "2004,,是,", "2004,,是,KuBao.W")).company.catalogue.staff

    assert staff["kubao"].wecom_id == "kubao.w"
    assert id_on("feishu", staff["kubao"]) == "kubao"


def test_an_id_of_feishu_stays_as_it_was_written(texts: Texts) -> None:
    """It is sent back to Feishu, which nowhere says that capital letters make no difference."""
    rows = texts["staff.csv"].replace("user_id,", "feishu_id,user_id,", 1).splitlines()
    said = "\n".join(
        [rows[0], *(f"{'Ku.Bao' if row.startswith('kubao,') else ''},{row}" for row in rows[1:])]
    )

    staff = load_files({**texts, "staff.csv": said}).company.catalogue.staff

    assert staff["kubao"].feishu_id == "Ku.Bao"
    assert id_on("feishu", staff["fangyu"]) == "fangyu"


def test_prices_by_level_and_customer_reach_the_catalogue(company: Company) -> None:
    known = company.catalogue
    screw = known.products["H001"]

    assert [known.list_price(screw, known.customers[code]) for code in ("K001", "K002", "K003")] == [
        Decimal("25.00"),
        Decimal("25.50"),
        Decimal("26.00"),
    ]


def test_opening_stock_counts_in_the_smallest_unit(texts: Texts) -> None:
    loaded = load_files(texts)

    assert loaded.stock["A1", "H001"] == 120 * 200
    assert loaded.stock["A1", "H003"] == 300


def test_limits_are_the_defaults_where_nothing_is_said(texts: Texts) -> None:
    text = texts["company.yaml"]
    shorter = {**texts, "company.yaml": text[: text.index("limits:")]}

    limits = load_files(shorter).company.limits

    assert (limits.max_quantity, limits.undo_window) == (Decimal(100_000), timedelta(minutes=10))


def test_steps_of_the_companys_own_stand_between_the_known_ones(texts: Texts) -> None:
    own = spoiled(texts, "workflow.yaml", "limit: 4h\n    next: shipped", "limit: 4h\n    next: quality")
    own = spoiled(
        own,
        "workflow.yaml",
        "  short:\n",
        "  quality: {name: 质检, kind: work, roles: [warehouse], group: warehouse, limit: 2h, next: shipped}\n"
        "  short:\n",
    )

    flow = load_files(own).company.workflow

    assert flow.steps["quality"].name == "质检"
    assert flow.steps["picking"].next == "quality"


def test_a_step_may_have_another_name_and_key(texts: Texts) -> None:
    text = texts["workflow.yaml"].replace("next: shipped", "next: gone").replace("  shipped:\n", "  gone:\n")
    flow = load_files({**texts, "workflow.yaml": text}).company.workflow

    assert flow.first("shipped").key == "gone"


def test_mistakes_of_the_workflow_are_told_even_where_company_yaml_cannot_be_read(texts: Texts) -> None:
    spoilt = spoiled(texts, "company.yaml", "name: 示例五金商行 ", "nam: ")
    spoilt = spoiled(spoilt, "workflow.yaml", "group: purchase", "group: nowhere")

    codes = [code for _, _, code in places(load_files(spoilt).problems)]

    assert codes == ["key_missing", "key_unknown", "group_unknown"]


@pytest.mark.parametrize(("user", "may"), [("zongyi", True), ("fangyu", False), ("caohui", False)])
def test_only_those_who_answer_for_the_process_change_the_rules(
    company: Company, user: str, may: bool
) -> None:
    assert may_apply(company.catalogue.staff[user], company.workflow.permissions) is may
    assert may_apply(company.catalogue.staff[user], {}) is may


def test_a_text_as_long_as_a_book_is_refused(texts: Texts) -> None:
    long = spoiled(texts, "company.yaml", "bot: 跟单助手", "bot: " + "跟" * 5_000)

    assert [problem.code for problem in load_files(long).problems] == ["text_too_long"]


def test_who_has_left_changes_no_rules(texts: Texts) -> None:
    boss = load_files(texts).company.catalogue.staff["zongyi"]

    assert not may_apply(replace(boss, active=False), {})


def test_a_day_of_a_limit_is_a_day_of_the_clock(texts: Texts) -> None:
    limits = load_files(
        spoiled(texts, "company.yaml", "duplicate_window: 24h", "duplicate_window: 1d")
    ).company.limits

    assert limits.duplicate_window == timedelta(hours=24)
