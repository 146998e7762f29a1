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
        "福满楼 纯生20箱 别下单",
        "福满楼 纯生20箱 先别录",
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


@pytest.mark.parametrize("same", ["川味轩也一样", "川味轩同样", "川味轩也一样 后天送"])
def test_the_same_for_another_customer_in_one_message_is_not_lost(same):
    made = read(f"福满楼雪碧5箱 {same}")

    orders = [made, *made["also"]]
    assert [one["slots"]["customer"] for one in orders] == ["C019", "C020"]
    assert [one["slots"]["lines"] for one in orders] == [[{"sku": "D005", "qty": "5", "unit": "箱"}]] * 2


def test_the_same_but_for_something_is_not_the_same():
    made = read("川味轩也一样 但可乐换雪碧", "福满楼 罐装可乐20箱 明天送")

    assert made["intent"] != "order.create"


@pytest.mark.parametrize("reply", ["这个别下", "先别下单", "不用安排了"])
def test_a_quoted_order_that_is_not_to_be_placed_is_none(reply):
    assert read(f"「福满楼：雪碧10箱」\n- - - - - -\n{reply}")["intent"] == "none"


@pytest.mark.parametrize("given", ["雪碧5箱（赠）", "雪碧5箱（赠送） 凉茶2箱", "雪碧5箱赠送", "雪碧5箱 免费"])
def test_what_is_called_a_gift_behind_its_count_is_not_charged(given):
    lines = read(f"福满楼 纯生10箱 {given}")["slots"]["lines"]

    assert [line["sku"] for line in lines if line.get("gift")] == ["D005"]


@pytest.mark.parametrize("text", ["福满楼 纯生10箱 免费送货", "福满楼 纯生10箱 赠，雪碧5箱"])
def test_what_is_paid_for_is_no_gift(text):
    assert not read(text)["slots"]["lines"][0].get("gift")


@pytest.mark.parametrize("together", ["共10箱", "一共10箱", "总共10箱"])
def test_a_total_of_several_customers_is_not_for_each(together):
    made = read(f"福满楼、川味轩雪碧{together}")

    assert "customer" in made["unknown"]
    assert "also" not in made
