from datetime import timedelta
from itertools import pairwise

import pytest

from scheduler.backoff import ATTEMPTS, FIRST, LONGEST, is_last, pause


def test_the_span_doubles_until_it_is_long_enough():
    spans = [pause(attempt, chance=1.0) for attempt in range(1, 40)]

    assert spans[0] == FIRST
    assert all(later == min(LONGEST, sooner * 2) for sooner, later in pairwise(spans))
    assert spans[-1] == LONGEST


@pytest.mark.parametrize("chance", [0.0, 0.25, 1.0])
def test_what_failed_together_spreads_over_the_whole_span(chance):
    assert pause(5, chance) == FIRST * 16 * chance


def test_what_the_platform_asked_for_is_waited_for_at_least():
    asked = timedelta(minutes=10)

    assert pause(1, 0.0, asked) == asked
    assert pause(1, 1.0, asked) == asked + FIRST


def test_it_ends():
    assert not is_last(ATTEMPTS - 1)
    assert is_last(ATTEMPTS)
