import pytest

from tests.unit.understanding.lines import tally


@pytest.mark.parametrize(
    ("trade", "right", "intent"),
    [("drinks", 0.99, 0.995), ("hardware", 0.97, 0.99), ("clothes", 0.97, 0.99)],
)
def test_lines_of_a_trade_are_understood_and_none_is_written_wrongly(trade, right, intent):
    found = tally(trade)

    assert found.silent == ()
    assert found.right >= right * found.lines, found.wrong
    assert found.intent >= intent * found.lines
