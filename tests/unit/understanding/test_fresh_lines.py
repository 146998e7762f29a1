"""Lines of everyday talk in six trades, each with the answer that the contract gives it."""

import pytest

from tests.unit.understanding.lines import tally


@pytest.mark.parametrize(
    ("trade", "lines"),
    [
        ("drinks", "fresh/drinks"),
        ("hardware", "fresh/hardware"),
        ("clothes", "fresh/clothes"),
        ("invented/stationery", "fresh/stationery"),
        ("invented/seafood", "fresh/seafood"),
        ("fresh/shoes", "fresh/shoes"),
    ],
)
def test_fresh_lines_are_understood_and_none_is_written_wrongly(trade, lines):
    found = tally(trade, lines)

    assert found.silent == ()
    assert found.wrong == ()
