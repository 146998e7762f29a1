"""Files read against a catalogue: every row has its fate, whatever stands around it."""

from collections.abc import Sequence

import pytest

from domain.pages import ERROR, FORMULA, Page, PageRow
from handlers.understanding.readings.sheets.result import SheetPage, SheetReading
from handlers.understanding.readings.sheets.steps import finished
from handlers.understanding.readings.sheets.wishes import (
    HIDDEN,
    MERGED,
    NEGATIVE,
    NO_GOODS,
    NO_QUANTITY,
    NOTED,
    REMARK,
    UNPRICED,
    WITHDRAWN,
    ZERO,
)
from tests.unit.understanding.lines import MONDAY, understanding


def page(*rows: str, name: str = "Sheet1") -> Page:
    """A page from rows with bars between the cells; empty ones are left out as readers do."""
    kept = [(number, row.split("|")) for number, row in enumerate(rows, 1) if row.replace("|", "")]
    return Page(name, tuple(PageRow(number, tuple(cells)) for number, cells in kept))


def read(*pages: Page, name: str = "订单.xlsx", trade: str = "drinks") -> SheetReading:
    return finished(understanding(trade).sheets(pages, name, MONDAY))


def left(told: SheetPage) -> list[tuple[int, str]]:
    return [(one.row, one.why) for one in told.left]


def orders(said: SheetReading) -> list[tuple[str | None, list[int]]]:
    return [
        (one.reading.slots.customer, [line.spot.row for line in one.reading.slots.lines if line.spot])
        for one in said.orders
    ]


def test_a_page_of_matrices_takes_each_style_from_the_line_above():
    said = read(
        page(
            "客户：老徐",
            "帆布鞋",
            "颜色|39|40",
            "黑|1|2",
            "运动鞋||",
            "颜色|40|41",
            "黑|3|4",
        ),
        trade="third/garments",
    )

    (order,) = said.orders
    lines = [f"{line.sku} {line.qty}" for line in order.reading.slots.lines]
    assert lines == ["FB04 1", "FB05 2", "YD01 3", "YD02 4"]
    assert left(said.pages[0]) == [(5, NOTED)]


def test_every_row_is_a_line_or_is_left_with_its_reason():
    said = read(
        page(
            "云州饮品送货单||NO:0012",
            "客户：人民路华联  电话：13800138000||制单日期|2026-11-30",
            "序号|品名|规格|数量|单位|单价|备注",
            "1|罐装可乐||20|箱|44|",
            "2|榴莲汁||5|箱||",
            "3|可乐||5|箱||",
            "4|纯生||0|箱||",
            "5|冰红茶|||箱||",
            "6|雪碧||-3|箱||",
            "7|雪碧||3|箱|面议|",
            "8|||3|箱||",
            "9||||||",
            "",
            "||||||以上为饮料",
            "合计|||33|||",
            "送货地址：后门仓库",
        )
    )

    assert orders(said) == [("C001", [4, 5, 6])]
    assert said.orders[0].reading.unknown == {"lines[1].sku": "榴莲汁"}
    (told,) = said.pages
    assert left(told) == [
        (7, ZERO),
        (8, NO_QUANTITY),
        (9, NEGATIVE),
        (10, UNPRICED),
        (11, NO_GOODS),
        (12, REMARK),
        (14, REMARK),
        (16, NOTED),
    ]
    assert [(one.row, int(one.said), int(one.found)) for one in told.sums] == []
    slots = said.orders[0].reading.slots
    assert (slots.address, slots.due) == ("后门仓库", None)


def test_cells_without_words_count_only_where_their_column_is_used():
    rows = (
        PageRow(1, ("品名", "数量", "单价", "金额")),
        PageRow(2, ("雪碧", "10", "", ""), {3: FORMULA}),
        PageRow(3, ("雪碧", "", "", ""), {1: FORMULA}),
        PageRow(4, ("雪碧", "10", "", ""), {2: ERROR}),
        PageRow(5, ("雪碧", "10"), hidden=True),
        PageRow(6, ("雪碧", "10"), merged=frozenset({1})),
        PageRow(7, ("雪碧", "8"), merged=frozenset({0})),
    )

    said = read(Page("", rows))

    assert orders(said) == [(None, [2, 7])]
    assert left(said.pages[0]) == [(3, FORMULA), (4, ERROR), (5, HIDDEN), (6, MERGED)]


@pytest.mark.parametrize(
    ("pages", "name", "customer", "source"),
    [
        ([page("客户：福满楼", "品名|数量", "雪碧|10")], "人民路华联.xlsx", "C019", "label"),
        ([page("福满楼11月订货单", "品名|数量", "雪碧|10")], "人民路华联.xlsx", "C019", "title"),
        ([page("11月订货单", "品名|数量", "雪碧|10", name="福满楼")], "人民路华联.xlsx", "C019", "page"),
        ([page("11月订货单", "品名|数量", "雪碧|10")], "福满楼11月.xlsx", "C019", "file"),
        ([page("11月订货单", "品名|数量", "雪碧|10")], "订单汇总.xlsx", None, ""),
    ],
)
def test_a_customer_that_no_column_names_is_looked_for_near_the_table_first(
    pages: Sequence[Page], name: str, customer: str | None, source: str
):
    (order,) = read(*pages, name=name).orders

    assert (order.reading.slots.customer, order.source) == (customer, source)


def test_a_customer_on_two_pages_has_one_order_and_each_line_knows_its_page():
    said = read(
        page("客户|品名|数量", "福满楼|雪碧|10", name="饮料"),
        page("客户|品名|数量", "福满楼|纯生|5", "百惠|纯生|2", name="啤酒"),
        page("价目表|单价", "雪碧|3", name="价目"),
    )

    assert orders(said) == [("C019", [2, 2]), ("C012", [3])]
    assert [line.spot and line.spot.page for line in said.orders[0].reading.slots.lines] == ["饮料", "啤酒"]
    assert [(one.name, one.tables) for one in said.pages] == [("饮料", 1), ("啤酒", 1), ("价目", 0)]


def test_a_sum_that_is_not_what_stands_above_it_is_told():
    (told,) = read(page("品名|数量", "雪碧|10", "榴莲汁|5", "小计|15", "纯生|7", "小计|8", "合计|22")).pages

    assert [(one.row, int(one.said), int(one.found)) for one in told.sums] == [(6, 8, 7)]


def test_rows_of_goods_above_the_first_head_are_not_passed_over():
    (told,) = read(
        page("雪碧|10|箱", "11月订货单||李四", "日期|2026-11-23", "品名|数量|单位", "纯生|5|箱")
    ).pages

    assert left(told) == [(1, REMARK)]


def test_columns_that_say_nothing_we_know_are_told():
    assert read(page("品名|数量|单位|联系人", "雪碧|10|箱|王五")).pages[0].unused == ("联系人",)


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (("罐装可乐|20|箱", "雪碧|10|箱"), [1, 2]),
        (("1|罐装可乐|20", "2|雪碧|10"), [1, 2]),
        (("罐装可乐|20|30", "雪碧|10|15"), []),
        (("罐装可乐|红色|20", "雪碧|绿色|10"), []),
        (("价目表", "罐装可乐|44", "雪碧|44"), []),
        (("罐装可乐|4.50", "雪碧|44"), []),
    ],
)
def test_a_table_without_a_head_is_read_where_only_one_column_can_count(
    rows: tuple[str, ...], found: list[int]
):
    said = read(page(*rows), name="福满楼.csv")

    assert [row for _, numbers in orders(said) for row in numbers] == found
    assert said.pages[0].headless is bool(found)


def test_different_days_of_a_customer_are_different_orders():
    said = read(
        page("客户|品名|数量|送货日期", "福满楼|雪碧|10|2026-11-25", "福满楼|纯生|5|11-27", "福满楼|凉茶|2|")
    )

    days = [order.reading.slots.due for order in said.orders]
    assert [day.isoformat() if day else None for day in days] == ["2026-11-25", "2026-11-27", None]


def test_a_day_in_words_or_as_a_number_of_the_program_is_read():
    said = read(
        page("客户|品名|数量|交货日期", "福满楼|雪碧|10|46352", "百惠|雪碧|10|尽快", "四季|雪碧|10|看情况")
    )

    first, second, third = (order.reading for order in said.orders)
    assert (first.slots.due and first.slots.due.isoformat()) == "2026-11-26"
    assert (second.slots.urgent, second.unknown) == (True, {})
    assert third.unknown == {"due": "看情况"}


def test_a_cell_of_a_matrix_that_no_product_has_is_unknown_and_the_others_are_not():
    assert read(page("款号|颜色|M|9XL", "8801|黑色|5|2", "8801|白色||-"), trade="clothes").orders == ()
    said = read(
        page("款号|颜色|M|L|XL", "8801|黑色|5|3|2", "8801|紫色|5|0|0", "8801|白色||-|0"), trade="clothes"
    )

    assert orders(said) == [(None, [2, 2, 2, 3])]
    assert said.orders[0].reading.unknown == {"lines[3].sku": "8801 紫色"}
    assert [(one.row, one.why) for one in said.pages[0].left] == [(4, ZERO)]


@pytest.mark.parametrize("note", ["不要了", "已取消", "作废", "取消。"])
def test_a_row_that_its_remark_takes_back_is_left(note):
    said = read(page("客户：福满楼", "品名|数量|备注", f"雪碧|10|{note}", "纯生|5|不要压"))

    assert orders(said) == [("C019", [4])]
    assert left(said.pages[0]) == [(3, WITHDRAWN)]


def test_a_count_beside_one_of_a_named_unit_is_not_added_to_it():
    said = read(page("客户：福满楼", "品名|数量(箱)|数量", "雪碧|10|20", "纯生||7", "凉茶|5|5"))

    first, second, third = said.orders[0].reading.slots.lines
    assert first.qty is None
    assert [str(one.qty) for one in (second, third)] == ["7", "5"]
    assert said.orders[0].reading.ambiguous["lines[0].qty"] == ("10", "20")
