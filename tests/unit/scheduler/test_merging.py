"""Merged messages name every order once, urgent ones first, and fit."""

import re
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.destinations import DESTINATIONS, Destination, Dialect
from domain.facts import Notice
from domain.outbox import Delivery
from handlers.wording import merged as wording
from scheduler.letters import Letter
from scheduler.merging import merged, weight
from tests.fakes.office import PlainWords
from tests.fakes.outbox import NOON

KINDS = ("entered.reviewing", "entered.picking", "overdue", "paid", "moved_on")
NAMED = re.compile(r"#(\d+)")
PEOPLE = ("lina", "wangqiang", "zhoukai")


class RealWords(PlainWords):
    """What people read; only the single messages are those of the tests."""

    line = staticmethod(wording.line)
    heading = staticmethod(wording.heading)
    together = staticmethod(wording.message)


@st.composite
def letters(draw: st.DrawFn, orders: int = 40) -> tuple[Letter, ...]:
    """Notices as a claim gives them: urgent ones first, each lane in the order of writing."""
    found = []
    for seq in range(draw(st.integers(1, 60))):
        urgent = draw(st.booleans())
        facts = {
            "customer": draw(st.sampled_from(["东市超市", "人民路华联超市仓储物流部", "C&A <店>", ""])),
            "step_name": draw(st.sampled_from(["待审核", "待发货"])),
            "urgent": urgent,
            "sum": "12.00",
        }
        kind, mentions = draw(st.sampled_from(KINDS)), draw(st.lists(st.sampled_from(PEOPLE), max_size=2))
        number = draw(st.integers(1, orders))
        notice = Notice(
            kind, "group:warehouse", number, tuple(mentions), "urgent" if urgent else "normal", facts
        )
        delivery = Delivery(f"d{seq}", "wecom-robot", "a", notice, NOON, NOON, 1, seq=seq)
        found.append(Letter(notice, (delivery,)))
    return tuple(sorted(found, key=lambda letter: letter.notice.lane != "urgent"))


def narrow(room: int) -> Destination:
    """A destination that takes so many bytes."""
    return Destination("narrow", room, Dialect.WECOM, mentions=True)


@given(letters(), st.sampled_from([600, 1000, 4096]))
def test_every_order_is_named_once_and_every_notice_is_carried_once(told: tuple[Letter, ...], room: int):
    messages = merged(told, RealWords(), narrow(room))

    named = [int(number) for message in messages for number in NAMED.findall(message.rendered.text)]
    assert sorted(named) == sorted({letter.notice.order or 0 for letter in told})
    carried = [delivery.id for message in messages for delivery in message.deliveries]
    assert sorted(carried) == sorted(letter.first.id for letter in told)


@given(letters())
def test_orders_with_something_urgent_come_first(told: tuple[Letter, ...]):
    messages = merged(told, RealWords(), narrow(600))

    urgent = {letter.notice.order for letter in told if letter.notice.lane == "urgent"}
    named = [int(number) in urgent for m in messages for number in NAMED.findall(m.rendered.text)]
    assert named == sorted(named, reverse=True)


@given(letters(), st.sampled_from([600, 1000, 4096]))
def test_no_message_is_longer_than_its_destination_takes(told: tuple[Letter, ...], room: int):
    for message in merged(told, RealWords(), narrow(room)):
        called = sum(len(f"<@{who}>") + 1 for who in message.rendered.mentions)
        assert sum(map(weight, message.rendered.text.split("\n"))) + called <= room


@given(letters())
def test_everybody_concerned_is_mentioned_where_their_order_is_named(told: tuple[Letter, ...]):
    for message in merged(told, RealWords(), narrow(800)):
        concerned = {who for letter in message.letters for who in letter.notice.mentions}
        assert set(message.rendered.mentions) == concerned


@given(letters(orders=3))
def test_the_story_of_an_order_is_told_in_its_order(told: tuple[Letter, ...]):
    for message in merged(told, PlainWords(), narrow(4096)):
        for line in message.rendered.text.split("\n"):
            if match := re.fullmatch(r"- #(\d+) (.*)", line):
                story = sorted(
                    (letter for letter in told if letter.notice.order == int(match[1])),
                    key=lambda letter: letter.first.seq,
                )
                assert match[2].split("→") == [letter.notice.kind for letter in story]


@given(letters())
def test_the_same_notices_make_messages_of_the_same_names(told: tuple[Letter, ...]):
    first = merged(told, RealWords(), narrow(1000))
    later = merged(tuple(reversed(told)), RealWords(), narrow(1000))

    assert [message.key for message in first] == [message.key for message in later]
    assert len({message.key for message in first}) == len(first)


def a_letter(seq: int, order: int, kind: str = "entered.picking", lane: str = "normal") -> Letter:
    """A notice about this order."""
    facts = {"customer": f"客户{order}", "step_name": "待发货", "urgent": lane == "urgent"}
    notice = Notice(kind, "group:warehouse", order, (), lane, facts)
    return Letter(notice, (Delivery(f"d{seq}", "w", "a", notice, NOON, NOON + timedelta(), 1, seq=seq),))


def test_a_message_reads_well():
    told = [a_letter(1, 17), a_letter(2, 18), a_letter(3, 19, lane="urgent"), a_letter(4, 17, "paid")]

    [message] = merged(told, RealWords(), DESTINATIONS["wecom-robot"])

    assert message.rendered.text.split("\n") == [
        "**3 张单的 4 条通知合在一起**",
        "**急：待发货（1）**",
        "- 【加急】#19 客户19",
        "**收款 · 待发货（1）**",
        "- #17 客户17（待发货 → 收款），收 0.00 元",
        "**待发货（1）**",
        "- #18 客户18",
    ]
    assert message.rendered.buttons == (("超时清单", "超时"), ("看板", "看板"))


def test_a_group_that_goes_on_in_the_next_message_says_so():
    told = [a_letter(number, number) for number in range(1, 60)]

    first, second, *_ = merged(told, RealWords(), narrow(800))

    assert "**待发货（59）**" in first.rendered.text
    assert "**待发货（续，共 59）**" in second.rendered.text
