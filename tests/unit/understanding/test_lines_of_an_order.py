"""Which lines an order has, whatever else is said beside them."""

import pytest

from tests.unit.understanding.lines import read


def lines(text: str, *history: str, trade: str = "drinks") -> list[str]:
    """The lines of what a text asks for, each as one word."""
    made = read(text, *history, trade=trade)
    return [
        " ".join(str(value) for key, value in line.items() if key != "price")
        for line in made["slots"].get("lines", ())
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("福满楼 高粱酒5箱送2瓶 纯生10箱", ["D060 5 箱", "D060 2 瓶 True", "D031 10 箱"]),
        ("福满楼 纯生10箱送1箱雪碧", ["D031 10 箱", "D005 1 箱 True"]),
        ("福满楼 雪碧5箱送1箱 绿茶5箱送1箱", ["D005 5 箱", "D005 1 箱 True", "D015 5 箱", "D015 1 箱 True"]),
        ("福满楼 凉茶22箱 其中2箱是送的 雪碧5箱", ["D018 20 箱", "D018 2 箱 True", "D005 5 箱"]),
        ("福满楼 纯生10箱 每箱送1瓶", ["D031 10 箱", "D031 10 瓶 True"]),
        ("福满楼 纯生买10箱送1瓶 20箱", ["D031 20 箱", "D031 2 瓶 True"]),
    ],
)
def test_what_is_given_follows_the_line_it_belongs_to(text, wanted):
    assert lines(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "福满楼 凉茶10箱 电话13900001012",
        "福满楼 凉茶10箱 电话139-0000-1016",
        "福满楼 凉茶10箱 座机0571-88001234",
        "福满楼 凉茶10箱 订单号20261123001",
        "福满楼 凉茶10箱 共10箱",
        "福满楼 一共10箱 凉茶10箱",
        "福满楼 凉茶10箱 合计450元",
        "福满楼 凉茶10箱 每箱24罐",
        "福满楼 凉茶24罐/箱 10箱",
        "福满楼 凉茶10箱(240罐)",
        "福满楼 凉茶24罐*10箱",
    ],
)
def test_numbers_that_count_nothing_make_no_line(text):
    made = read(text)

    assert made["slots"]["lines"] == [{"sku": "D018", "qty": "10", "unit": "箱"}]
    assert not any(made.get(key) for key in ("missing", "ambiguous", "unknown"))


@pytest.mark.parametrize(
    "text",
    [
        "福满楼 凉茶10箱 62",
        "福满楼 凉茶10箱 雪碧5箱 共20箱",
        "福满楼 凉茶10箱(250罐)",
        "福满楼 凉茶-5箱",
        "福满楼 凉茶10箱取消雪碧5箱",
        "福满楼 凉茶10箱 雪碧5箱 凉茶减2箱",
        "福满楼 罐装可乐5箱 瓶装可乐3箱 可乐不要了",
    ],
)
def test_an_amount_that_is_not_sure_is_asked(text):
    made = read(text)

    assert made["intent"] == "order.create"
    assert any(made.get(key) for key in ("missing", "ambiguous"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("福满楼 雪碧5箱 不要了 改成凉茶5箱", ["D018 5 箱"]),
        ("福满楼 雪碧3箱 绿茶2箱 哦绿茶不要了", ["D005 3 箱"]),
        ("福满楼 雪碧5箱 绿茶3箱 绿茶改4箱", ["D005 5 箱", "D015 4 箱"]),
        ("福满楼 雪碧5箱 绿茶3箱 改雪碧6箱", ["D005 6 箱", "D015 3 箱"]),
        ("福满楼 罐装可乐2箱 换成瓶装可乐2箱吧", ["D002 2 箱"]),
        ("福满楼 雪碧5箱 凉茶3箱 不要绿茶", ["D005 5 箱", "D018 3 箱"]),
        ("福满楼 雪碧5箱 不要发票", ["D005 5 箱"]),
        ("福满楼 雪碧10箱不是5箱", ["D005 10 箱"]),
    ],
)
def test_a_correction_within_a_new_order_acts_on_its_lines(text, wanted):
    assert read(text)["intent"] == "order.create"
    assert lines(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("17号单雪碧5箱改成凉茶5箱", ["D005 0 箱", "D018 5 箱"]),
        ("#17 雪碧+5箱 绿茶-2箱", ["D005 5 箱", "D015 -2 箱"]),
        ("17号单雪碧凉茶都不要了", ["D005 0 箱", "D018 0 箱"]),
        ("17号单 雪碧10箱不是5箱", ["D005 10 箱"]),
    ],
)
def test_a_correction_of_a_known_order_changes_both_what_goes_and_what_comes(text, wanted):
    assert read(text)["intent"] == "order.change"
    assert sorted(lines(text)) == sorted(wanted)


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("家家乐 无糖可乐5箱 可乐330ml 10箱", {"sku": "D001", "qty": "10", "unit": "箱"}),
        ("家家乐 草莓酸奶3箱 酸奶2箱", {"qty": "2", "unit": "箱"}),
    ],
)
def test_a_noun_that_is_said_takes_nothing_over(text, second):
    assert read(text)["slots"]["lines"][1] == second


@pytest.mark.parametrize(
    ("text", "orders", "wanted"),
    [
        ("发货 17 瓶装可乐40箱", ["17"], ["D002 40 箱"]),
        ("缺货 17 雪碧", ["17"], ["D005"]),
        ("部分签收 17 雪碧8箱", ["17"], ["D005 8 箱"]),
        ("17 18号单都加2箱雪碧", ["17", "18"], ["D005 2 箱"]),
    ],
)
def test_the_number_of_an_order_is_no_quantity(text, orders, wanted):
    assert read(text)["slots"]["orders"] == orders
    assert lines(text) == wanted


@pytest.mark.parametrize(
    "text",
    ["福满楼 雪碧5箱 都不要了", "顺达说不要绿茶了", "家家乐今天不要货", "我跟鑫源推荐了10箱劲能 他没要"],
)
def test_what_was_refused_orders_nothing(text):
    assert read(text)["intent"] == "none"
