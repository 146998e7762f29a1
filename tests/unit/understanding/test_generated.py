"""Lines made up from catalogues made up: whatever is written unasked is what was meant, and nothing is an error."""

import json
from functools import cache
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.understanding import Understanding, document
from tests.sayings.answers import written_wrongly
from tests.sayings.catalogues import city
from tests.sayings.mutations import mutated
from tests.sayings.orders import Writer
from tests.sayings.shelf import Shelf
from tests.sayings.traps import trap
from tests.unit.understanding.lines import DATA, MONDAY, understanding

RANDOM = st.randoms(use_true_random=False)
CATALOGUES = 40
"""Reused, since they take longer to index than a line to read; the benchmark makes up many more."""


@cache
def _stocked(seed):
    catalogue = trap(Random(seed))
    return Understanding(catalogue), Shelf(catalogue)


@cache
def _known_lines():
    files = sorted(DATA.rglob("lines.jsonl"))
    return [json.loads(row)["text"] for file in files for row in file.read_text("utf-8").splitlines() if row]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, CATALOGUES), RANDOM)
def test_a_line_is_written_unasked_only_as_it_was_meant(seed, random):
    reader, shelf = _stocked(seed)
    line = Writer(random, shelf).line()

    made = document(reader.read(line.text, sender="x", now=MONDAY, history=line.history))

    assert not written_wrongly(line.answer, made), (line.text, line.history)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(RANDOM, st.sampled_from(["drinks", "hardware", "clothes"]))
def test_no_spoilt_line_is_an_error(random, trade):
    known = _known_lines()

    reading = understanding(trade).read(mutated(random, random.choice(known), known), sender="x", now=MONDAY)

    assert document(reading)["intent"]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=2))
def test_nothing_that_can_be_typed_is_an_error(text, history):
    assert understanding("drinks").read(text, sender="x", now=MONDAY, history=history).intent


WORDS = st.sampled_from(
    "福满楼 华联 好邻居 可乐 罐装 雪碧 纯生 330 17 #17 十箱 20箱 两 半 箱 瓶 改成 加 减 不要 各 送 明天 周三 上午 的 了 吗 ? 「 」 \n \t / @ 按 44 元 一箱 各10箱 买10送1 通过 驳回 缺 退 取消 也一样 老样子 到 品名 数量 单位 - 0 合计 客户 1. 2. 我 请假 微信 3200 备注 地址".split(
        " "
    )
)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(WORDS, max_size=14),
    st.sampled_from(["", " "]),
    st.lists(st.lists(WORDS, max_size=6), max_size=2),
)
def test_no_mixture_of_known_words_is_an_error(words, join, history):
    earlier = [join.join(line) for line in history]
    reading = understanding("drinks").read(join.join(words), sender="x", now=MONDAY, history=earlier)

    assert document(reading)["intent"]


def test_the_same_seed_makes_the_same_lines():
    written = [Writer(Random(7), Shelf(trap(Random(7)))).line() for _ in range(2)]

    assert written[0] == written[1]
    assert city(50, 50) == city.__wrapped__(50, 50)
