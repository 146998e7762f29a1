"""Names that contain one another, and names with numbers, units and verbs in them."""

import pytest

from tests.unit.understanding.lines import lines, made, said

SHOP = ("福满楼",)


@pytest.mark.parametrize(
    ("products", "text", "meant"),
    [
        (("瓜子 500g 焦糖味", "五香瓜子 500g 焦糖味"), "瓜子 500g 焦糖味 五香瓜子 500g 焦糖味各14箱", ["P1 14箱", "P2 14箱"]),
        (("枕套1.5米", "枕套1.5米 灰色"), "枕套1.5米 枕套1.5米 灰色 各4箱", ["P1 4箱", "P2 4箱"]),
        (("三角短袜均码 灰色", "短袜均码 灰色", "船袜 灰色"), "三角短袜均码 灰色和短袜均码 灰色和船袜 灰色 各4箱", ["P1 4箱", "P2 4箱", "P3 4箱"]),
        (("电线 12.5平方 红色", "护套线 12.5平方 红色", "护套线 2.5平方 红色"), "电线 12.5平方 红色 护套线 2.5平方 红色各5箱", ["P1 5箱", "P3 5箱"]),
        (("江南螺栓 M8×3 304", "螺栓 M8×35 304"), "江南螺栓 M8×3 304 螺栓 M8×35 304各要43箱", ["P1 43箱", "P2 43箱"]),
        (("502胶2kg", "九龙502胶2kg"), "九龙502胶2kg 502胶2kg 各6箱", ["P2 6箱", "P1 6箱"]),
        (("螺丝 5×50", "小太阳十字螺丝 5×50"), "螺丝 5×50 小太阳十字螺丝 5×50 各11箱", ["P1 11箱", "P2 11箱"]),
    ],
)  # fmt: skip
def test_goods_whose_noun_is_said_again_are_other_goods(products, text, meant):
    answer = said(made(SHOP, products), f"福满楼 {text}")

    assert lines(answer) == meant
    assert "ambiguous" not in answer


@pytest.mark.parametrize(
    ("products", "text", "meant"),
    [
        (("抽纸120抽|包;提=10", "一提抽纸120抽"), "3提抽纸120抽", ["P1 3提"]),
        (("错题本60页|本;包=10",), "8包零5本错题本60页", ["P1 8包", "P1 5本"]),
        (("抽纸10包|包;箱=60",), "抽纸10包 5箱", ["P1 5箱"]),
        (("单线本A4|本", "便利贴A4"), "便利贴A4 20 单线本A4 3本", ["P2 20箱", "P1 3本"]),
        (("手帕纸120抽", "一提抽纸12卷"), "手帕纸120抽x1 一提抽纸12卷 10箱", ["P1 1箱", "P2 10箱"]),
        (("七号电池 4粒|粒;盒=40",), "七号电池 4粒 15盒", ["P1 15盒"]),
        (("茶 500ml",), "茶 500ml 3箱", ["P1 3箱"]),
        (("菜油5L|瓶;袋=5", "月半菜油5L|瓶;袋=5"), "六袋半菜油5L", ["P1 6.5袋"]),
        (("小太阳啤酒", "啤酒42度", "纯生啤酒42度"), "纯生啤酒42度 3箱\n啤酒42度 x十三箱半", ["P3 3箱", "P2 13.5箱"]),
    ],
)  # fmt: skip
def test_a_number_or_unit_in_a_name_counts_nothing(products, text, meant):
    answer = said(made(("三包零食铺", "福满楼"), products), f"福满楼 {text}")

    assert (answer["slots"]["customer"], lines(answer)) == ("K2", meant)


def test_an_amount_is_no_customer_whose_name_begins_so():
    stock = made(("五件衣橱", "福满楼"), ("三年陈酿",))

    assert said(stock, "福满楼要5瓶三年陈酿，五件三年陈酿")["slots"]["customer"] == "K2"
    assert said(stock, "五件衣橱 三年陈酿3箱")["slots"]["customer"] == "K1"
    assert "unknown" in said(stock, "五件件衣橱 三年陈酿3箱")


def test_words_of_two_names_run_together_name_nobody():
    stock = made(("喻记小卖部", "渡口喻记小卖部|喻老板"), ("茶",))

    assert "customer" not in said(stock, "喻老小卖部 茶3箱")["slots"]
    assert said(stock, "喻老板 茶3箱")["slots"]["customer"] == "K2"


def test_a_verb_within_a_misspelt_customer_changes_no_order():
    assert said(made(("明天超市",), ("茶",)), "改天超市 茶3箱")["intent"] == "order.create"


def test_a_verb_within_a_misspelt_product_changes_no_order():
    stock = made(SHOP, ("小江十件套 8寸|把", "小江扳手 8寸|把"))

    assert said(stock, "福满楼 小江十加套 8寸 48把")["intent"] == "order.create"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("帆布鞋 6641 深灰 38 1双 + 6639 卡其 3双", ["P1 1双", "? 3双"]),
        ("6641 深灰 40 1双\n6639每色每码5双", ["P2 1双", "P3 5双", "P4 5双"]),
        ("6641 深灰 38 1双 40 2双", ["P1 1双", "P2 2双"]),
        ("6641 深灰 38 10箱加1双 6639 卡其 38 3双", ["P1 10箱", "P1 1双", "P3 3双"]),
        ("6641 橙色 38 3双", ["? 3双"]),
        ("6641 深灰 3XL 3双", ["? 3双"]),
        ("1. 6641 深灰 38 3双\n2. 6639 卡其 39 5双", ["P1 3双", "P4 5双"]),
    ],
)
def test_a_style_number_is_a_noun_of_its_own(text, meant):
    shoes = [
        f"{noun} {style} {colour} {size}|双;箱=12|{style}|颜色={colour};尺码={size}"
        for noun, style, colour, sizes in (
            ("帆布鞋", 6641, "深灰", (38, 40)),
            ("高帮帆布鞋", 6639, "卡其", (38, 39)),
        )
        for size in sizes
    ]

    answer = said(made(SHOP, shoes), f"福满楼\n{text}")

    assert answer["intent"] == "order.create"
    assert lines(answer) == meant


def test_a_word_that_begins_other_names_may_not_only_qualify():
    stock = made(
        SHOP, ("十里纯牛奶 250ml 草莓味", "十里风味酸奶 250ml 草莓味", "风味酸奶 200ml", "风味酸奶 1L")
    )

    answer = said(stock, "福满楼 十里纯牛奶 250ml 草莓味20箱、风味 42箱")

    assert answer["ambiguous"] == {"lines[1].sku": ["P2", "P3", "P4"]}


@pytest.mark.parametrize(
    "text",
    [
        "东备大米 10kg 4箱", "运上被套 4箱", "阳光里不牛奶 4箱", "纯净水点.5L 4箱", "榴莲大米 10kg 4箱",
        "活页笔记本1000页 4本", "青山方便面122桶大桶 16箱", "内六角扳手1需寸 25把",
    ],
)  # fmt: skip
def test_a_name_with_a_wrong_character_is_not_the_nearest(text):
    stock = made(
        SHOP,
        ("大米 10kg", "被套", "阳光里牛奶", "阳光里纯牛奶", "纯净水5L", "纯净水1.5L", "活页笔记本100页|本", "青山方便面12桶大桶|桶;箱=12",
         "内六角扳手12寸|把"),
    )  # fmt: skip

    answer = said(stock, f"福满楼 {text}")

    assert answer.get("unknown") or answer.get("ambiguous")
