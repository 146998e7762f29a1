"""What is said of files: every reason has words, rows are named, and a long answer fits the platform in parts."""

import pytest

from bot.platforms.splitting import size, split
from bot.platforms.wecom import dialect
from domain.destinations import DESTINATIONS
from domain.pages import UNREADABLE, Page, Unreadable
from handlers.fates import RULES, Fates, Refused
from handlers.files.taking import named
from handlers.understanding.reading import SaidLine, Spot
from handlers.understanding.readings.sheets.result import SheetPage
from handlers.understanding.readings.sheets.wishes import LEFT
from handlers.wording import files
from handlers.wording.file_reasons import reason, unread
from handlers.wording.rows import rows_text, spot_text, totals_text


@pytest.mark.parametrize("code", UNREADABLE)
def test_every_reason_not_to_read_a_file_says_what_to_do(code: str):
    said = unread(Unreadable(code, **dict.fromkeys(UNREADABLE[code], 7)))

    assert said.endswith("。")
    assert any(word in said for word in ("请", "只认"))


@pytest.mark.parametrize("why", [*LEFT, RULES])
def test_every_reason_not_to_take_a_row_has_words(why: str):
    assert reason(Refused(("", 7), why, "榴莲汁", "XL", sentence="价格不对。"))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("", 3), ("", 4), ("", 5), ("", 8)], "第3–5、8行"),
        ([("二店", 3), ("三店", 2), ("三店", 3)], "「二店」第3行、「三店」第2–3行"),
        ([("@all", 1)], "「＠all」第1行"),
    ],
)
def test_rows_are_named_by_their_numbers(rows: list[tuple[str, int]], said: str):
    assert rows_text(rows) == said


def test_many_ranges_are_cut_and_counted():
    said = rows_text([("", number) for number in range(1, 2001, 2)])

    assert said.startswith("第1、3、5、")
    assert said.endswith("…（共1000行）")


def test_a_line_of_a_file_is_named_by_its_row_and_words():
    assert spot_text(Spot("", 7, "可乐")) == "第7行“可乐”"
    assert spot_text(Spot("二店", 7, "8801 黑", "xl")) == "「二店」第7行“8801 黑 xl”"


def test_what_is_ordered_is_summed_up_by_unit():
    lines = [SaidLine(qty=qty, unit=unit) for qty, unit in ((20, "箱"), (5, "箱"), (3, "瓶"), (2, None))]  # type: ignore[arg-type]

    assert totals_text(lines) == "25箱、3瓶、2（单位要问）"


def test_a_long_answer_names_every_row_and_fits_the_platform_in_parts():
    refused = tuple(Refused(("", row), LEFT[6], f"没有的商品{row}" * 5) for row in range(2, 402))
    fates = Fates(tuple(("", row) for row in range(402, 500)), (), refused)

    said = files.answer("订单.xlsx", (), fates, (SheetPage("", 1, 498),), (Page("x"),))

    parts = split(dialect.marked(said), DESTINATIONS["wecom"].bytes)
    assert all(size(part) <= DESTINATIONS["wecom"].bytes for part in parts)
    assert "共 498 行：取了 98 行，要问 0 行，没收 400 行" in said
    assert "第2行 没收" in said
    assert f"第{2 + files.SHOWN}–401行 也没收" in said


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("C:\\桌面\\订单.xlsx", "订单.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("", "表格"),
        ("x" * 300, f"{'x' * 60}…{'x' * 60}"),
    ],
)
def test_a_name_is_one_without_folders_and_not_without_end(said: str, name: str):
    assert named(said) == name
