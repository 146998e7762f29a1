"""Until when somebody does not want to be disturbed."""

from datetime import datetime, timedelta

import pytest

from handlers.understanding.readings.hushing import hushed_until
from tests.builders import ZONE

MONDAY_TEN = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("到明早8点", "2026-11-24 08:00"),
        ("到明天早上八点半", "2026-11-24 08:30"),
        ("到18:30", "2026-11-23 18:30"),
        ("到下午3点", "2026-11-23 15:00"),
        ("到今晚10点", "2026-11-23 22:00"),
        ("到8点", "2026-11-23 20:00"),
        ("到周五早上9点", "2026-11-27 09:00"),
        ("到明天", "2026-11-24 08:00"),
        ("到明早", "2026-11-24 08:00"),
        ("到12月1日9点", "2026-12-01 09:00"),
        ("到昨天8点", "2026-11-22 08:00"),
    ],
)
def test_a_moment(said: str, until: str):
    found = hushed_until(said, MONDAY_TEN)

    assert found is not None
    assert f"{found:%Y-%m-%d %H:%M}" == until
    assert found.tzinfo is ZONE


@pytest.mark.parametrize(
    ("said", "minutes"),
    [("两小时", 120), ("半小时", 30), ("一个半小时", 90), ("30分钟", 30), ("2h", 120), ("一刻钟", 15)],
)
def test_a_length_of_time(said: str, minutes: int):
    assert hushed_until(said, MONDAY_TEN) == MONDAY_TEN + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "said",
    ["", "随便", "到25点", "到2月29日", "到下午", "可乐20箱", "到以后再说", "两小时 雪碧10箱", "<@all>"],
)
def test_what_is_neither(said: str):
    assert hushed_until(said, MONDAY_TEN) is None
