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

    tried = Notice("paid", "user:seller", 17, facts={"not_by": ["wecom"]})
    assert found == Detour(tried, (("console", "seller"),))


def test_no_door_is_tried_twice_whichever_comes_first_meanwhile():
    """Between two attempts the person may write elsewhere, or prefer another door."""
    wrote = ["console"]
    reach = Reach(lambda: REACHED, frozenset({"wecom", "console"}), lately=lambda _: tuple(wrote))
    notice, tried = Notice("paid", "user:seller", 17), []

    way, _ = reach("user:seller")[0]
    while found := [
        one for one in Detours(lambda: REACHED, reach)(notice, way, "") if one.notice.to == "user:seller"
    ]:
        tried.append(way)
        wrote[:] = [way]
        notice, (way, _) = found[0].notice, found[0].ways[0]

    assert [*tried, way] == ["console", "wecom"]


def test_what_is_for_a_strangers_account_is_for_nobody_else():
    assert detours(Notice("bound", "account:feishu:ou_1"), "feishu") == []


def test_behind_the_last_door_stands_the_process_owner():
    facts = {"instead_of": ["group:sales"], "not_by": ["wecom"]}
    notice = Notice("paid", "user:seller", 17, facts=facts)

    [found] = detours(notice, "console")

    assert found.notice.to == "user:chief"
    assert found.notice.facts == {"instead_of": ["group:sales", "user:seller"]}


def test_nobody_is_tried_twice():
    facts = {"instead_of": ["user:seller"], "not_by": ["wecom"]}

    assert detours(Notice("paid", "user:chief", 17, facts=facts), "console") == []


def test_a_report_with_amounts_is_not_for_who_may_not_see_them():
    report = Notice("report", "group:managers", facts={"text": "收款 1,320.00 元"})
    masked = replace(REACHED, workflow=replace(REACHED.workflow, permissions={"amount.see": ("finance",)}))

    assert [one.notice.to for one in detours(report)] == ["user:chief"]
    assert detours(report, company=masked) == []


def test_a_reply_is_for_nobody_else():
    assert detours(Notice("reply", "user:seller", facts={"not_by": ["wecom"]}), "console") == []


def test_the_page_is_the_only_way_of_a_demo():
    reach = Reach(lambda: REACHED, frozenset({"console"}), only="console")
    [found] = Detours(lambda: REACHED, reach)(replace(GROUP, mentions=("keeper",)), "console", "")

    assert found.ways == (("console", "user:keeper"),)
