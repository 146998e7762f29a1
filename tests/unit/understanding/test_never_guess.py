import pytest

from tests.unit.understanding.lines import read


@pytest.mark.parametrize(
    "text",
    [
        "福满楼 樱桃可乐5箱",
        "福满楼 农夫山泉 矿泉水550 10箱",
        "福满楼 农夫山泉的矿泉水550 10箱",
        "雪碧10箱 康师傅冰红茶1L 10箱 福满楼",
        "福满楼 绿色雪碧5箱",
        "福满楼 雪碧5箱 青柠味的",
        "福满楼 雪碧10箱 15箱",
        "福满楼 雪碧3桶",
        "福满楼 雪碧20箱左右",
    ],
)
def test_what_is_not_sure_of_goods_is_asked(text):
    made = read(text)

    assert made["intent"] == "order.create"
    assert any(made.get(key) for key in ("missing", "ambiguous", "unknown"))


@pytest.mark.parametrize(
    "text", ["三中 雪碧10箱", "大众超市 雪碧10箱", "中山路华联 雪碧10箱", "四中食堂雪碧10箱"]
)
def test_a_customer_nobody_knows_is_asked(text):
    made = read(text)

    assert "customer" not in made["slots"]
    assert made["unknown"]["customer"]


@pytest.mark.parametrize(
    "text",
    [
        "华联要不要可乐？",
        "家家乐可能要20箱雪碧",
        "如果福满楼要纯生就给他送10箱",
        "昨天给家家乐送了20箱雪碧",
        "上周福满楼要了10箱纯生",
        "要不给家家乐送两箱雪碧试试？",
        "昨晚喝了两箱啤酒",
    ],
)
def test_a_question_a_perhaps_or_a_story_creates_nothing(text):
    assert read(text) == {"intent": "none"}


@pytest.mark.parametrize(
    "text", ["潮流 羽绒服黑色M 2件", "潮流 绿色羽绒服L 2件", "小时代 8801黑色3XL 5件", "童趣 卫衣粉色140 2件"]
)
def test_a_size_or_colour_nobody_sells_is_unknown(text):
    assert "lines[0].sku" in read(text, trade="clothes")["unknown"]


def test_goods_of_several_customers_are_not_mixed():
    made = read("罐装可乐10箱给人民路华联，雪碧5箱给解放路华联")

    assert made["slots"]["customer"] == "C001"
    assert [line["sku"] for line in made["slots"]["lines"]] == ["D001"]
    assert made["also"][0]["slots"]["customer"] == "C002"


@pytest.mark.parametrize("text", ["福满楼 纯生20箱 没货就换冰爽", "福满楼 纯生20箱 没货的话换冰爽"])
def test_a_shortage_that_may_come_is_none(text):
    assert read(text)["intent"] != "order.shortage"


@pytest.mark.parametrize("text", ["福满楼 纯生廿箱", "福满楼 纯生卅箱", "福满楼 纯生廿五箱"])
def test_tens_in_one_character_are_never_their_digit(text):
    (line,) = read(text)["slots"]["lines"]

    assert line.get("qty") in {None, "25"}


@pytest.mark.parametrize("text", ["十七取消", "取消十七"])
def test_an_order_by_its_number_in_words(text):
    assert read(text)["slots"]["orders"] == ["17"]
