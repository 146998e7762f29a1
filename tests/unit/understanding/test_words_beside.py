"""What words beside the goods or the order do to what is asked for."""

import pytest

from tests.unit.understanding.lines import read


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("银泰衣品汇 连帽卫衣\n颜色\tM\tL\n黑\t3\t5\n粉\t\t4", ["WY01 3", "WY02 5", "WY10 4"]),
        (
            "老徐\n帆布鞋\n颜色\t39\t40\n黑\t1\t2\n运动鞋\n颜色\t40\t41\n黑\t3\t4",
            ["FB04 1", "FB05 2", "YD01 3", "YD02 4"],
        ),
        ("老徐\n6601\t36\t37\n黑\t1\t2\n6602\t40\t41\n黑\t3\t4", ["FB01 1", "FB02 2", "YD01 3", "YD02 4"]),
        ("老徐\n款式\t39\t40\n运动鞋黑\t\t40\n帆布鞋黑\t39\t40", ["YD01 40", "FB04 39", "FB05 40"]),
        (
            "广发 直筒裤\n颜色\t28\t29\n深蓝\t30\t28\n浅蓝\t29\t31",
            ["NZ01 30", "NZ02 28", "NZ06 29", "NZ07 31"],
        ),
    ],
)
def test_a_table_is_of_the_style_above_it(text, wanted):
    made = read(text, trade="third/garments")

    assert [f"{line['sku']} {line['qty']}" for line in made["slots"]["lines"]] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("老徐\n帆布鞋\n颜色\t39\t40\n黑\t1\t2\n运动鞋\n黑\t\t4", ["FB04 1", "FB05 2", "YD01 4"]),
        ("老徐 帆布鞋\n\t39\t40\n黑\t39\t40", ["FB04 39", "FB05 40"]),
        ("老徐 帆布鞋\n颜色\t尺码\t数量\n黑\t40\t2", ["FB05 2"]),
        ("老徐 运动鞋\n品名\t39\t40\n帆布鞋黑\t1\t2", ["FB04 1", "FB05 2"]),
    ],
)
def test_a_style_holds_until_the_next_and_only_where_the_table_names_none(text, wanted):
    made = read(text, trade="third/garments")

    assert [f"{line['sku']} {line['qty']}" for line in made["slots"]["lines"]] == wanted


def test_a_row_of_numbers_that_are_sizes_is_no_head_under_a_list():
    made = read("老徐\n品名\t数量\t单价\n帆布鞋黑39\t39\t40", trade="third/garments")

    assert made["slots"]["lines"] == [{"sku": "FB04", "qty": "39", "unit": "双", "price": "40"}]


@pytest.mark.parametrize(
    ("between", "customers"),
    [("\n6602", ["N09"]), ("运动鞋\n", ["N09"]), ("快乐小店 运动鞋\n颜色", ["N09", None])],
)
def test_a_second_table_is_for_the_same_customer_unless_words_between_may_name_another(between, customers):
    made = read(f"老徐\n6601\t39\t40\n黑\t1\t2\n{between}\t40\t41\n黑\t3\t4", trade="third/garments")

    assert [one["slots"].get("customer") for one in (made, *made.get("also", ()))] == customers


def test_two_styles_above_a_table_leave_its_rows_open():
    made = read("老徐 帆布鞋和运动鞋\n颜色\t39\t40\n黑\t1\t2", trade="third/garments")

    assert made["ambiguous"] == {"lines[1].sku": ["FB05", "YD01"]}


def test_goods_counted_above_a_table_are_an_order_of_their_own():
    made = read("老徐\n帆布鞋黑38 30双\n颜色\t39\t40\n黑\t1\t2", trade="third/garments")

    assert made["slots"]["lines"][2] == {"sku": "FB03", "qty": "30", "unit": "双"}
    assert made["ambiguous"] == {"lines[1].sku": ["FB05", "YD01"]}


@pytest.mark.parametrize(
    ("text", "found"),
    [("老徐 鞋 黑色40码3双", {"FB05", "YD01"}), ("老徐 黑色40码的鞋3双", {"FB05", "YD01"})],
)
def test_one_character_that_ends_names_is_a_noun_beside_qualities(text, found):
    assert set(read(text, trade="third/garments")["ambiguous"]["lines[0].sku"]) == found


@pytest.mark.parametrize(
    ("text", "sku", "trade"),
    [
        ("风尚 连帽危衣 黑M2件", "WY01", "third/garments"),
        ("风尚 连帽危衣黑M2件", "WY01", "third/garments"),
        ("老李 内六脚螺栓M8×30 3盒", "F007", "third/fasteners"),
    ],
)
def test_a_style_is_heard_as_one_word(text, sku, trade):
    assert [line["sku"] for line in read(text, trade=trade)["slots"]["lines"]] == [sku]


@pytest.mark.parametrize(
    ("text", "intent", "reason"),
    [
        ("42驳回 没填单价", "order.reject", "没填单价"),
        ("33要拖到周四 司机请假了", "order.delay", "司机请假了"),
        ("33得推到周四，库存不够", "order.delay", "库存不够"),
        ("17先挂起 等客户问清楚库存", "order.hold", "等客户问清楚库存"),
        ("17驳回 小王请假没人审", "order.reject", "小王请假没人审"),
    ],
)
def test_behind_an_order_the_word_of_action_decides_and_the_reason_is_free(text, intent, reason):
    made = read(text)

    assert (made["intent"], made["slots"]["reason"]) == (intent, reason)


@pytest.mark.parametrize("text", ["17取消了吗", "17号单挂起了没有", "#17驳回了？", "17取消吗"])
def test_whether_something_was_done_is_a_question(text):
    assert read(text) == {"intent": "order.find", "slots": {"orders": ["17"]}}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("看看我未完成的单", {"state": "open", "mine": True}),
        ("看下我没发货的单", {"state": "picking", "mine": True}),
        ("看看未完成的单", {"state": "open"}),
    ],
)
def test_me_before_a_state_means_my_orders(text, wanted):
    assert read(text)["slots"] == wanted


def test_what_is_still_to_be_sent_over_is_no_story():
    made = read("哎那个帮我给江南小厨记一下啊酸梅汤六箱嗯还有挂面两箱后天中午之前送过去")

    assert made["intent"] == "order.create"
    assert read("昨天送过10箱雪碧给福满楼")["intent"] == "none"


QUOTED = "「跟单助手：#75 恒泰机电 外六角螺栓 M8×30 20盒 六角螺母 M8 20盒 {more}已建单」\n- - - - - - - - - - - - - - -\n"


def test_the_lines_of_a_quoted_order_say_which_goods_are_meant():
    made = read(QUOTED.format(more="") + "螺母改三十盒", trade="third/fasteners")

    assert made["slots"]["lines"] == [{"sku": "F011", "qty": "30", "unit": "盒"}]


def test_two_such_lines_in_a_quoted_order_are_asked_about():
    made = read(QUOTED.format(more="六角螺母 M10 5盒 ") + "螺母改三十盒", trade="third/fasteners")

    assert made["ambiguous"]


@pytest.mark.parametrize("text", ["哪些款要补货", "哪几款该补货了", "什么尺码要补货", "哪些要补货"])
def test_what_should_be_bought_may_be_asked_by_any_word_for_goods(text):
    assert read(text, trade="third/garments") == {"intent": "purchase.suggest"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("17签收并付款", ["order.sign", "order.pay"]),
        ("17签收了 款也付了", ["order.sign", "order.pay"]),
        ("17已签收已付款860", ["order.sign", "order.pay"]),
        ("福满楼那单签收并付款860", ["order.sign", "order.pay"]),
        ("17货款已付 已签收", ["order.pay", "order.sign"]),
        ("17审核通过并开始备货", ["order.approve", "order.pick"]),
        ("17发货并通知客户", ["order.ship"]),
        ("17取消 客户要退货", ["order.cancel"]),
        ("17签收了 可乐只收到18箱", ["order.sign"]),
        ("17挂起 等客户付款", ["order.hold"]),
    ],
)
def test_two_things_done_to_one_order_are_two_requests(text, wanted):
    made = read(text)

    assert [one["intent"] for one in (made, *made.get("also", ()))] == wanted


def test_what_was_received_stands_with_the_signing():
    made = read("17签收 实收雪碧8箱 微信收了360")

    assert made["slots"]["lines"] == [{"sku": "D005", "qty": "8", "unit": "箱"}]
    assert made["also"][0]["slots"] == {"orders": ["17"], "amount": "360", "method": "wechat"}


def test_a_word_nobody_knows_keeps_its_first_character():
    assert read("福满楼 快乐水10箱")["unknown"] == {"lines[0].sku": "快乐水"}
    assert read("福满楼 快点送雪碧10箱")["slots"]["urgent"]
