"""What is done at once is done only where the words leave no doubt."""

from decimal import Decimal

import pytest

from handlers.dialogue.caution import cautious
from handlers.understanding.reading import Reading, SaidLine, Slots


def a_reading(intent, *orders, **slots):
    """A request about these orders."""
    return Reading(intent, Slots(orders=orders or ("17",), **slots))


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("order.cancel", "不要取消 17"),
        ("order.cancel", "17先别取消"),
        ("order.cancel", "17 是不是该取消了"),
        ("order.ship", "17 不要发货"),
        ("order.ship", "17发了吗"),
        ("order.pay", "17 收款了没有"),
        ("order.sign", "17还没签收"),
        ("order.approve", "17通过？"),
        ("order.reject", "通过1，驳回2 价格低"),
        ("order.cancel", "17发货 18取消"),
        ("order.reject", "17通不通过"),
        ("order.cancel", "17怎么取消"),
        ("order.cancel", "17取消会怎样"),
        ("order.cancel", "17能取消"),
        ("order.cancel", "17差点取消"),
        ("order.cancel", "17没说取消"),
        ("order.cancel", "17老板问为什么取消"),
        ("order.cancel", "17如果没货就取消"),
        ("order.cancel", "17取消的话扣多少"),
        ("order.ship", "17要是发了告诉我"),
        ("order.ship", "17发了告诉我"),
        ("order.ship", "等17发了我再走"),
        ("order.ship", "等17号单发了我再走"),
        ("order.ship", "谁说17发了"),
        ("order.ship", "17准备发货了"),
        ("order.ship", "17马上发货"),
        ("order.ship", "17今天能发货"),
        ("order.ship", "17应该发了"),
        ("order.ship", "17忘发货了"),
        ("order.ship", "17客户说发了假的"),
        ("order.pay", "17如果收款500就发货"),
        ("order.pay", "17好像收款500了"),
        ("order.pay", "17应收500"),
        ("order.pay", "17要收500"),
        ("order.ship", "17发了吧"),
        ("order.sign", "17签收了吧"),
        ("order.pay", "17收款了吧"),
        ("order.change", "17别改成20箱"),
        ("order.change", "17先不改成20箱"),
        ("order.hold", "17挂起会怎样"),
        ("order.hold", "17如果没付款就挂起"),
        ("order.assign", "17别转给王强"),
        ("stock.in", "没到货 纯生20箱 主仓"),
        ("stock.in", "明天到货 纯生20箱 主仓"),
        ("stock.in", "该到货纯生20箱 主仓"),
        ("stock.in", "供应商说到货纯生20箱 主仓"),
        ("stock.in", "如果到货纯生20箱 告诉我"),
        ("stock.count", "盘点纯生20箱对不对 主仓"),
    ],
)
def test_what_is_denied_or_asked_is_not_done(intent, text):
    reading = a_reading(intent)

    assert cautious(reading, text, [reading]).intent == "none"


@pytest.mark.parametrize(
    ("reading", "text", "slot"),
    [
        (a_reading("order.pay"), "17 收款 1e3元", "amount"),
        (a_reading("order.pay"), "17 收款 九亿元", "amount"),
        (a_reading("order.pay"), "收款 17 NaN元", "amount"),
        (a_reading("order.pay", amount=Decimal(1000)), "收款 17 大概1000", "amount"),
        (a_reading("order.pay", amount=Decimal(5)), "收款 17 -5元", "amount"),
        (a_reading("order.pay", "5"), "收款 -5", "amount"),
        (a_reading("order.sign"), "17 签收 100箱", "lines"),
        (a_reading("order.ship"), "17发了 十箱", "lines"),
        (a_reading("order.return", lines=(SaidLine(sku="A", qty=Decimal(3)),)), "17退货 绿茶-3箱", "lines"),
    ],
)
def test_a_figure_nobody_read_is_asked_about(reading, text, slot):
    asked = cautious(reading, text, [reading])

    assert asked.missing == (slot,)
    assert asked.slots.amount is None


@pytest.mark.parametrize(
    ("reading", "text"),
    [
        (a_reading("order.pay"), "收款 17 微信"),
        (a_reading("order.pay"), "SO261122-0017 收款"),
        (a_reading("order.pay", amount=Decimal(3200)), "收款 17 3200 微信"),
        (a_reading("order.ship", carrier="顺丰", tracking="SF1234567890"), "17发了 顺丰SF1234567890"),
        (a_reading("order.ship", "17", "18"), "17、18都发了"),
        (a_reading("order.sign"), "17昨天3点签收了"),
        (a_reading("order.cancel", reason="客户不要了"), "17号单取消 客户不要了"),
        (a_reading("order.return", reason="过期3天"), "17整单退 过期3天"),
        (a_reading("order.find"), "17发了吗"),
        (a_reading("order.cancel"), "17只能取消了"),
        (a_reading("order.cancel"), "17马上取消"),
        (a_reading("order.change"), "17应该改成15箱"),
        (a_reading("order.change"), "17雪碧不要换成可乐5箱"),
        (a_reading("order.hold"), "17挂起 先别发"),
        (a_reading("stock.in"), "到货 纯生20箱 明天还有20箱"),
        (a_reading("order.cancel", reason="如果再要就重下"), "17取消 如果再要就重下"),
        (a_reading("order.cancel", reason="不知道怎么搞的"), "17取消 不知道怎么搞的"),
        (a_reading("order.cancel"), "客户想取消17"),
        (a_reading("order.ship"), "17马师傅发了"),
        (a_reading("order.ship"), "17发了 客户说要快"),
        (a_reading("order.pay", amount=Decimal(500)), "17收款500 客户说尾款月底给"),
        (a_reading("order.pay", amount=Decimal(500)), "17实收500"),
    ],
)
def test_what_is_clear_is_left_alone(reading, text):
    assert cautious(reading, text, [reading]) == reading


def test_two_deeds_that_were_both_read_are_both_done():
    ship, short = a_reading("order.ship"), a_reading("order.cancel", "18")

    assert [cautious(one, "17发货 18取消", [ship, short]) for one in (ship, short)] == [ship, short]
