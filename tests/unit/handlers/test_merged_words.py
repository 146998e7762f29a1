"""An order's line among others says no more than its own message would."""

from dataclasses import replace

from bot.render import Renderer
from domain.facts import Notice
from tests.builders import COMPANY, MONDAY

PAID = Notice("paid", "group:warehouse", 17, facts={"customer": "人民路华联", "sum": "500", "open": "0"})


def test_money_is_hidden_where_the_group_may_not_see_it():
    workflow = replace(COMPANY.workflow, permissions={"amount.see": ("finance",)})
    masked = Renderer(lambda: replace(COMPANY, workflow=workflow), lambda: MONDAY)

    assert masked.line([PAID]) == "- #17 人民路华联，收 ＊＊＊ 元"
    assert Renderer(lambda: COMPANY, lambda: MONDAY).line([PAID]) == "- #17 人民路华联，收 500.00 元"
