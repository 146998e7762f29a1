"""Tables whose rows are cut short, or that are none."""

from tests.unit.understanding.lines import lines, made, said

SHOES = [
    f"西裤 7804 {colour} {size}|条|7804|颜色={colour};尺码={size}"
    for colour in ("黑色", "白色")
    for size in (28, 29, 30, 31)
]


def test_what_is_empty_at_the_end_of_a_row_may_be_cut_off():
    text = "福满楼\n款号\t颜色\t28\t29\t30\t31\n7804\t黑色\t\t20\n7804\t白色\t36"

    assert lines(said(made(("福满楼",), SHOES), text)) == ["P2 20条", "P5 36条"]


def test_rows_that_call_a_customer_in_two_ways_are_one_order():
    stock = made(("华联超市(人民路店)", "福满楼"), ("茶", "可乐"))
    text = "客户\t品名\t数量\n华联超市(人民路店)\t茶\t3\n福满楼\t茶\t1\n华联超市人民路\t可乐\t5"

    answer = said(stock, text)

    assert lines(answer) == ["P1 3箱", "P2 5箱"]
    assert [one["slots"]["customer"] for one in answer["also"]] == ["K2"]


def test_sizes_below_one_another_are_no_matrix():
    stock = made(("福满楼",), ("断路器 63A 2P|个;盒=6", "漏电断路器 32A 2P|个;盒=6"))

    assert lines(said(stock, "福满楼要3 盒断路器 63A 2P\n4个漏电断路器 32A 2P")) == ["P1 3盒", "P2 4个"]


def test_rows_of_a_table_are_no_words_of_a_later_line():
    stock = made(("福满楼",), ("可乐", "纯生"))
    text = "品名\t数量\n可乐\t20\n榴莲汁\t3\n纯生\t\n合计\t38"

    answer = said(stock, "福满楼", text)

    assert "38" not in str(answer)
