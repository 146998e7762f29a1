"""The fifth stage alone: from items to product lines, without knowing what they are wanted for."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.understanding.lines.bargains import bargains
from handlers.understanding.lines.measuring import Asked, Measure
from handlers.understanding.lines.packs import packs
from handlers.understanding.lines.reader import LineReader
from handlers.understanding.spans.items import Quantity
from handlers.understanding.values.money import Money
from tests.unit.understanding.test_generated import WORDS
from tests.unit.understanding.test_spans import lexicon, line, scanner


def read(words: str, *, changing: bool = False) -> tuple[Asked, ...]:
    """The product lines of a line that says nothing else."""
    said = line(words)
    goods = said.part([item for item in said.items if item.tag not in "CSWO"])
    return LineReader(lexicon(), scanner().products).read(goods, changing=changing).asked


def shown(words: str, *, changing: bool = False) -> list[str]:
    """`D001 20箱` for each line, a gift with a plus."""
    return [
        f"{'+' if one.line.gift else ''}{one.line.sku} {one.line.delta or one.line.qty}{one.line.unit or ''}"
        for one in read(words, changing=changing)
    ]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("20箱纯生 雪碧10箱半", ["D031 20箱", "D005 10.5箱"]),
        ("纯生 雪碧 各10箱", ["D031 10箱", "D005 10箱"]),
        ("纯生两箱零3瓶", ["D031 2箱", "D031 3瓶"]),
        ("纯生两打", ["D031 24瓶"]),
        ("雪碧5件", ["D005 5箱"]),
        ("雪碧10听", ["D005 10罐"]),
        ("牛奶5提", ["D034 5提"]),
        ("罐装可乐20", ["D001 20箱"]),
        ("纯生20箱 送2箱", ["D031 20箱", "+D031 2箱"]),
        ("纯生20箱 买10送1", ["D031 20箱", "+D031 2箱"]),
        ("可乐20箱 15箱罐装5箱瓶装", ["D001 15箱", "D002 5箱"]),
        ("凉茶十箱不对十五箱", ["D018 15箱"]),
        ("纯生10箱(120瓶)", ["D031 10箱"]),
        ("纯生5箱 雪碧10箱 共15箱", ["D031 5箱", "D005 10箱"]),
        ("酸奶5箱 原味的", ["D038 5箱"]),
    ],
)
def test_goods_and_quantities_become_lines(words, lines):
    assert shown(words) == lines


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("雪碧加5箱", ["D005 5箱"]),
        ("雪碧减2箱", ["D005 -2箱"]),
        ("雪碧改成15箱", ["D005 15箱"]),
        ("雪碧不要了", ["D005 0箱"]),
        ("雪碧换成10箱橙汽", ["D005 0箱", "D006 10箱"]),
    ],
)
def test_a_change_may_be_a_difference(words, lines):
    assert shown(words, changing=True) == lines


def test_what_is_open_stays_open():
    (vague,) = read("来点凉茶")
    (several,) = read("可乐5箱")
    (unit,) = read("纯生3桶")
    (either,) = read("二三十提小盒纯牛奶")
    (unknown,) = read("红牛5箱")

    assert vague.without_quantity
    assert lexicon().products.code_list(several.entries) == ("D001", "D002", "D003")
    assert (unit.unknown_unit, unit.line.unit) == ("桶", None)
    assert either.values == (Decimal(20), Decimal(30))
    assert unknown.unknown == "红牛"
    assert not any(one.settled for one in (vague, several, unit, either, unknown))


def test_a_line_keeps_what_it_was_made_from():
    (priced,) = read("纯生20箱 按5块一瓶")
    paid, given_free = read("纯生20箱 买10送1")

    assert priced.said is not None
    assert (priced.said.words, priced.quantity) == ("纯生", Quantity((Decimal(20),), "箱"))
    assert priced.money is not None
    assert (priced.money.value, priced.line.price) == (Decimal(5), Decimal(60))
    assert paid.bargain is None
    assert given_free.bargain is not None
    assert (given_free.bargain.bought, given_free.bargain.given) == (Decimal(10), Decimal(1))


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=12), st.booleans())
def test_a_line_is_settled_or_says_what_is_open(words, changing):
    for asked in read(" ".join(words), changing=changing):
        one = asked.line
        assert (one.sku is not None) == (len(asked.entries) == 1)
        assert not asked.entries or asked.unknown == ""
        assert one.qty is None or one.delta is None
        if asked.settled:
            assert one.sku
            assert one.qty is not None or one.delta is not None
            assert one.unit in {unit.name for unit in lexicon().catalogue.products[one.sku].units}


@given(st.integers(1, 500), st.sampled_from(["箱", "瓶", "打", "件"]))
def test_measuring_keeps_the_amount(count, unit):
    measure = Measure(lexicon())
    beer = frozenset({lexicon().products.by_code["d031"]})
    asked = measure.asked(beer, "", Quantity((Decimal(count),), unit))
    product = lexicon().product(min(beer))
    size = product.size_of(asked.line.unit or "")

    assert size is not None
    assert asked.line.qty is not None
    assert asked.line.qty * size == count * {"箱": 12, "件": 12, "打": 12, "瓶": 1}[unit]


def test_a_price_for_another_unit_is_converted():
    measure = Measure(lexicon())
    beer = frozenset({lexicon().products.by_code["d031"]})
    asked = measure.asked(beer, "", Quantity((Decimal(20),), "箱"))

    assert measure.price(asked, Money(0, 0, Decimal(5), "瓶")) == Decimal(60)
    assert measure.price(asked, Money(0, 0, Decimal(64), "箱")) == Decimal(64)


def test_packs_and_bargains_are_no_quantities():
    held = line("纯生20箱 每箱12瓶")
    ruled = line("纯生20箱 买10送1")

    assert [held.text.raw[start:end] for start, end in packs(held)] == ["每箱12瓶"]
    assert [ruled.text.raw[one.start : one.end] for one in bargains(ruled)] == ["买10送1"]
