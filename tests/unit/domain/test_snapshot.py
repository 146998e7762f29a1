"""Orders as documents, their differences, and the chain of what was done."""

import json
from dataclasses import replace
from datetime import date, timedelta, timezone
from decimal import Decimal

import pytest

from domain.chain import link
from domain.facts import Event
from domain.fulfilment import ship
from domain.review import approve
from domain.snapshot import difference, document, from_document, patch, text
from tests.builders import KEEPER, LEAD, MONDAY, PLENTY, an_act, boxes, picking, reviewing

EVENT = Event(
    "order:17", "order:noted", MONDAY, "seller", "m1", {"note": "放门口", "before": {}, "after": {"a": 1}}
)


@pytest.mark.parametrize(
    "order",
    [
        picking(boxes(2), boxes(3, gift=True), due=date(2026, 12, 1), note="急", urgent=True),
        approve(reviewing(boxes(450)), an_act(LEAD), PLENTY).order,
        ship(picking(), an_act(KEEPER)).order,
        picking(*[boxes(1, unit="罐")] * 12),
    ],
)
def test_an_order_comes_back_from_its_document(order):
    stored = json.loads(json.dumps(document(order), sort_keys=True))

    assert from_document(stored) == replace(order, version=0)


@pytest.mark.parametrize(
    ("number", "said"), [("480", "480"), ("4.80E+2", "480"), ("45.5000", "45.5"), ("0.00", "0"), ("-3", "-3")]
)
def test_equal_numbers_have_one_text(number, said):
    assert text(Decimal(number)) == said


STATES = [
    picking(boxes(2), boxes(1, "TEA")),
    picking(boxes(4), due=date(2026, 12, 1), note="急"),
    ship(picking(boxes(2), boxes(1, "TEA")), an_act(KEEPER)).order,
    approve(reviewing(boxes(450)), an_act(LEAD), PLENTY).order,
    reviewing(boxes(50, price=Decimal(40)), boxes(1, gift=True)),
]


@pytest.mark.parametrize("one", STATES)
@pytest.mark.parametrize("other", STATES)
def test_a_difference_leads_from_one_state_to_the_other_and_back(one, other):
    changed = difference(one, other)

    assert patch(document(one), changed["before"], changed["after"]) == document(other)
    assert patch(document(other), changed["after"], changed["before"]) == document(one)
    assert (changed["before"] == changed["after"]) == (one == other)


def test_a_new_order_differs_from_nothing_by_all_of_it():
    assert difference(None, picking()) == {"before": {}, "after": document(picking())}


def test_a_difference_names_only_what_differs():
    order = picking(boxes(2), boxes(1, "TEA"))

    changed = difference(order, replace(order, period="noon"))

    assert changed == {"before": {"period": ""}, "after": {"period": "noon"}}


def test_a_link_holds_everything_of_the_event_and_all_before_it():
    first = link("", 1, EVENT)
    others = [
        link("x", 1, EVENT),
        link("", 2, EVENT),
        link("", 1, replace(EVENT, by="boss")),
        link("", 1, replace(EVENT, at=MONDAY + timedelta(microseconds=1))),
        link("", 1, replace(EVENT, kind="order:paid")),
        link("", 1, replace(EVENT, stream="order:18")),
        link("", 1, replace(EVENT, source="m2")),
        link("", 1, replace(EVENT, data={**EVENT.data, "note": "放门前"})),
    ]

    assert len({first, *others}) == 9
    assert len(first) == 64


def test_a_link_is_the_same_after_a_way_through_a_database():
    data = json.loads(json.dumps(dict(reversed(list(EVENT.data.items())))))
    east = EVENT.at.astimezone(timezone(timedelta(hours=8)))

    assert link("p", 3, replace(EVENT, data=data, at=east)) == link("p", 3, EVENT)
