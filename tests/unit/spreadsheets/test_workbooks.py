"""What is read of a workbook: words as they stand there, and what is hidden, merged or has no value."""

from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.spreadsheets.opened import pages_of
from domain.pages import ERROR, FORMULA, LONG, Unreadable
from tests.tables import saved, workbook

DATA = Path(__file__).parents[2] / "data" / "files"


def cells(data: bytes) -> list[tuple[int, tuple[str, ...]]]:
    (page,) = pages_of(data)
    return [(row.number, row.cells) for row in page.rows]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (20, "20"),
        (20.0, "20"),
        (0.1 + 0.2, "0.3"),
        (2.5, "2.5"),
        (6901234567890, "6901234567890"),
        (1e20, "100000000000000000000"),
        (date(2026, 11, 26), "2026-11-26"),
        (datetime(2026, 11, 26, 8, 30), "2026-11-26 08:30"),  # noqa: DTZ001 - a workbook knows no zones
        (time(8, 30), "08:30"),
        (True, "TRUE"),
        ("  可乐\n330ml \u200b罐装\u202e ", "可乐 330ml 罐装"),
        ("@all", "@all"),
        ("=cmd|'/c calc'!A1 ", None),
    ],
)
def test_a_cell_is_read_as_what_stands_there(value: object, words: str | None):
    book = Workbook()
    page = book.worksheets[0]
    page.append(["x", value])
    if words is None:
        page["B1"].data_type = "s"
        words = str(value).strip()

    assert cells(saved(book)) == [(1, ("x", words))]


def test_rows_keep_their_numbers_and_empty_ones_are_none():
    assert cells(workbook(["a"], [], [None, "b"])) == [(1, ("a",)), (3, ("", "b"))]


def test_a_formula_without_a_value_and_one_that_failed_have_no_words():
    book = Workbook()
    page = book.worksheets[0]
    page.append(["可乐", "=1+2", "#N/A", "字" * 301])
    page["C1"].data_type = "e"

    (row,) = pages_of(saved(book))[0].rows
    assert (row.cells, row.flaws) == (("可乐", "", "", ""), {1: FORMULA, 2: ERROR, 3: LONG})


def test_a_row_of_nothing_but_formulas_without_values_is_there():
    rows = pages_of(workbook(["品名", "数量"], ["=A9", "=B9"]))[0].rows

    assert [(row.number, row.flaws) for row in rows] == [(1, {}), (2, {0: FORMULA, 1: FORMULA})]


def test_what_is_hidden_is_known():
    book = Workbook()
    page = book.worksheets[0]
    for row in (["可乐", 48, 20], ["雪碧", 40, 10]):
        page.append(row)
    page.row_dimensions[2].hidden = True
    page.column_dimensions["B"].hidden = True
    hidden = book.create_sheet("成本")
    hidden.append(["可乐", 30])
    hidden.sheet_state = "veryHidden"

    shown, cost = pages_of(saved(book))
    assert [(row.cells, row.hidden) for row in shown.rows] == [
        (("可乐", "", "20"), False),
        (("雪碧", "", "10"), True),
    ]
    assert shown.hidden_columns == ("B",)
    assert (cost.name, cost.rows, cost.unread) == ("成本", (), 1)


def test_one_cell_for_several_rows_stands_in_each_that_has_something():
    book = Workbook()
    page = book.worksheets[0]
    for row in (["华联", "可乐", 20], [None, "雪碧", 10], [None, None, None], ["福满楼", "纯生", 5]):
        page.append(row)
    page.merge_cells("A1:A3")

    (shown,) = pages_of(saved(book))
    assert [row.cells for row in shown.rows] == [
        ("华联", "可乐", "20"),
        ("华联", "雪碧", "10"),
        ("福满楼", "纯生", "5"),
    ]
    assert [row.merged for row in shown.rows] == [frozenset({0}), frozenset({0}), frozenset()]


def test_a_workbook_with_nothing_in_it_is_empty():
    with pytest.raises(Unreadable, match="empty"):
        pages_of(workbook())


def test_the_older_kind_is_read_too_without_knowing_what_is_hidden():
    shown, hidden = pages_of((DATA / "orders.xls").read_bytes())

    assert [row.cells for row in shown.rows] == [
        ("客户", "品名", "数量", "单位", "送货日期"),
        ("人民路华联", "罐装可乐", "20", "箱", "2026-11-26"),
        ("人民路华联", "雪碧", "10", "箱"),
        ("福满楼", "榴莲汁", "5", "箱"),
    ]
    assert (shown.blind, hidden.name, hidden.unread) == (True, "隐藏", 1)
