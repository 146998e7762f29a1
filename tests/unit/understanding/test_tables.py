"""Tables pasted into a message: odd heads, sums, remarks, several customers, matrices. No row is lost unasked."""

from typing import Any

import pytest

from tests.unit.understanding.lines import read


def lines(said: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(line.get("sku"), line.get("qty"), line.get("unit")) for line in said["slots"]["lines"]]


def customers(said: dict[str, Any]) -> list[tuple[Any, int]]:
    requests = [said, *said.get("also", ())]
    return [(one["slots"].get("customer"), len(one["slots"]["lines"])) for one in requests]


def test_a_full_head_gives_price_day_and_remarks_by_customer():
    said = read(
        "品名\t规格\t数量\t单位\t单价\t备注\t客户\t送货日期\n"
        "罐装可乐\t330ml*24\t20\t箱\t¥48.00\t要新日期\t人民路华联\t明天\n"
        "雪碧\t\t10.0\t箱\t\t\t人民路华联\t\n"
        "纯生\t\t1,200\t瓶\t\t\t福满楼\t2026-11-26"
    )

    assert lines(said) == [("D001", "20", "箱"), ("D005", "10", "箱")]
    assert (said["slots"]["due"], said["slots"]["lines"][0]["price"]) == ("2026-11-24", "48.00")
    assert said["slots"]["note"] == "罐装可乐 330ml×24：要新日期"
    (other,) = said["also"]
    assert (lines(other), other["slots"]["due"]) == ([("D031", "1200", "瓶")], "2026-11-26")


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("20箱", [("20", "箱")]),
        ("２０", [("20", "箱")]),
        ("20.0", [("20", "箱")]),
        ("1,200", [("1200", "箱")]),
        ("半箱", [("0.5", "箱")]),
        ("2箱3瓶", [("2", "箱"), ("3", "瓶")]),
        ("两箱零3瓶", [("2", "箱"), ("3", "瓶")]),
        ("十二箱", [("12", "箱")]),
    ],
)
def test_a_quantity_is_read_as_it_stands_in_one_cell(cell: str, wanted: list[tuple[str, str]]):
    said = read(f"人民路华联\n品名\t数量\n纯生\t{cell}")

    assert lines(said) == [("D031", *one) for one in wanted]


@pytest.mark.parametrize("cell", ["-", "", "0", "0.00", "/", "无", "--"])
def test_a_cell_with_nothing_is_no_line(cell: str):
    assert lines(read(f"人民路华联\n品名\t数量\n纯生\t{cell}\n雪碧\t5")) == [("D005", "5", "箱")]


@pytest.mark.parametrize("cell", ["若干", "10+1", "-5", "3-5", "20箱送2"])
def test_a_quantity_that_nobody_can_read_is_asked_about(cell: str):
    said = read(f"人民路华联\n品名\t数量\n纯生\t{cell}")

    assert said["missing"] == ["lines[0].qty"]


def test_a_remark_that_speaks_of_a_sum_does_not_hide_its_row():
    said = read("品名\t数量\t备注\n罐装可乐\t20\t总数不够发别的\n雪碧\t10\t\n小计\t30\t\n合计：30箱")

    assert lines(said) == [("D001", "20", "箱"), ("D005", "10", "箱")]


def test_such_a_remark_may_stand_first():
    said = read("备注\t品名\t数量\n总数\t罐装可乐\t20\n\t雪碧\t10")

    assert lines(said) == [("D001", "20", "箱"), ("D005", "10", "箱")]


def test_a_row_without_goods_is_asked_about_not_dropped():
    said = read("人民路华联\n品名\t数量\n罐装可乐\t20\n\t10")

    assert lines(said) == [("D001", "20", "箱"), (None, "10", None)]
    assert said["missing"] == ["lines[1].sku"]


def test_customers_stand_across():
    said = read("品名\t人民路华联\t解放路华联\t福满楼\n罐装可乐\t20\t10\t\n雪碧\t5\t\t8\n合计\t25\t10\t8")

    assert customers(said) == [("C001", 2), ("C002", 1), ("C019", 1)]
    assert lines(said["also"][1]) == [("D005", "8", "箱")]


def test_the_corner_of_such_a_table_may_be_empty():
    assert customers(read("\t人民路华联\t解放路华联\n罐装可乐\t20\t10")) == [("C001", 1), ("C002", 1)]


def test_customers_side_by_side_in_words_are_no_head():
    assert customers(read("给 人民路华联 解放路华联\n罐装可乐 20箱\n雪碧 10箱")) == [("C001", 2), ("C002", 2)]


def test_each_table_has_the_customer_above_it():
    said = read(
        "送货单\n客户\t人民路华联\n品名\t数量\n罐装可乐\t20\n送货单\n客户：解放路华联\n品名\t数量\n雪碧\t10"
    )

    assert customers(said) == [("C001", 1), ("C002", 1)]


def test_a_name_left_out_is_that_of_the_row_above_until_a_sum():
    said = read("客户\t品名\t数量\n人民路华联\t雪碧\t10\n\t罐装可乐\t5\n小计\t\t15\n\t纯生\t5")

    assert customers(said) == [("C001", 2), (None, 1)]
    assert said["also"][0]["missing"] == ["customer"]


def test_a_matrix_may_have_a_head_of_two_rows():
    said = read("款号\t颜色\t尺码\n\t\tM\tL\tXL\n8801\t黑色\t5\t3\t2\n\t白色\t-\t4\t0", trade="clothes")

    assert lines(said) == [("TA01", "5", "件"), ("TA02", "3", "件"), ("TA03", "2", "件"), ("TA06", "4", "件")]


def test_the_corner_of_a_matrix_may_be_the_number_of_a_style():
    said = read("8801\tM\tL\n黑色\t5\t3", trade="clothes")

    assert lines(said) == [("TA01", "5", "件"), ("TA02", "3", "件")]


def test_a_matrix_has_its_prices_and_its_sums():
    said = read("款号\t颜色\tM\tL\t合计\t单价\n8801\t黑\t5\t3\t8\t39\n小计\t\t5\t3\t8", trade="clothes")

    assert lines(said) == [("TA01", "5", "件"), ("TA02", "3", "件")]
    assert {line["price"] for line in said["slots"]["lines"]} == {"39"}


def test_boxes_and_bottles_in_two_columns_both_count():
    said = read("人民路华联\n品名\t箱数\t瓶数\n纯生\t20\t3")

    assert lines(said) == [("D031", "20", "箱"), ("D031", "3", "瓶")]


def test_two_columns_of_the_same_are_asked_about_where_they_differ():
    said = read("人民路华联\n品名\t订货数量\t实发数量\n纯生\t20\t20\n雪碧\t10\t8")

    assert lines(said) == [("D031", "20", "箱"), ("D005", None, "箱")]
    assert said["ambiguous"] == {"lines[1].qty": ["10", "8"]}


def test_a_unit_said_in_two_ways_is_asked_about():
    assert read("人民路华联\n品名\t数量\t单位\n纯生\t20箱\t瓶")["unknown"] == {"lines[0].unit": "箱/瓶"}


@pytest.mark.parametrize(
    ("row", "sku", "unknown"),
    [
        ("雪碧\t330ml*24", "D005", None),
        ("雪碧\t0.33L", "D005", None),
        ("雪碧\t1*24", "D005", None),
        ("雪碧\t2L*6", None, "雪碧 2L×6"),
    ],
)
def test_a_specification_of_something_else_is_not_the_product_of_that_name(
    row: str, sku: str | None, unknown: str | None
):
    said = read(f"人民路华联\n品名\t规格\t数量\n{row}\t10")

    assert said["slots"]["lines"][0].get("sku") == sku
    assert said.get("unknown", {}).get("lines[0].sku") == unknown


def test_a_code_and_a_name_of_two_products_are_asked_about():
    said = read("人民路华联\n编码\t品名\t数量\nD001\t雪碧\t10\nD005\t雪碧\t10\n9988\t雪碧\t3")

    assert [sku for sku, _, _ in lines(said)] == [None, "D005", "D005"]
    assert said["ambiguous"] == {"lines[0].sku": ["D001", "D005"]}


@pytest.mark.parametrize("goods", ["雪碧 不要", "雪碧999", "雪碧退货", "雪碧 人民路华联"])
def test_what_else_a_description_says_is_not_passed_over(goods: str):
    assert "lines[0].sku" in read(f"人民路华联\n品名\t数量\n{goods}\t10")["unknown"]


def test_what_comes_free_is_a_gift():
    said = read("人民路华联\n品名\t数量\t赠送\n雪碧\t20箱\t2")

    assert [line.get("gift", False) for line in said["slots"]["lines"]] == [False, True]


def test_a_price_for_another_unit_is_converted():
    said = read("人民路华联\n品名\t数量\t单价(元/瓶)\n纯生\t20箱\t5")

    assert said["slots"]["lines"][0]["price"] == "60"


def test_goods_named_beside_the_table_are_ordered_too():
    said = read("人民路华联\n品名\t数量\n雪碧\t10\n另外罐装可乐5箱")

    assert lines(said) == [("D005", "10", "箱"), ("D001", "5", "箱")]


def test_the_day_of_the_paper_is_no_delivery():
    assert "due" not in read("客户：人民路华联 制单日期：2026-11-25\n品名\t数量\n雪碧\t10")["slots"]
    assert "due" not in read("人民路华联\n日期：2026-11-23\n品名\t数量\n雪碧\t10")["slots"]


def test_a_day_that_has_passed_is_asked_about():
    said = read("客户：人民路华联 送货日期：2026-11-20\n品名\t数量\n雪碧\t10")

    assert said["unknown"] == {"due": "2026-11-20"}


def test_telephone_and_numbers_of_papers_are_no_quantities():
    said = read(
        "客户：人民路华联  电话：13800138000  单号：20261123001\n品名\t数量\n雪碧\t10\n制单：李四\t审核：王五"
    )

    assert (lines(said), said["slots"].get("note"), said.get("also")) == ([("D005", "10", "箱")], None, None)


def test_a_table_drawn_with_bars_is_read():
    said = read("| 品名 | 数量 | 单位 |\n|---|:-:|---|\n| 罐装可乐 | 20 | 箱 |\n| 雪碧 | 10 | 箱 |")

    assert lines(said) == [("D001", "20", "箱"), ("D005", "10", "箱")]


def test_an_address_in_some_rows_of_a_customer_holds_for_all():
    said = read("客户\t送货地址\t品名\t数量\n人民路华联\t后门仓库 3号门\t雪碧\t10\n人民路华联\t\t罐装可乐\t5")

    assert (said["slots"]["address"], customers(said)) == ("后门仓库 3号门", [("C001", 2)])


def test_a_quoted_table_is_read_as_a_table():
    said = read("「客户\t品名\t数量\n人民路华联\t雪碧\t10\n\t罐装可乐\t5」\n- - - - -\n帮下一下")

    assert customers(said) == [("C001", 2)]


def test_a_long_table_is_read_and_a_long_text_is_nothing():
    rows = "".join(f"\n罐装可乐\t{count}" for count in range(1, 301))

    assert len(read(f"人民路华联\n品名\t数量{rows}")["slots"]["lines"]) == 300
    assert read("\t".join(["罐装可乐20箱"] * 400)) == {"intent": "none"}
