from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.rates import HOUR, MINUTE, NOW, RATES, Rate, Windows
from tests.fakes.outbox import NOON

RULE = {"robot": (Rate(3, MINUTE), Rate(5, HOUR))}


@given(st.lists(st.integers(0, 60), max_size=60))
def test_no_window_ever_holds_more_than_allowed(pauses):
    windows, at, sent = Windows(RULE), NOON, []
    for seconds in pauses:
        at += timedelta(seconds=seconds)
        at += windows.wait("robot", "a", at)
        windows.count("robot", "a", at)
        sent.append(at)

    for rate in RULE["robot"]:
        for first in sent:
            assert sum(first <= moment < first + rate.span for moment in sent) <= rate.count


def test_one_destination_does_not_use_up_anothers_share():
    windows = Windows(RULE)
    for _ in range(3):
        windows.count("robot", "a", NOON)

    assert windows.wait("robot", "a", NOON) == MINUTE
    assert windows.wait("robot", "b", NOON) == NOW
    assert windows.wait("console", "a", NOON) == NOW


def test_a_wecom_robot_is_told_at_most_18_things_a_minute():
    windows = Windows()
    for _ in range(18):
        assert windows.wait("wecom-robot", "x", NOON) == NOW
        windows.count("wecom-robot", "x", NOON)

    assert windows.wait("wecom-robot", "x", NOON) == MINUTE
    assert set(RATES) >= {"wecom-robot", "wecom"}
