"""An order's line among others says no more and nothing else than its own message would."""

from dataclasses import replace
from datetime import timedelta

from bot.render import Renderer
from domain.facts import Notice
from tests.builders import COMPANY, MONDAY

PAID = Notice("paid", "group:warehouse", 17, facts={"customer": "人民路华联", "sum": "500", "open": "0"})


def overdue(limit: timedelta) -> Notice:
    facts = {"customer": "人民路华联", "owner": "马东", "limit_at": (MONDAY + limit).isoformat()}
    return Notice("overdue", "group:warehouse", 17, facts=facts)


def test_money_is_hidden_where_the_group_may_not_see_it():
    workflow = replace(COMPANY.workflow, permissions={"amount.see": ("finance",)})
    masked = Renderer(lambda: replace(COMPANY, workflow=workflow), lambda: MONDAY)

    assert masked.line([PAID]) == "- #17 人民路华联，收 ＊＊＊ 元"
    assert Renderer(lambda: COMPANY, lambda: MONDAY).line([PAID]) == "- #17 人民路华联，收 500.00 元"


def test_an_early_warning_says_that_there_is_time():
    words = Renderer(lambda: COMPANY, lambda: MONDAY)

    assert "还没到时限" in words.line([overdue(timedelta(hours=1))])
    assert "时限" not in words.line([overdue(-timedelta(hours=1))])
