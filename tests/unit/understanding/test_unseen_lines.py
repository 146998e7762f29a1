"""Lines that somebody wrote from the contract alone, without having seen the program."""

import pytest

from tests.unit.understanding.lines import tally


@pytest.mark.parametrize(
    ("trade", "lines", "right", "intent"),
    [
        ("drinks", "unseen/drinks", 0.93, 0.98),
        ("unseen/hardware", "unseen/hardware", 0.98, 1.0),
        ("unseen/clothes", "unseen/clothes", 0.94, 1.0),
        ("drinks", "unseen/adversarial", 0.93, 1.0),
    ],
)
def test_unseen_lines_are_understood_and_none_is_written_wrongly(trade, lines, right, intent):
    found = tally(trade, lines)

    assert found.silent == ()
    assert found.right >= right * found.lines, found.wrong
    assert found.intent >= intent * found.lines
