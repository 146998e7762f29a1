"""After a change of the catalogue, what is taken over reads as if all had been indexed anew."""

import gc
import weakref
from dataclasses import replace
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.understanding import Understanding, document
from handlers.understanding.vocabulary.lexicon import learn
from tests.sayings.orders import Writer
from tests.sayings.shelf import Shelf
from tests.sayings.traps import trap
from tests.unit.understanding.lines import MONDAY

NAMES = ("跟单助手",)
SEEDS = st.integers(1, 10_000)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SEEDS, SEEDS, st.sampled_from(["products", "customers"]))
def test_a_changed_table_is_known_and_the_other_still_is(first, second, table):
    old, new = trap(Random(first)), trap(Random(second))
    changed = replace(old, **{table: getattr(new, table)})

    # There and back again: what has gone must not be known any more, and what comes back must be.
    reader = Understanding(old, bot_names=NAMES)
    for catalogue in (changed, old, changed):
        reader = reader.renewed(catalogue, bot_names=NAMES)
        fresh = Understanding(catalogue, bot_names=NAMES)
        writers = (Writer(Random(second), Shelf(catalogue)), Writer(Random(first), Shelf(old)))
        for line in (writer.line() for writer in writers for _ in range(8)):
            readings = [
                document(one.read(line.text, sender="x", now=MONDAY, history=line.history))
                for one in (reader, fresh)
            ]
            assert readings[0] == readings[1], line.text


def test_only_what_changed_is_indexed_again():
    old, new = trap(Random(1)), trap(Random(2))
    before = learn(old)

    after = learn(replace(old, products=new.products), before)

    assert after.customers is before.customers
    assert after.products is not before.products
    assert learn(replace(old, staff={}), before).products is before.products


def test_what_was_before_is_not_kept():
    old, new = trap(Random(1)), trap(Random(2))
    reader = Understanding(old)
    for line in (Writer(Random(1), Shelf(old)).line() for _ in range(20)):
        reader.read(line.text, sender="x", now=MONDAY)
    gone = weakref.ref(reader._lexicon.products.names.phrases)
    gc.collect()
    gc.disable()
    try:
        reader = reader.renewed(new, bot_names=NAMES)
        assert gone() is None, "a server never collects what stood when it started"
    finally:
        gc.enable()
