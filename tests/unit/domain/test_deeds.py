"""What an event counts as in reports."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.act import Portion
from domain.alarm import acknowledge
from domain.amend import complain, note, rate, urge
from domain.errors import Invalid, NotAllowed
from domain.fulfilment import pick, run_short, ship, sign
from domain.halt import cancel
from domain.money import pay, refund
from domain.record import followed
from domain.returns import take_back
from domain.review import approve, reject
from domain.snapshot import document, from_document
from domain.undo import undo
from tests.builders import (
    ATTENDANT,
    CASHIER,
    CHIEF,
    KEEPER,
    LEAD,
    MONDAY,
    PICKER,
    PLENTY,
    SELLER,
    an_act,
    boxes,
    entered,
    hours,
    picking,
    reviewing,
)  # fmt: skip

LATER = MONDAY + hours(2)


def kinds(change):
    return [deed.kind for deed in change.deeds]


def shipped(at=MONDAY):
    return ship(picking(), an_act(KEEPER, at=at)).order


def test_entering_counts_as_nothing_the_order_book_knows_it():
    change = entered()

    assert kinds(change) == []
    assert change.passages == ()


def test_a_yes_counts_and_ends_the_review():
    change = approve(reviewing(), an_act(LEAD, at=LATER), PLENTY)

    (deed,), (passage,) = change.deeds, change.passages
    assert (deed.kind, deed.by, deed.customer, deed.salesperson) == ("approved", "lead", "MARKET", "seller")
    assert (passage.step, passage.entered, passage.left) == ("reviewing", MONDAY, LATER)
    assert (passage.begun, passage.owner, passage.entry) == (None, reviewing().owner, 1)


def test_a_yes_of_the_checks_is_nobodys_work():
    change = entered(boxes(2))

    assert [event.kind for event in change.events] == ["order:entered", "order:approved"]
    assert (change.deeds, change.passages) == ((), ())


def test_the_last_goods_to_leave_end_the_cycle():
    first = ship(picking(), an_act(KEEPER, at=LATER), (Portion("COLA", Decimal(1), "箱"),))
    rest = ship(first.order, an_act(KEEPER, at=MONDAY + hours(3)))

    assert kinds(first) == ["shipped"]
    assert first.deeds[0].amount == Decimal("48.00")
    assert [(deed.kind, deed.amount, deed.seconds) for deed in rest.deeds] == [
        ("shipped", Decimal("48.00"), None),
        ("out", None, 3 * 3600),
    ]


def test_waiting_ends_with_the_owners_first_touch():
    begun = pick(picking(), an_act(PICKER, at=LATER)).order
    again = pick(begun, an_act(KEEPER, at=MONDAY + hours(3))).order
    (passage,) = ship(again, an_act(KEEPER, at=MONDAY + hours(4))).passages

    assert begun.begun_at == again.begun_at == LATER
    assert (passage.begun, passage.left) == (LATER, MONDAY + hours(4))


def test_taking_over_is_a_touch_and_a_remark_is_none():
    order = picking()

    assert note(order, an_act(KEEPER), "放门口").order.begun_at is None
    assert acknowledge(order, an_act(CHIEF, at=LATER)).order.begun_at == LATER


def test_the_next_step_waits_anew():
    begun = pick(picking(), an_act(PICKER)).order

    assert ship(begun, an_act(KEEPER)).order.begun_at is None


def test_an_order_written_before_anybody_noted_its_beginning_is_read():
    old = {name: value for name, value in document(picking()).items() if name != "begun_at"}

    assert from_document(old).begun_at is None


def test_goods_that_lack_count_once_whether_found_out_or_known():
    known = approve(entered(boxes(2), stock={}).order, an_act(LEAD), {})
    found_out = run_short(picking(), an_act(KEEPER))

    assert kinds(known) == ["approved", "short"]
    assert kinds(found_out) == ["short"]


@pytest.mark.parametrize(("portions", "wrong"), [((), False), ((Portion("COLA", Decimal(1), "箱"),), True)])
def test_signing_for_less_is_a_wrong_delivery(portions, wrong):
    (deed,) = sign(shipped(), an_act(SELLER), portions).deeds

    assert (deed.kind, deed.wrong) == ("signed", wrong)


@pytest.mark.parametrize(("reason", "wrong"), [("送错货了", True), ("破了两箱", True), ("客户不要了", False)])
def test_a_reason_says_whether_the_delivery_was_wrong(reason, wrong):
    back = take_back(shipped(), an_act(KEEPER), (), reason).deeds[0]
    angry = complain(shipped(), an_act(ATTENDANT), reason).deeds[0]

    assert [(deed.kind, deed.reason, deed.wrong) for deed in (back, angry)] == [
        ("returned", reason, wrong),
        ("complained", reason, wrong),
    ]
    assert back.amount == Decimal("96.00")


def test_money_in_and_money_back():
    paid = pay(shipped(), an_act(CASHIER))
    back = take_back(paid.order, an_act(KEEPER))
    given = refund(back.order, an_act(CASHIER))

    assert [(deed.kind, deed.amount) for deed in (*paid.deeds, *given.deeds)] == [
        ("paid", Decimal("96.00")),
        ("refunded", Decimal("-96.00")),
    ]


def test_the_rest_counts_by_its_name():
    assert kinds(reject(reviewing(), an_act(LEAD), "价格不对")) == ["rejected"]
    assert kinds(urge(picking(), an_act(SELLER))) == ["urged"]
    assert kinds(cancel(picking(), an_act(SELLER), "不要了")) == ["cancelled"]


def test_what_is_taken_back_counts_no_more_and_the_way_back_is_no_passage():
    order = picking()
    noted = note(order, an_act(KEEPER, source="first"), "放门口")
    done = ship(noted.order, an_act(KEEPER, source="second"))
    events = [*entered().events, *noted.events, *done.events]
    back = undo(done.order, events, an_act(KEEPER, at=MONDAY + hours(0.1)), PLENTY)

    assert (back.deeds, back.passages) == ((), ())
    assert back.takes_back == len(events)


def test_two_events_at_once_keep_their_places():
    first = urge(picking(), an_act(SELLER))
    both = followed(first, ship(first.order, an_act(KEEPER)))

    assert [(deed.kind, deed.event) for deed in both.deeds] == [("urged", 0), ("shipped", 1), ("out", 1)]
    assert [passage.event for passage in both.passages] == [1]


def test_a_score_is_kept_as_given():
    (deed,) = rate(shipped(), an_act(SELLER), Decimal(96)).deeds

    assert (deed.kind, deed.score) == ("rated", 96)


@pytest.mark.parametrize("score", [None, Decimal(-1), Decimal(101), Decimal("95.5")])
def test_a_score_is_a_whole_number_up_to_a_hundred(score):
    with pytest.raises(Invalid) as refused:
        rate(shipped(), an_act(SELLER), score)

    assert refused.value.code == "score-range"


def test_only_what_has_left_can_be_rated_and_not_by_the_warehouse():
    with pytest.raises(NotAllowed) as early:
        rate(picking(), an_act(SELLER), Decimal(90))
    with pytest.raises(NotAllowed) as wrong:
        rate(shipped(), an_act(replace(PICKER)), Decimal(90))

    assert (early.value.code, wrong.value.code) == ("wrong-step", "no-role")
