"""The third stage alone: the cheapest way through a line, names in it, quantities, items."""

from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.company.tables import read_catalogue
from handlers.understanding.normalise.text import read_text
from handlers.understanding.spans.items import Line, Quantity
from handlers.understanding.spans.lattice import cut
from handlers.understanding.spans.scan import Scanner
from handlers.understanding.spans.span import Span
from handlers.understanding.vocabulary.lexicon import Lexicon, learn
from tests.unit.understanding.lines import DATA
from tests.unit.understanding.test_generated import WORDS

MONDAY = date(2026, 11, 23)
LENGTH = 8
SPANS = st.lists(
    st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 4), st.floats(0.1, 4)).map(
        lambda one: Span("w", one[0], min(one[0] + one[1], LENGTH), one[2])
    ),
    max_size=14,
)


@cache
def lexicon(trade: str = "drinks") -> Lexicon:
    return learn(read_catalogue(DATA / trade))


@cache
def scanner(trade: str = "drinks") -> Scanner:
    return Scanner(lexicon(trade))


def line(words: str, trade: str = "drinks") -> Line:
    return scanner(trade).line(read_text(words), MONDAY)


def tags(words: str, trade: str = "drinks") -> str:
    return line(words, trade).masked


def cheapest(spans: list[Span], at: int = 0) -> float:
    """By trying every way; a character that no span covers costs what an unknown one does."""
    if at == LENGTH:
        return 0.0
    ways = [(one.end, one.cost) for one in spans if one.start == at] + [(at + 1, 3.0)]
    return min(cost + cheapest(spans, end) for end, cost in ways)


@settings(max_examples=200, deadline=None)
@given(SPANS)
def test_the_way_through_a_line_is_whole_and_the_cheapest(spans):
    path = cut(LENGTH, spans, range(LENGTH + 1))

    assert [path[0].start, path[-1].end] == [0, LENGTH]
    assert all(one.end == following.start for one, following in pairwise(path))
    # Neighbours that nobody knows are one, at the cost of one.
    cost = sum(3.0 * (one.end - one.start) if one.tag == "r" else one.cost for one in path)
    assert cost == pytest.approx(cheapest(spans))


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=12), st.sampled_from(["", " "]))
def test_spans_of_the_chosen_path_and_items_never_overlap(words, join):
    text = read_text(join.join(words))
    path = scanner().path(text, *scanner().found(text, MONDAY))
    items = scanner().line(text, MONDAY).items

    assert "".join(text.low[one.start : one.end] for one in path) == text.low
    assert all(one.end <= following.start for one, following in pairwise(items))
    assert all(0 <= item.start < item.end <= len(text.low) for item in items)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=12), st.data())
def test_behind_the_masked_line_stand_the_words_it_was_made_of(words, data):
    said = line(" ".join(words))
    end = data.draw(st.integers(0, len(said.masked)))
    start = data.draw(st.integers(0, end))

    assert said.behind(start, end) in said.text.raw
    assert said.behind(0, len(said.masked)) == said.text.raw.strip()


@pytest.mark.parametrize(
    ("words", "masked"),
    [
        ("福满楼20箱纯生", "CQP"),
        ("福满楼 罐装可乐二十箱", "C PQ"),
        ("17号单改成明天下午", "O改成DT"),
        ("17发了", "N发了"),
        ("@李娜 总仓雪碧", "@S WP"),
        ("纯生64元一箱", "PM"),
        ("两小时后提醒", "L提醒"),
        ("樱桃可乐5箱", "PQ"),
        ("电话13912345678", "电话13912345678"),
    ],
)
def test_a_line_becomes_items(words, masked):
    assert tags(words) == masked


@pytest.mark.parametrize(
    ("words", "values", "unit"),
    [
        ("半箱", ("0.5",), "箱"),
        ("两箱半", ("2.5",), "箱"),
        ("一百二十箱", ("120",), "箱"),
        ("20 箱", ("20",), "箱"),
        ("二三十提", ("20", "30"), "提"),
        ("10到15箱", ("10", "15"), "箱"),
        ("20来箱", (), "箱"),
        ("大概20箱", (), "箱"),
        ("几箱", (), "箱"),
    ],
)
def test_numbers_and_units_become_quantities(words, values, unit):
    found = [item.value for item in line(f"纯生 {words}").items if isinstance(item.value, Quantity)]

    assert found == [Quantity(tuple(map(Decimal, values)), unit)]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("福满楼", {"C019"}),
        ("华联", {"C001", "C002", "C003"}),
        ("人民路华连", {"C001"}),
        ("fml", {"C019"}),
        ("c019", {"C019"}),
        ("三中食堂", set()),
    ],
)
def test_a_customer_is_found_by_name_sound_letters_or_code(words, codes):
    (item,) = [item for item in line(f"{words} 纯生5箱").items if item.tag in "Cr"]

    assert set(lexicon().customers.code_list(item.named.entries)) == codes


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("可乐", {"D001", "D002", "D003"}),
        ("可乐罐装", {"D001"}),
        ("雪壁", {"D005"}),
        ("樱桃可乐", set()),
        ("红牛", set()),
    ],
)
def test_a_product_is_all_that_fits_and_never_the_nearest(words, codes):
    entries = [item.named.entries for item in line(f"福满楼 {words}5箱").items if item.tag in "Pr"]

    assert {code for found in entries for code in lexicon().products.code_list(found)} == codes


def test_a_size_is_never_in_another():
    codes = lexicon("hardware").products.code_list
    found = {
        words: {
            code
            for item in line(words, "hardware").items
            if item.tag == "P"
            for code in codes(item.named.entries)
        }
        for words in ("六角螺栓M8", "六角螺栓M10")
    }

    assert all(found.values())
    assert not found["六角螺栓M8"] & found["六角螺栓M10"]
