"""The same line in another spelling means the same."""

import json

import pytest

from handlers.understanding.normalise.text import spell
from handlers.understanding.normalise.traditional import SIMPLIFIED
from tests.sayings.answers import same
from tests.unit.understanding.lines import DATA, read

TRADITIONAL = str.maketrans({simple: old for old, simple in SIMPLIFIED.items()})
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(ord("0"), ord("9") + 1)})


def lines() -> list[str]:
    """New orders of the drinks trade in one line, without words that are kept as they were said."""
    rows = (DATA / "fresh" / "drinks" / "lines.jsonl").read_text(encoding="utf-8").splitlines()
    known = [json.loads(row) for row in rows]
    return [
        one["text"]
        for one in known
        if one["expect"]["intent"] == "order.create"
        and not one.get("history")
        and not one["expect"].get("unknown")
        and not {"note", "address"} & one["expect"]["slots"].keys()
    ]


@pytest.mark.parametrize("table", [TRADITIONAL, WIDE], ids=["traditional", "full width"])
def test_another_spelling_means_the_same(table):
    differing = [text for text in lines() if not same(read(text), read(text.translate(table)))]

    assert differing == []


def test_traditional_characters_stand_for_one_simplified_each():
    assert all(len(old) == len(simple) == 1 and spell(old) == simple for old, simple in SIMPLIFIED.items())
    assert not SIMPLIFIED.keys() & set(SIMPLIFIED.values())
