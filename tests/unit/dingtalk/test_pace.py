"""How long a connection waits before it is opened again."""

import pytest

from bot.platforms.dingtalk.stream import Pace


@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
def test_pauses_grow_up_to_a_minute_and_are_never_nothing(chance):
    pauses = [Pace().pause(failures, chance, opened=False) for failures in range(1, 50)]

    assert pauses == sorted(pauses)
    assert 0.5 <= pauses[0] <= 1
    assert 30 <= pauses[-1] <= 60


def test_where_a_line_was_open_nobody_waits_long():
    assert Pace().pause(50, 1.0, opened=True) == 4.0


def test_after_a_good_line_the_next_is_opened_almost_at_once():
    assert Pace().pause(0, 1.0, opened=True) <= 0.1
