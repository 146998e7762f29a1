"""The ways of reaching people, and what may be said there."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.company.groups import CHATS, WEBHOOKS
from domain.destinations import DESTINATIONS, HOUR, MINUTE, SECOND, Limit
from domain.limiting import MICROSECOND, Pace, books, pace, take

EVERY_LIMIT = sorted(
    {limit for one in DESTINATIONS.values() for limit in (*one.limits, *one.shared)}, key=str
)
LIMITS = st.sampled_from(EVERY_LIMIT)


def most_in_a_window(limit: Limit, processes: int) -> int:
    """What all of them together get through in one span, the burst first."""
    each = pace(limit, processes)
    return processes * (each.burst + limit.span // MICROSECOND // each.interval)


def test_every_way_that_a_company_may_name_is_known():
    assert {"console", *WEBHOOKS, *CHATS} <= set(DESTINATIONS)
    assert {"wecom", "dingtalk", "feishu"} <= set(DESTINATIONS)
    assert all(kind == one.kind and one.bytes > 1000 for kind, one in DESTINATIONS.items())
    assert all(bool(one.shared) == bool(one.account) for one in DESTINATIONS.values())


@pytest.mark.parametrize(
    ("kind", "limits"),
    [
        ("wecom-robot", (Limit(20, MINUTE),)),
        ("wecom", (Limit(30, MINUTE), Limit(1000, HOUR))),
        ("dingtalk-robot", (Limit(20, MINUTE),)),
        ("feishu-robot", (Limit(5, SECOND), Limit(100, MINUTE))),
        ("feishu-chat", (Limit(5, SECOND),)),
        ("console", (Limit(60, MINUTE),)),
    ],
)
def test_the_limits_are_the_platforms_own(kind, limits):
    assert DESTINATIONS[kind].limits == limits


def test_a_robot_takes_half_of_its_minute_at_once_and_the_other_half_steadily():
    assert DESTINATIONS["wecom-robot"].burst == 9
    assert pace(Limit(20, MINUTE)) == Pace(burst=9, interval=6_666_667, reserve=2)
    assert replace(DESTINATIONS["console"], limits=()).burst is None


@given(LIMITS)
def test_a_full_window_uses_nine_tenths_as_nearly_as_whole_messages_can(limit):
    assert 0.9 * limit.count - 2 < most_in_a_window(limit, 1) <= 0.9 * limit.count


@pytest.mark.parametrize("processes", range(1, 61))
def test_processes_apart_keep_the_limit_together(processes):
    for limit in EVERY_LIMIT:
        if 10 * processes <= limit.tenths:
            assert most_in_a_window(limit, processes) <= 0.9 * limit.count
        else:  # not even one message each: kept on average
            rate = processes * limit.span / (pace(limit, processes).interval * MICROSECOND)
            assert rate <= 0.9 * limit.count


@given(LIMITS, st.integers(1, 60))
def test_more_processes_never_mean_more_for_each(limit, processes):
    one, more = pace(limit, processes), pace(limit, processes + 1)

    assert one.burst >= more.burst >= 1
    assert one.reserve >= more.reserve


def test_what_is_shared_counts_for_all_addresses_of_the_account():
    first, second = (
        dict(books(key, DESTINATIONS["feishu-chat"])) for key in ("feishu-chat:a", "feishu-chat:b")
    )

    assert set(first) & set(second) == {"feishu//1", "feishu//60"}
    assert set(first) - set(second) == {"feishu-chat:a/1"}
    assert set(dict(books("feishu:a", DESTINATIONS["feishu"]))) & set(first) == {"feishu//1", "feishu//60"}


ROBOT = pace(Limit(20, MINUTE))
NOON = 1_764_000_000_000_000
LONG_AGO = NOON - HOUR // MICROSECOND


def test_while_nobody_knows_what_was_sent_only_the_reserve_may_be():
    begun = take([ROBOT], [0], NOON, NOON, 9)
    assert (begun.tokens, begun.wait) == (2, ROBOT.interval)

    later = take([ROBOT], [0], NOON, NOON + MINUTE // MICROSECOND, 20)
    assert later.tokens == 9


def test_a_clock_that_is_set_back_makes_nobody_wait_longer_than_one_interval():
    spent = take([ROBOT], [0], 0, NOON, 9).arrivals

    back = take([ROBOT], spent, 0, LONG_AGO, 1)

    assert (back.tokens, back.wait) == (0, ROBOT.interval)
    assert take([ROBOT], back.arrivals, 0, LONG_AGO + back.wait, 1).tokens == 1
    assert take([ROBOT], [0], NOON, LONG_AGO, 9).tokens == 2


def test_nothing_wanted_takes_nothing():
    assert take([ROBOT], [0], 0, NOON, 0).arrivals == (NOON,)
    assert timedelta(microseconds=take([ROBOT], [0], 0, NOON, 9).wait) < 7 * SECOND
