"""Lines that somebody wrote from the contract alone, without having seen the program."""

import pytest

from tests.unit.understanding.lines import tally


@pytest.mark.parametrize(
    ("trade", "lines", "right", "intent"),
    [
        ("drinks", "unseen/drinks", 0.90, 0.95),
        ("unseen/hardware", "unseen/hardware", 0.97, 0.99),
        ("unseen/clothes", "unseen/clothes", 0.92, 0.99),
        ("drinks", "unseen/adversarial", 0.76, 0.89),
    ],
)
def test_unseen_lines_are_understood_and_none_is_written_wrongly(trade, lines, right, intent):
    found = tally(trade, lines)

    assert found.silent == ()
    assert found.right >= right * found.lines, found.wrong
    assert found.intent >= intent * found.lines
