"""The fourth stage alone: what a line asks for, from its letters and the words between them."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.understanding.grammar import classify
from handlers.understanding.grammar.classify import Shape
from handlers.understanding.grammar.grounds import By, Ground
from handlers.understanding.grammar.rules import FIND, GOODS, ORDERS, TALK, WHOLE
from handlers.understanding.grammar.splitting import split
from handlers.understanding.grammar.wanting import against, refused, wanted
from handlers.understanding.normalise.text import read_text
from handlers.understanding.reading import INTENTS
from tests.unit.understanding.test_generated import WORDS
from tests.unit.understanding.test_spans import lexicon, line

MONDAY = date(2026, 11, 23)
SHAPES = st.text("CPQNDTOMSW要来送下单吗不可能如果喝了改加减。 ", max_size=16).map(Shape)


@pytest.mark.parametrize(
    ("masked", "by"),
    [
        ("CQP", By.COUNTED),
        ("C P N", By.COUNTED),
        ("下单", By.ORDERING),
        ("给C下单", By.ORDERING),
        ("C P", By.FOR_CUSTOMER),
        ("来点P", By.BUYS),
        ("要P", By.BUYS),
    ],
)
def test_goods_are_ordered_by_these_words(masked, by):
    ground = wanted(Shape(masked))

    assert ground is not None
    assert ground.by == by


@pytest.mark.parametrize(
    ("masked", "by"),
    [
        ("C要不要P", By.QUESTION),
        ("CQP吗", By.QUESTION),
        ("可能要QP", By.DOUBT),
        ("如果DQP", By.DOUBT),
        ("D喝了QP", By.STORY),
    ],
)
def test_a_question_a_perhaps_and_a_story_order_nothing(masked, by):
    ground = against(Shape(masked))

    assert ground is not None
    assert ground.by == by
    assert wanted(Shape(masked)) is None


@given(SHAPES)
def test_nothing_is_both_wanted_and_spoken_against(shape):
    assert not (wanted(shape) and against(shape))


@pytest.mark.parametrize("masked", ["C", "P", "Q", "DT", "今天好冷", ""])
def test_what_has_neither_goods_nor_a_word_for_ordering_is_no_order(masked):
    assert wanted(Shape(masked)) is None


def test_a_refusal_is_seen_by_its_words():
    assert refused(Shape("不要P"))
    assert not refused(Shape("要P"))


@pytest.mark.parametrize(
    ("masked", "intent"),
    [
        ("O通过", "order.approve"),
        ("N不批", "order.reject"),
        ("N发了", "order.ship"),
        ("N收到货了", "order.sign"),
        ("N已收到货", "order.sign"),
        ("N收到货款M", "order.pay"),
        ("N缺货", "order.shortage"),
        ("O挂起", "order.hold"),
        ("取消N", "order.cancel"),
        ("催N", "order.urge"),
    ],
)
def test_what_is_to_happen_to_an_order_is_said_by_its_words(masked, intent):
    found = classify.order(Shape(masked))

    assert found is not None
    assert found[0].intent == intent


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("好的确认", "confirm"),
        ("确认", "confirm"),
        ("算了吧", "dismiss"),
        ("帮助", "help"),
        ("收到", "none"),
        ("确认收货", None),
    ],
)
def test_a_set_phrase_is_the_whole_line(words, intent):
    assert classify.whole(Shape(words)) == intent


def test_every_rule_leads_to_an_intent_of_the_contract():
    rules = [*WHOLE, *TALK, *GOODS, *ORDERS, FIND]

    # A summary of some days is that of a day, a week or a month by their number.
    assert {rule.intent for rule in rules} - {"report"} <= INTENTS


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=14), st.sampled_from(["", " "]))
def test_requests_are_cut_without_losing_a_word(words, join):
    text = read_text(join.join(words))
    cuts = split(line(text.raw), lexicon().customers.names)

    assert all(first < last for first, last in cuts)
    assert all(one[1] <= other[0] for one, other in pairwise(cuts))
    assert "".join(text.low[first:last] for first, last in cuts).split() == text.low.split()


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("17发了 18缺货", ["17发了 ", "18缺货"]),
        ("福满楼纯生5箱 川味轩凉茶6箱", ["福满楼纯生5箱 ", "川味轩凉茶6箱"]),
        ("17、18都发了", ["17、18都发了"]),
        ("福满楼 纯生5箱 凉茶6箱", ["福满楼 纯生5箱 凉茶6箱"]),
    ],
)
def test_several_requests_are_taken_apart(words, parts):
    said = line(words)

    assert [said.text.raw[first:last] for first, last in split(said, lexicon().customers.names)] == parts


def test_a_ground_names_the_words_of_the_sender():
    said = line("  １７号单雪碧改成15箱")
    shape = Shape(said.masked.strip())

    assert Ground(By.CHANGES, classify.CHANGE.search(shape.masked)).words(said) == "雪碧改"
    assert Ground(By.PHRASE).words(said) == "17号单雪碧改成15箱"
