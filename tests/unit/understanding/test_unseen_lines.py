"""Lines that somebody wrote from the contract alone, without having seen the program.

At first try the invented and second ones were right (with the right intent): stationery .923 (.962), seafood .964 (.982),
drinks .939 (.985), hardware .938 (.985, two of them written wrongly), clothes .873 (.952). The third ones: drinks .96 (.97),
fasteners .99 (1.0), garments .94 (.99, one of them written wrongly).
"""

import pytest

from tests.unit.understanding.lines import tally


@pytest.mark.parametrize(
    ("trade", "lines", "right", "intent"),
    [
        ("drinks", "unseen/drinks", 0.96, 0.99),
        ("unseen/hardware", "unseen/hardware", 0.99, 1.0),
        ("unseen/clothes", "unseen/clothes", 0.99, 1.0),
        ("drinks", "unseen/adversarial", 0.97, 1.0),
        ("invented/stationery", "invented/stationery", 1.0, 1.0),
        ("invented/seafood", "invented/seafood", 1.0, 1.0),
        ("drinks", "second/drinks", 1.0, 1.0),
        ("hardware", "second/hardware", 1.0, 1.0),
        ("clothes", "second/clothes", 1.0, 1.0),
        ("drinks", "third/drinks", 1.0, 1.0),
        ("third/fasteners", "third/fasteners", 1.0, 1.0),
        ("third/garments", "third/garments", 1.0, 1.0),
    ],
)
def test_unseen_lines_are_understood_and_none_is_written_wrongly(trade, lines, right, intent):
    found = tally(trade, lines)

    assert found.silent == ()
    assert found.right >= right * found.lines, found.wrong
    assert found.intent >= intent * found.lines
