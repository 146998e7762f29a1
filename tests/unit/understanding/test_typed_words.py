import pytest

from tests.unit.understanding.lines import read

REVIEW = [
    ("17通过", "order.approve", {}),
    ("驳回 17 价格太低", "order.reject", {"reason": "价格太低"}),
    ("发货 17 顺丰 SF1234567", "order.ship", {"carrier": "顺丰", "tracking": "SF1234567"}),
    ("收款 17 3200 微信", "order.pay", {"amount": "3200", "method": "wechat"}),
    ("签收 17", "order.sign", {}),
    ("取消 17 下重复了", "order.cancel", {"reason": "下重复了"}),
    ("挂起 17", "order.hold", {}),
    ("恢复 17", "order.resume", {}),
    ("查单 17", "order.find", {}),
    ("备注 17 周末不收货", "order.note", {"note": "周末不收货"}),
]


@pytest.mark.parametrize(("text", "intent", "slots"), REVIEW)
def test_a_typed_word_does_what_its_button_does(text, intent, slots):
    assert read(text) == {"intent": intent, "slots": {"orders": ["17"], **slots}}


@pytest.mark.parametrize(("text", "intent", "slots"), REVIEW)
def test_a_slash_before_the_word_changes_nothing(text, intent, slots):
    slashed = text if text.startswith("17") else "/" + text

    assert read(slashed) == {"intent": intent, "slots": {"orders": ["17"], **slots}}


@pytest.mark.parametrize(
    "text", ["通过17", "通过 17", "17通过", "17 通过", "17号通过", "#17通过", "十七号单通过", "17那单通过"]
)
def test_number_and_word_may_stand_in_either_order(text):
    assert read(text) == {"intent": "order.approve", "slots": {"orders": ["17"]}}


BUTTONS = {
    "通过": "order.approve",
    "驳回": "order.reject",
    "开始配货": "order.pick",
    "发货": "order.ship",
    "签收": "order.sign",
    "收款": "order.pay",
    "取消": "order.cancel",
    "挂起": "order.hold",
    "恢复": "order.resume",
    "催": "order.urge",
}


@pytest.mark.parametrize(
    "form", ["{0} 17", "{0}17", "17{0}", "17 {0}", "{0} #17", "#17 {0}", "{0}17号单", "17号单{0}"]
)
@pytest.mark.parametrize("word", BUTTONS)
def test_a_buttons_word_is_understood_however_it_is_put(word, form):
    assert read(form.format(word)) == {"intent": BUTTONS[word], "slots": {"orders": ["17"]}}


@pytest.mark.parametrize("text", ["17-19都发了", "17到19都发了", "17、18、19都发了", "17 18 19都发了"])
def test_several_orders_are_all_meant(text):
    assert read(text) == {"intent": "order.ship", "slots": {"orders": ["17", "18", "19"]}}


def test_goods_come_in_by_a_command():
    assert read("/入库 总仓 雪碧50箱") == {
        "intent": "stock.in",
        "slots": {"lines": [{"sku": "D005", "qty": "50", "unit": "箱"}], "warehouse": "W01"},
    }
