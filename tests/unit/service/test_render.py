"""What a merged message says is what its readers may read, as of when it leaves."""

from dataclasses import replace
from datetime import timedelta

from bot.render import Renderer
from domain.company import Company
from domain.facts import Notice
from tests.builders import COMPANY, MONDAY

FINANCE_ONLY = replace(COMPANY, workflow=replace(COMPANY.workflow, permissions={"amount.see": ("finance",)}))


def renderer(company: Company) -> Renderer:
    """One that words at a fixed moment."""
    return Renderer(lambda: company, lambda: MONDAY)


def test_a_line_hides_amounts_from_a_group_that_may_not_see_them():
    paid = Notice("paid", "group:warehouse", 17, facts={"customer": "东市超市", "sum": "1320.00"})

    assert "收 1,320.00 元" in renderer(COMPANY).line([paid])
    assert "收 ＊＊＊ 元" in renderer(FINANCE_ONLY).line([paid])


def test_an_early_warning_is_not_called_late_among_others():
    limit = (MONDAY + timedelta(hours=1)).isoformat()
    early = Notice("overdue", "user:lina", 17, facts={"customer": "东市超市", "limit_at": limit})
    late = replace(early, facts={"customer": "东市超市", "limit_at": MONDAY.isoformat()})

    assert "快到时限" in renderer(COMPANY).heading(early, False, 1, False)
    assert "超时提醒" in renderer(COMPANY).heading(late, False, 1, False)
