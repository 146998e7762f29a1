"""Who is away, where a line names somebody."""

import pytest

from handlers.dialogue.standing import of_a_colleague
from handlers.understanding.reading import Reading, Slots

LEAVE = Reading("staff.leave", Slots(staff="lina"))


@pytest.mark.parametrize(
    "text", ["李娜明天请假", "李娜明天请假 我代", "李娜请假我来顶", "明天李娜请假 我帮她替"]
)
def test_a_colleague_is_away(text):
    assert of_a_colleague(LEAVE, text)


@pytest.mark.parametrize("text", ["我明天请假 李娜代", "明天请假 让李娜替我", "明天请假 李娜顶"])
def test_the_sender_is_away(text):
    assert not of_a_colleague(LEAVE, text)
