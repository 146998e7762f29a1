"""Whose an order is: by rule, in turn, by open work; who stands in; and never nobody's, whoever is away."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.act import Act
from domain.alarm import acknowledge
from domain.assignment import owner_for, weighed_among
from domain.catalogue import Staff
from domain.company import FINISHED, Assignment, Company
from domain.duty import Absence, Duty
from domain.escalation import next_ring, overdue
from domain.facts import Timer
from domain.fulfilment import ship
from domain.ladder import timers_of
from domain.meaning import meant_by
from domain.order import Order
from domain.people import takers
from domain.remarks import assign, urge
from domain.standing_in import covering
from tests.builders import (
    ATTENDANT,
    CHIEF,
    EVERYBODY,
    KEEPER,
    LEAD,
    MONDAY,
    PICKER,
    SELLER,
    a_company,
    boxes,
    hours,
    person,
    picking,
    reviewing,
)

TODAY = date(2026, 11, 23)
THIRD = person("third", "仓管丙", "warehouse", manager="keeper")
STAFF = (*EVERYBODY, THIRD)  # keeper, picker, third hold the warehouse's role


def company_with(*rules: Assignment, staff: tuple[Staff, ...] = STAFF) -> Company:
    plain = a_company(staff=staff)
    return replace(plain, workflow=replace(plain.workflow, assign=rules))


def away(user_id: str, deputy: str = "", days: int = 0) -> Absence:
    return Absence(user_id, TODAY, TODAY + timedelta(days=days), deputy)


def act_of(company: Company, *absences: Absence, at: datetime = MONDAY, **loads: int) -> Act:
    return Act(SELLER, at, company, "test", Duty(absences), loads)


def owner(step: str, order: Order, act: Act) -> tuple[str, dict[str, str]]:
    chosen, why = owner_for(act.company.workflow.steps[step], order, act)
    return chosen, dict(why)


def numbered(number: int) -> Order:
    return replace(picking(), number=number)


def test_without_rules_a_role_takes_turns_by_the_orders_number():
    act = act_of(company_with())

    assert [owner("picking", numbered(n), act)[0] for n in range(3)] == ["keeper", "picker", "third"]
    assert owner("picking", numbered(3), act)[1] == {"by": "turn"}
    assert owner("shipped", numbered(3), act) == ("seller", {"by": "seller"})
    assert owner("done", numbered(3), act) == ("", {})


@pytest.mark.parametrize(
    ("rule", "fits"),
    [
        ({"customer_types": ("商超",)}, True),
        ({"customer_types": ("餐饮",)}, False),
        ({"regions": ("东区", "西区")}, True),
        ({"regions": ("西区",)}, False),
        ({"lines": ("饮料",)}, True),
        ({"lines": ("粮油",)}, False),
        ({"warehouses": ("EAST",)}, True),
        ({"warehouses": ("WEST",)}, False),
        ({"above": Decimal(95)}, True),
        ({"above": Decimal(96)}, False),
        ({"up_to": Decimal(96)}, True),
        ({"up_to": Decimal(95)}, False),
        ({"steps": ("picking", "short")}, True),
        ({"steps": ("short",)}, False),
        ({"regions": ("东区",), "up_to": Decimal(1)}, False),
    ],
)
def test_a_rule_holds_where_all_its_conditions_do(rule, fits):
    act = act_of(company_with(Assignment(person="third", **rule)))

    chosen, why = owner("picking", numbered(0), act)

    assert (chosen, why) == (("third", {"by": "rule", "rule": "1"}) if fits else ("keeper", {"by": "turn"}))


def test_the_first_rule_that_fits_wins():
    rules = (
        Assignment(person="third", regions=("西区",)),
        Assignment(person="picker"),
        Assignment(person="third"),
    )

    assert owner("picking", numbered(0), act_of(company_with(*rules))) == (
        "picker",
        {"by": "rule", "rule": "2"},
    )


def test_a_product_or_warehouse_the_company_no_longer_has_fits_no_rule():
    order = numbered(0)
    line = replace(order.lines[0], sku="GONE", allocations=())
    rule = Assignment(person="third", lines=("饮料",))

    assert owner("picking", replace(order, lines=(line,)), act_of(company_with(rule)))[0] == "keeper"


def test_the_least_loaded_of_a_role_gets_it_and_equals_take_turns():
    company = company_with(Assignment(role="warehouse", least=True))
    act = act_of(company, keeper=5, picker=2, third=2)

    assert [owner("picking", numbered(n), act)[0] for n in range(3)] == ["picker", "picker", "third"]
    assert owner("picking", numbered(0), act)[1] == {"by": "least", "rule": "1", "role": "warehouse"}
    assert (
        owner("picking", numbered(0), act_of(company, away("picker"), away("third"), keeper=5))[0] == "keeper"
    )
    assert set(weighed_among(company)) == {"keeper", "picker", "third"}
    assert weighed_among(company_with(Assignment(role="warehouse"))) == ()


def test_a_rule_may_take_turns_within_another_role():
    rule = Assignment(role="manager", steps=("picking",))

    assert owner("picking", numbered(0), act_of(company_with(rule))) == (
        "boss",
        {"by": "turn", "rule": "1", "role": "manager"},
    )


def test_a_rule_never_gives_a_review_to_who_made_the_order_and_the_next_one_is_asked():
    rules = (
        Assignment(person="lead", steps=("reviewing",)),
        Assignment(person="second", steps=("reviewing",)),
    )
    company = company_with(*rules)

    assert owner("reviewing", reviewing(), act_of(company))[0] == "lead"
    assert owner("reviewing", reviewing(by=LEAD), act_of(company)) == ("second", {"by": "rule", "rule": "2"})


def test_a_rule_for_somebody_who_may_not_act_there_is_passed_over():
    company = company_with(Assignment(person="cashier"), Assignment(role="finance"))

    assert owner("picking", numbered(0), act_of(company))[0] == "keeper"
    assert owner("signed", numbered(0), act_of(company))[0] == "cashier"


def test_a_rule_without_a_step_leaves_drafts_to_the_seller():
    company = company_with(Assignment(role="sales"))

    assert owner("draft", numbered(0), act_of(company))[1] == {"by": "seller"}
    assert owner("hold", numbered(0), act_of(company))[1] == {"by": "seller"}
    assert owner("shipped", numbered(1), act_of(company))[1]["by"] == "turn"


def test_who_is_away_is_stood_in_for_by_whom_they_named():
    act = act_of(company_with(), away("keeper", "third", days=2))

    assert owner("picking", numbered(0), act) == (
        "third",
        {"by": "turn", "meant": "keeper", "away": "2026-11-25"},
    )


def test_else_by_the_usual_deputy_the_next_in_the_role_the_superior_any_manager():
    deputised = tuple(replace(one, deputy="third") if one is KEEPER else one for one in STAFF)
    assert owner("picking", numbered(0), act_of(company_with(staff=deputised), away("keeper")))[0] == "third"
    assert owner("picking", numbered(0), act_of(company_with(), away("keeper")))[0] == "picker"
    gone = (away("keeper"), away("picker"), away("third"))
    assert owner("picking", numbered(0), act_of(company_with(), *gone))[0] == "chief"
    assert owner("picking", numbered(0), act_of(company_with(), *gone, away("chief")))[0] == "boss"


def test_a_deputy_who_may_not_act_there_does_not_stand_in():
    act = act_of(company_with(), away("keeper", "cashier"))

    assert owner("picking", numbered(0), act)[0] == "picker"


def test_where_everybody_is_away_it_waits_for_whom_it_was_meant():
    act = act_of(company_with(), *(away(one.user_id) for one in STAFF))

    assert owner("picking", numbered(0), act) == ("keeper", {"by": "turn"})
    assert owner("shipped", numbered(0), act) == ("seller", {"by": "seller"})


def test_a_seller_who_is_away_is_stood_in_for():
    assert (
        owner("shipped", numbered(0), act_of(company_with(), away("seller")))[0] == "other"
    )  # the usual deputy


def test_deputies_who_are_away_lead_on_and_never_in_a_circle():
    staff = tuple(
        replace(one, deputy={"keeper": "picker", "picker": "third", "third": "keeper"}.get(one.user_id, ""))
        for one in STAFF
    )
    company = company_with(staff=staff)
    first = [away("keeper"), away("picker")]

    assert [one.user_id for one in covering(KEEPER, act_of(company, *first))] == []
    keeper = company.staff("keeper")
    assert keeper is not None
    assert [one.user_id for one in covering(keeper, act_of(company, *first))] == ["third"]
    assert [one.user_id for one in covering(keeper, act_of(company, *first, away("third")))] == []


def shifted(**shifts: tuple[int, int]) -> tuple[Staff, ...]:
    return tuple(
        replace(one, shifts=((time(shifts[one.user_id][0]), time(shifts[one.user_id][1])),))
        if one.user_id in shifts
        else one
        for one in STAFF
    )


def test_whoever_has_gone_home_is_passed_over_while_a_colleague_still_comes():
    company = company_with(staff=shifted(keeper=(8, 16), picker=(12, 20), third=(8, 16)))
    evening = MONDAY + hours(7)  # five o'clock

    assert owner("picking", numbered(0), act_of(company, at=evening)) == (
        "picker",
        {"by": "turn", "meant": "keeper", "off": "1"},
    )
    assert owner("picking", numbered(0), act_of(company, at=MONDAY))[0] == "keeper"
    # Before his shift begins he still comes today.
    assert owner("picking", numbered(1), act_of(company, at=MONDAY - hours(1)))[0] == "picker"


def test_when_all_have_gone_home_it_is_whose_turn_it_is_tomorrow():
    company = company_with(staff=shifted(keeper=(8, 16), picker=(8, 16), third=(8, 16)))

    assert owner("picking", numbered(0), act_of(company, at=MONDAY + hours(8)))[0] == "keeper"
    saturday = MONDAY + timedelta(days=5)
    assert owner("picking", numbered(0), act_of(company, at=saturday)) == ("keeper", {"by": "turn"})


def test_what_a_colleague_gives_or_takes_says_so():
    company = company_with()

    given = assign(picking(company=company), Act(LEAD, MONDAY, company, "m"), "keeper").order
    taken = acknowledge(given, Act(PICKER, MONDAY, company, "n")).order

    assert given.chosen == (("by", "hand"), ("from", "lead"))
    assert taken.chosen == (("by", "taken"),)
    assert dict(ship(taken, Act(KEEPER, MONDAY, company, "o")).order.chosen) == {"by": "seller"}


# Rungs.


def rung(whom: str, order: Order, act: Act) -> str:
    return meant_by(whom, order, act)[0].user_id


MINE = replace(picking(), owner="keeper")


def test_a_rung_that_means_somebody_away_rings_for_who_stands_in():
    assert rung("owner", MINE, act_of(company_with(), away("keeper", "third"))) == "third"
    assert rung("owner", MINE, act_of(company_with(), away("keeper"))) in ("picker", "third")
    gone = (away("keeper"), away("picker"), away("third"))
    assert rung("owner", MINE, act_of(company_with(), *gone)) == "chief"
    assert rung("supervisor", MINE, act_of(company_with(), away("chief"))) == "boss"
    assert rung("supervisor", MINE, act_of(company_with(), away("chief", "second"))) == "second"
    assert rung("manager", MINE, act_of(company_with(), away("chief"))) == "boss"
    assert rung("deputy", MINE, act_of(company_with(), away("keeper", "third"))) == "third"
    assert rung("finance", MINE, act_of(company_with(), away("cashier"))) == "chief"


def test_a_rung_at_an_hour_when_its_person_is_not_at_work_rings_for_a_colleague_who_is():
    company = company_with(staff=shifted(keeper=(8, 16), picker=(8, 16)))
    evening = MONDAY + hours(7)

    assert rung("owner", MINE, act_of(company, at=evening)) == "third"
    assert rung("owner", MINE, act_of(company)) == "keeper"


def test_where_nobody_is_there_it_rings_for_whom_it_means():
    everybody = [away(one.user_id) for one in STAFF]

    assert rung("owner", MINE, act_of(company_with(), *everybody)) == "keeper"


def test_a_deputy_who_may_take_it_over_is_called_before_one_who_may_not():
    staff = tuple(replace(one, deputy="third") if one is KEEPER else one for one in STAFF)

    act = act_of(company_with(staff=staff), away("keeper", "cashier"))

    assert [one.user_id for one in meant_by("owner", MINE, act)][:2] == ["third", "cashier"]


def test_the_group_is_called_for_who_stands_in():
    company = company_with()
    act = act_of(company, away("keeper", "third"))

    (notice,) = urge(MINE, act).notices

    assert (notice.to, notice.mentions) == ("group:warehouse", ("third",))
    assert urge(MINE, act_of(company, *(away(one.user_id) for one in STAFF))).notices[0].mentions == (
        "keeper",
    )


def test_the_next_ring_names_whom_it_will_mean_then():
    ring = next_ring(MINE, act_of(company_with(), away("keeper", "third")))

    assert ring is not None
    assert (ring.due, ring.rung.whom, ring.person and ring.person.user_id) == (
        MONDAY + hours(1),
        "owner",
        "third",
    )


# Whatever happens to people.

DAYS = st.integers(-2, 2)


@st.composite
def worlds(draw):
    """Any people of the company: some gone, some away, some on shifts, with deputies in any circle."""
    ids = [one.user_id for one in STAFF]
    staff = []
    for one in STAFF:
        shift = draw(
            st.sampled_from([(), (), ((time(8), time(16)),), ((time(16), time.max), (time(0), time(2)))])
        )
        staff.append(
            replace(
                one,
                active=draw(st.sampled_from([True, True, True, False])),
                deputy=draw(st.sampled_from(["", "", *ids, "nobody"])),
                manager=draw(st.sampled_from([one.manager, one.manager, *ids])),
                shifts=shift,
            )
        )
    absences = tuple(
        Absence(user, TODAY + timedelta(days=draw(DAYS)), TODAY + timedelta(days=draw(DAYS)), deputy)
        for user, deputy in draw(
            st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(["", *ids])), max_size=12)
        )
    )
    rule = st.builds(
        Assignment,
        person=st.sampled_from(["", *ids]),
        role=st.sampled_from(["warehouse", "manager", "sales_supervisor", "nothing"]),
        least=st.booleans(),
        steps=st.sampled_from([(), ("reviewing",), ("picking",)]),
    )
    company = company_with(*draw(st.lists(rule, max_size=3)), staff=tuple(staff))
    maker = draw(st.sampled_from([SELLER, LEAD, CHIEF, ATTENDANT]))
    order = replace(
        reviewing(boxes(draw(st.sampled_from([50, 450]))), by=maker), number=draw(st.integers(1, 40))
    )
    at = MONDAY + timedelta(hours=draw(st.integers(0, 24 * 7)))
    loads = {user: draw(st.integers(0, 3)) for user in ids}
    return Act(SELLER, at, company, "test", Duty(absences), loads), order


@given(worlds())
def test_an_order_is_always_somebodys_and_a_review_never_its_makers(world):
    act, order = world
    anybody = [one for one in act.company.catalogue.staff.values() if one.active]
    for step in act.company.workflow.steps.values():
        chosen, why = owner_for(step, replace(order, step=step.key), act)
        if step.kind in FINISHED:
            assert chosen == ""
            continue
        others = [one for one in anybody if one.user_id not in order.authors]
        somebody = others if step.kind == "reviewing" else anybody
        assert bool(chosen) == bool(somebody)
        if chosen:
            colleague = act.company.staff(chosen)
            assert colleague is not None
            assert colleague.active
            assert step.kind != "reviewing" or chosen not in order.authors
            assert dict(why)["by"]


@given(worlds())
def test_every_rung_finds_somebody_who_works_here_and_somebody_at_work_where_there_is_one(world):
    act, order = world
    order = replace(order, owner=owner_for(act.company.workflow.steps["reviewing"], order, act)[0])
    managers = [one for one in act.company.catalogue.staff.values() if one.active and "manager" in one.roles]
    for whom in ("owner", "deputy", "supervisor", "manager", "warehouse"):
        people = meant_by(whom, order, act)
        assert all(one.active for one in people)
        assert len(people) == len(set(people))
        assert people or not managers
    assert meant_by("group", order, act) == ()


@given(worlds())
def test_a_ring_is_told_whoever_is_away(world):
    act, order = world
    order = replace(order, owner=owner_for(act.company.workflow.steps["reviewing"], order, act)[0])
    timers = timers_of(order, act.company)
    change = overdue(order, timers[0], timers[0].due, act.company, act.duty)

    assert change is not None
    assert change.notices or not meant_by("owner", order, replace(act, at=timers[0].due))
    if change.notices:
        assert all(notice.to.startswith("user:") for notice in change.notices)


def test_who_left_owns_nothing_and_silences_nothing():
    gone = replace(PICKER, active=False)
    company = a_company(staff=tuple(gone if one is PICKER else one for one in EVERYBODY))
    order = replace(picking(company=company), owner="picker")

    assert gone not in takers(company.workflow.steps["picking"], order, company)
    assert rung("owner", order, Act(SELLER, MONDAY, company, "t")) in ("keeper", "chief")


def test_nobody_at_all_is_nobodys():
    company = a_company(staff=tuple(replace(one, active=False) for one in EVERYBODY))

    assert owner_for(company.workflow.steps["picking"], picking(), Act(SELLER, MONDAY, company, "t")) == (
        "",
        (),
    )
    timer = Timer(17, 2, 0, 0, MONDAY)
    change = overdue(picking(), timer, MONDAY, company)
    assert change is not None
    assert [notice.to for notice in change.notices] == ["group:warehouse"]
