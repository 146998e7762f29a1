"""Which goods an amount, a price, a gift and a correction belong to."""

import pytest

from tests.unit.understanding.lines import lines, made, said

STOCK = made(
    ("惠民超市",),
    ("绿茶500ml|瓶;打=12;箱=15", "茉莉绿茶500ml|瓶;打=12;箱=15", "雪碧330ml|罐;箱=24", "螺栓 M10×30 304|个;盒=100", "可乐 330ml 大瓶|瓶;箱=24", "可乐2L|瓶;箱=6"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("3箱绿茶500ml、2箱6瓶茉莉绿茶500ml", ["P1 3箱", "P2 2箱", "P2 6瓶"]),
        ("20箱零4罐雪碧330ml，3箱绿茶500ml", ["P3 20箱", "P3 4罐", "P1 3箱"]),
        ("绿茶500ml x12箱零20瓶\n茉莉绿茶500ml 5箱", ["P1 12箱", "P1 20瓶", "P2 5箱"]),
        ("雪碧330ml 31箱不对 46箱；绿茶500ml 41瓶，不对，51瓶", ["P3 46箱", "P1 51瓶"]),
        ("茉莉绿茶500ml 41箱，不对，77箱\n绿茶500ml 10箱送9瓶", ["P2 77箱", "P1 10箱", "送P1 9瓶"]),
        ("可乐 40箱；可乐2L 七十七箱 错了 76箱", ["? 40箱", "P6 76箱"]),
        ("雪碧330ml 90箱 买10送9；绿茶500ml 8箱加9瓶；茉莉绿茶500ml 50箱 买10送1", ["P3 90箱", "送P3 81箱", "P1 8箱", "P1 9瓶", "P2 50箱", "送P2 5箱"]),
        ("10箱 20箱绿茶500ml", ["P1 ?箱"]),
        ("雪碧330ml 8箱 20来箱", ["P3 ?箱"]),
        ("螺栓 304 M10×30 98盒", ["P4 98盒"]),
        ("螺栓 M10×30 304 一个不对 75个；雪碧330ml 3箱", ["P4 75个", "P3 3箱"]),
        ("可乐 330ml 大瓶2", ["P5 2箱"]),
        ("雪碧330ml x1罐 48块一箱", ["P3 1罐@2"]),
        ("绿茶500ml 一箱 30块一瓶", ["P1 1箱@450"]),
        ("雪碧330ml 1箱 28号送", ["P3 1箱"]),
        ("来点绿茶500ml，雪碧330ml 6箱，螺栓 M10×30 304 各7盒", ["P1 ?", "P3 6箱", "P4 7盒"]),
        ("绿茶500ml 十三箱 哦不 15箱 下午送", ["P1 15箱"]),
        ("雪碧330ml 13箱 说错了 52箱 明天送", ["P3 52箱"]),
        ("42瓶，再来雪碧330ml：17箱", ["? 42瓶", "P3 17箱"]),
        ("雪碧330ml 26箱 明天 19罐", ["P3 26箱", "? 19罐"]),
        ("螺栓 M10×30 304 20来个", ["P4 ?个"]),
        ("两往雪碧330ml 2箱", ["P3 ?箱"]),
        ("康师傅和雪碧330ml各5箱", ["? 5箱", "P3 5箱"]),
        ("雪碧330ml、哈根达斯各5箱", ["P3 5箱", "? 5箱"]),
        ("娃娃跟雪碧330ml 5箱", ["? ?", "P3 5箱"]),
    ],
)  # fmt: skip
def test_an_amount_belongs_to_its_goods(text, meant):
    answer = said(STOCK, f"惠民超市，{text}")

    assert answer["intent"] == "order.create"
    assert lines(answer) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("惠民超市 雪碧330ml要17 加急", ["P3 17箱"]),
        ("惠民超市 雪碧330ml要17，再来绿茶500ml：4", ["P3 17箱", "P1 4箱"]),
        ("/下单 20箱零1瓶绿茶500ml 给惠民超市", ["P1 20箱", "P1 1瓶"]),
    ],
)
def test_a_number_of_goods_is_no_orders(text, meant):
    answer = said(STOCK, text)

    assert answer["intent"] == "order.create"
    assert "also" not in answer
    assert lines(answer) == meant


@pytest.mark.parametrize("text", ["抽纸100包 8箱", "百里香香抽纸10包 8箱"])
def test_a_size_nobody_sells_is_no_amount(text):
    stock = made(("惠民超市",), ("抽纸10包|包;箱=60", "抽纸12包|包;箱=60", "百里香抽纸10包|包;箱=60"))

    assert not [
        line for line in lines(said(stock, f"惠民超市 {text}")) if line.startswith("P") and "包" in line
    ]


def test_a_story_changes_no_order():
    assert said(STOCK, "昨天给惠民超市送了十五箱加2瓶绿茶500ml") == {"intent": "none"}


def test_a_control_character_does_not_join_names():
    assert said(STOCK, "惠民超市 雪碧\x01330ml\x01\x01 3箱") == said(STOCK, "惠民超市 雪碧 330ml   3箱")


def test_a_matrix_that_nobody_could_look_through_is_asked():
    colours, sizes = "红橙黄绿青蓝紫黑白灰", range(36, 80)
    shoes = [
        f"鞋 6601 {colour}色 {size}|双|6601|颜色={colour}色;尺码={size}"
        for colour in colours
        for size in sizes
    ]

    answer = said(made(("惠民超市",), shoes), "惠民超市 6601每色每码各2双")

    assert lines(answer) == ["? 2双"]
    assert len(answer["ambiguous"]["lines[0].sku"]) == len(shoes)
