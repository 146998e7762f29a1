"""A notice that does not arrive goes to the people it concerns, then to the process owner, to nobody twice."""

from dataclasses import replace

from bot.detours import Detours
from bot.reach import Reach
from domain.company import Company
from domain.facts import Notice
from domain.outbox import Detour
from tests.builders import COMPANY

REACHED = replace(COMPANY, people_ways=("wecom", "console"))
GROUP = Notice("overdue", "group:warehouse", 17, ("keeper", "picker"), "urgent", {"customer": "东市超市"})


def detours(
    notice: Notice, way: str = "wecom-robot", owner: str = "", company: Company = REACHED
) -> list[Detour]:
    """Where it goes from here."""
    reach = Reach(lambda: company, frozenset({"wecom", "console"}))
    return list(Detours(lambda: company, reach)(notice, way, owner))


def test_from_a_group_to_those_who_were_mentioned():
    found = detours(GROUP)

    assert [(one.notice.to, one.ways) for one in found] == [
        ("user:keeper", (("wecom", "keeper"),)),
        ("user:picker", (("wecom", "picker"),)),
    ]
    assert found[0].notice.facts["instead_of"] == ["group:warehouse"]
    assert (found[0].notice.lane, found[0].notice.mentions) == ("urgent", ())


def test_where_nobody_was_mentioned_to_the_orders_owner():
    assert [one.notice.to for one in detours(replace(GROUP, mentions=()), owner="keeper")] == ["user:keeper"]


def test_where_nobody_is_concerned_to_the_process_owner():
    assert [one.notice.to for one in detours(replace(GROUP, mentions=()))] == ["user:chief"]


def test_a_person_is_tried_at_their_next_door():
    [found] = detours(Notice("paid", "user:seller", 17), "wecom")

    assert found == Detour(Notice("paid", "user:seller", 17), (("console", "seller"),))


def test_behind_the_last_door_stands_the_process_owner():
    notice = Notice("paid", "user:seller", 17, facts={"instead_of": ["group:sales"]})

    [found] = detours(notice, "console")

    assert found.notice.to == "user:chief"
    assert found.notice.facts["instead_of"] == ["group:sales", "user:seller"]


def test_nobody_is_tried_twice():
    assert detours(Notice("paid", "user:chief", 17, facts={"instead_of": ["user:seller"]}), "console") == []


def test_a_report_with_amounts_is_not_for_who_may_not_see_them():
    report = Notice("report", "group:managers", facts={"text": "收款 1,320.00 元"})
    masked = replace(REACHED, workflow=replace(REACHED.workflow, permissions={"amount.see": ("finance",)}))

    assert [one.notice.to for one in detours(report)] == ["user:chief"]
    assert detours(report, company=masked) == []


def test_a_reply_is_for_nobody_else():
    assert detours(Notice("reply", "user:seller"), "console") == []


def test_the_page_is_the_only_way_of_a_demo():
    reach = Reach(lambda: REACHED, frozenset({"console"}), only="console")
    [found] = Detours(lambda: REACHED, reach)(replace(GROUP, mentions=("keeper",)), "console", "")

    assert found.ways == (("console", "user:keeper"),)
