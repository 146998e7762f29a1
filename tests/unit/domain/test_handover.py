"""Whose the work of somebody who left is: the deputy's, the next in the role's, the nearest above's."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.duty import NOBODY_AWAY, Absence, Duty
from domain.handover import gone, hand_over
from domain.path import step_of
from domain.people import able
from tests.builders import (
    CHIEF,
    EVERYBODY,
    KEEPER,
    PICKER,
    SELLER,
    a_company,
    an_act,
    boxes,
    picking,
    reviewing,
)


def without(*left: str, **deputies: str):
    """The company when these have left."""
    return a_company(
        staff=tuple(
            replace(one, active=one.user_id not in left, deputy=deputies.get(one.user_id, one.deputy))
            for one in EVERYBODY
        )
    )


def handed(order, company, duty=NOBODY_AWAY):
    """Whose it is then."""
    change = hand_over(order, replace(an_act(CHIEF, company=company), duty=duty))
    return change.order.owner if change else None


ORDER = replace(picking(), owner=KEEPER.user_id)


def test_to_the_deputy():
    assert handed(ORDER, without("keeper", keeper="picker")) == "picker"
    assert [one.user_id for one in gone(without("keeper"))] == ["keeper"]


def test_to_the_deputys_deputy_where_the_deputy_is_away_or_left_too():
    day = date(2026, 11, 23)
    away = Duty((Absence("picker", day, day),))
    third = replace(PICKER, user_id="third", name="丙", deputy="")
    staff = (*without("keeper", keeper="picker", picker="third").catalogue.staff.values(), third)

    assert handed(ORDER, a_company(staff=staff), away) == "third"
    assert handed(ORDER, without("keeper", "picker", keeper="picker", picker="chief")) == "chief"


def test_to_the_next_in_the_role_where_nobody_is_named():
    assert handed(ORDER, without("keeper")) == "picker"


def test_to_the_nearest_above_where_the_role_is_empty():
    assert handed(ORDER, without("keeper", "picker")) == "chief"


def test_a_deputy_who_may_not_act_there_does_not_get_it():
    order = reviewing(boxes(50))
    left = replace(order, owner="lead")

    assert handed(left, without("lead", lead=SELLER.user_id)) not in {SELLER.user_id, "lead", None}


def test_where_everybody_is_away_it_waits_for_one_of_them():
    day = date(2026, 11, 23)
    away = Duty(tuple(Absence(one.user_id, day, day) for one in EVERYBODY))

    assert handed(ORDER, without("keeper", keeper="picker"), away) == "picker"


def test_what_is_in_the_hands_of_somebody_who_is_there_stays():
    assert handed(ORDER, without("seller")) is None


def test_it_is_an_event_and_says_from_whom():
    change = hand_over(ORDER, an_act(CHIEF, company=without("keeper")))

    assert change is not None
    assert dict(change.order.chosen) == {"by": "left", "from": "keeper"}
    assert [event.kind for event in change.events] == ["order:assigned"]
    assert change.notices == ()


@given(
    st.sets(st.sampled_from([one.user_id for one in EVERYBODY])),
    st.dictionaries(
        st.sampled_from([one.user_id for one in EVERYBODY]),
        st.sampled_from([one.user_id for one in EVERYBODY]),
    ),
    st.sampled_from([one.user_id for one in EVERYBODY]),
    st.booleans(),
)
def test_whoever_gets_it_is_there_and_may_act(left, deputies, owner, under_review):
    order = replace(reviewing() if under_review else ORDER, owner=owner)
    company = without(*left, **deputies)

    taker = handed(order, company)

    fit = {one.user_id for one in able(step_of(order, company), order, company)}
    assert taker is None if owner not in left or not fit else taker in fit - {owner}
