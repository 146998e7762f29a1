"""What is said about an order under way."""

from dataclasses import replace
from datetime import date

import pytest

from domain.alarm import acknowledge
from domain.amend import assign, complain, delay, note, urge
from domain.errors import Invalid, NotAllowed, Unknown
from domain.fulfilment import ship
from domain.halt import cancel
from domain.review import approve
from tests.builders import (
    ATTENDANT,
    BOSS,
    BUYER,
    CASHIER,
    CHIEF,
    COMPANY,
    EVERYBODY,
    KEEPER,
    LEAD,
    MONDAY,
    SECOND,
    SELLER,
    STEPS,
    a_company,
    an_act,
    boxes,
    entered,
    hours,
    picking,
    reviewing,
)


def told(done):
    return [(notice.kind, notice.to) for notice in done.notices]


def refused(code, asked, error=Invalid):
    with pytest.raises(error) as raised:
        asked()
    assert raised.value.code == code
    return raised.value.facts


def with_person(person):
    return a_company(staff=tuple(person if one.user_id == person.user_id else one for one in EVERYBODY))


def test_a_delay_says_the_old_day_the_new_one_and_why():
    order = picking(due=date(2026, 11, 24))

    done = delay(order, an_act(KEEPER), date(2026, 11, 26), "车坏了")

    assert done.order.due == date(2026, 11, 26)
    assert told(done) == [("delayed", "group:warehouse"), ("delayed", "user:seller")]
    facts = done.notices[0].facts
    assert (facts["was"], facts["due"], facts["reason"]) == ("2026-11-24", "2026-11-26", "车坏了")


def test_a_delay_is_later_and_not_in_the_past():
    order = picking(due=date(2026, 11, 24))

    assert refused("not-later", lambda: delay(order, an_act(KEEPER), date(2026, 11, 24)))["was"] == order.due
    refused("due-past", lambda: delay(order, an_act(KEEPER), date(2026, 11, 1)))
    assert delay(picking(), an_act(BUYER), date(2026, 11, 24)).notices[0].facts["was"] is None


def test_finance_promises_no_other_day():
    refused("no-role", lambda: delay(picking(), an_act(CASHIER), date(2026, 11, 26)), NotAllowed)


def test_a_remark_is_added_to_those_there_are():
    first = note(picking(), an_act(CASHIER), " 放门口 ")
    second = note(first.order, an_act(), "打电话")

    assert second.order.note == "放门口\n打电话"
    assert told(second) == [("noted", "group:warehouse")]
    assert second.notices[0].facts["note"] == "打电话"
    refused("text-missing", lambda: note(picking(), an_act(), " "))
    refused("text-too-long", lambda: note(first.order, an_act(), "长" * 1999))


def test_work_is_handed_to_somebody_who_may_do_it():
    order = picking()

    done = assign(order, an_act(LEAD), "keeper")

    assert (done.order.owner, done.events[0].data["to"]) == ("keeper", "keeper")
    assert told(done) == [("assigned", "user:keeper"), ("assigned", "user:picker")]
    facts = refused("cannot-take", lambda: assign(order, an_act(LEAD), "cashier"), NotAllowed)
    assert (facts["name"], facts["who"]) == ("会计甲", ("总经理", "经理", "仓管甲", "仓管乙"))
    assert refused("already-theirs", lambda: assign(order, an_act(LEAD), "picker"))["name"] == "仓管乙"
    refused("staff", lambda: assign(order, an_act(LEAD), "nobody"), Unknown)
    refused("no-role", lambda: assign(order, an_act(SELLER), "keeper"), NotAllowed)


def test_a_review_is_handed_to_another_reviewer_never_to_the_maker():
    order = reviewing(by=SELLER)

    assert assign(order, an_act(CHIEF), "lead").order.owner == "lead"
    refused("cannot-take", lambda: assign(order, an_act(LEAD), "seller"), NotAllowed)


def test_who_may_act_in_the_step_takes_the_order_over_and_who_had_it_is_told():
    done = acknowledge(picking(), an_act(KEEPER))

    assert done.order.owner == "keeper"
    assert [event.kind for event in done.events] == ["order:taken", "order:acked"]
    assert told(done) == [("acked", "group:warehouse"), ("assigned", "user:picker")]
    assert {notice.facts["was"] for notice in done.notices} == {"仓管乙"}
    assert refused("acked-already", lambda: acknowledge(done.order, an_act(KEEPER)))["number"] == 17


def test_who_is_above_the_owner_takes_the_order_over_and_a_stranger_does_not():
    sold = ship(picking(), an_act(KEEPER)).order
    without_sales = replace(LEAD, roles=frozenset({"sales_supervisor"}))

    assert sold.owner == "seller"
    assert acknowledge(sold, an_act(without_sales, company=with_person(without_sales))).order.owner == "lead"
    assert acknowledge(sold, an_act(BOSS)).order.owner == "boss"
    facts = refused("no-role", lambda: acknowledge(sold, an_act(KEEPER)), NotAllowed)
    assert (facts["action"], facts["instead"]) == ("alert.ack", "")
    assert facts["who"] == ("总经理", "经理", "主管甲", "销售甲", "销售乙", "客服甲")


def test_a_review_is_taken_over_by_whoever_may_still_say_yes_never_by_the_maker():
    order = approve(reviewing(boxes(450), by=CHIEF), an_act(LEAD), {}).order

    assert acknowledge(order, an_act(SECOND)).order.owner == "second"
    for person in (CHIEF, LEAD, SELLER):
        assert refused("no-role", lambda by=person: acknowledge(order, an_act(by)), NotAllowed)["who"] == (
            "总经理",
            "主管乙",
        )


def test_a_company_says_itself_who_takes_over():
    company = a_company(permissions={"alert.ack": ("finance",)})

    assert acknowledge(picking(), an_act(CASHIER, company=company)).order.owner == "cashier"
    refused("no-role", lambda: acknowledge(picking(), an_act(KEEPER, company=company)), NotAllowed)


def test_what_is_over_is_taken_by_nobody():
    refused("wrong-step", lambda: acknowledge(cancel(picking(), an_act()).order, an_act(LEAD)), NotAllowed)


def test_a_step_without_roles_may_be_anybodys():
    steps = {step.key: replace(step, roles=()) if step.key == "short" else step for step in STEPS}
    company = a_company(steps)
    order = entered(stock={}, company=company).order

    short = approve(order, an_act(LEAD, company=company), {}).order

    assert assign(short, an_act(LEAD, company=company), "cashier").order.owner == "cashier"


def test_urging_counts_and_is_told_at_once():
    done = urge(urge(picking(), an_act()).order, an_act(ATTENDANT, at=MONDAY + hours(1)))

    assert done.order.urges == 2
    assert told(done) == [("urged", "group:warehouse")]
    notice = done.notices[0]
    assert (notice.lane, notice.mentions, notice.facts["urges"]) == ("urgent", ("picker",), 2)


def test_a_cancelled_order_is_not_urged():
    order = cancel(picking(), an_act()).order

    refused("wrong-step", lambda: urge(order, an_act()), NotAllowed)


def test_a_complaint_reaches_service_and_the_salesperson():
    done = complain(picking(), an_act(KEEPER), "送错了")

    assert (done.order, done.events[0].data["reason"]) == (picking(), "送错了")
    assert told(done) == [("complained", "group:service"), ("complained", "user:seller")]
    refused("text-missing", lambda: complain(picking(), an_act(), ""))


def test_who_has_left_or_acts_is_not_told():
    gone = replace(SELLER, active=False)
    company = a_company(staff=(gone, ATTENDANT, LEAD, KEEPER))

    assert told(complain(picking(), an_act(KEEPER, company=company), "破了")) == [
        ("complained", "group:service")
    ]
    assert told(complain(picking(), an_act(SELLER), "破了")) == [("complained", "group:service")]


def test_an_owner_is_mentioned_in_a_group_of_theirs_and_else_told_personally():
    sold = ship(picking(), an_act(KEEPER)).order

    there, elsewhere = urge(picking(), an_act(ATTENDANT)), urge(sold, an_act(ATTENDANT))

    assert [(one.to, one.mentions) for one in there.notices] == [("group:warehouse", ("picker",))]
    assert [(one.kind, one.to, one.mentions) for one in elsewhere.notices] == [
        ("urged", "group:service", ()),
        ("urged", "user:seller", ()),
    ]


def test_an_owner_who_belongs_to_no_group_of_the_step_hears_it_once():
    sold = ship(picking(due=date(2026, 11, 24)), an_act(KEEPER)).order

    late = delay(sold, an_act(KEEPER), date(2026, 11, 26))

    assert told(late) == [("delayed", "group:service"), ("delayed", "user:seller")]
    assert told(urge(sold, an_act(SELLER))) == [("urged", "group:service")]


def test_a_step_without_a_group_tells_its_owner():
    order = picking()
    silent = replace(COMPANY, groups={})

    assert told(urge(order, an_act(company=silent))) == [("urged", "user:picker")]
