"""A picture holds whatever it is given: nothing leaves the paper, nothing in it is markup."""

import xml.etree.ElementTree as ET
from decimal import Decimal
from itertools import cycle, islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.painter import svg
from bot.pictures.shapes import EDGE, WIDTH
from bot.pictures.sheet import sheet
from domain.charts import BARS, KINDS, RANKED, STACKED, TILES, Chart, Series

SVG = "{http://www.w3.org/2000/svg}"
EVIL = '"><image href="file:///etc/passwd"/><script>alert(1)</script>&xxe;<![CDATA['
WORDS = st.one_of(st.text(max_size=12), st.just(EVIL), st.just("很长的名字" * 20))
COUNTS = st.sampled_from((0, 1, 7, 60))


def some(few: tuple[Any, ...], count: int) -> tuple[Any, ...]:
    """So many of a few: large charts from little chance."""
    return tuple(islice(cycle(few), count)) if few else ()


LABELS = st.builds(some, st.lists(WORDS, max_size=3).map(tuple), COUNTS)
VALUES = st.builds(some, st.lists(st.decimals(), max_size=4).map(tuple), COUNTS)
SERIES = st.builds(Series, WORDS, VALUES, WORDS)
CHARTS = st.lists(
    st.builds(
        Chart,
        WORDS,
        st.sampled_from((*KINDS, "unheard-of")),
        LABELS,
        st.lists(SERIES, max_size=5).map(tuple),
        WORDS,
        WORDS,
    ),
    max_size=4,
)


def texts(*charts: Chart) -> list[str]:
    return [word.text for word in sheet(charts).words]


def a_chart(kind: str, *values: object, labels: tuple[str, ...] = ()) -> Chart:
    numbers = tuple(Decimal(str(value)) for value in values)
    return Chart(
        "超时", kind, labels or tuple(f"环节{n}" for n in range(len(numbers))), (Series("张", numbers),), "张"
    )


@given(CHARTS)
def test_whatever_is_drawn_is_an_svg_of_shapes_and_words_only(charts):
    root = ET.fromstring(svg(charts))

    assert {element.tag for element in root.iter()} <= {
        SVG + tag for tag in ("svg", "rect", "text", "polyline", "circle")
    }
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not [name for name in attributes if "href" in name or name.startswith("on") or name == "style"]


@given(CHARTS)
def test_nothing_leaves_the_paper(charts):
    drawing = sheet(charts)

    assert drawing.height <= 2500
    for box in drawing.boxes:
        assert box.width >= 0 <= box.height
        assert box.x >= EDGE - 0.1
        assert box.x + box.width <= WIDTH - EDGE + 0.1
        assert 0 <= box.y <= box.y + box.height <= drawing.height + 0.1
    for curve in drawing.curves:
        assert all(0 <= x <= WIDTH and 0 <= y <= drawing.height for x, y in curve.points)


def test_markup_in_a_name_is_drawn_as_the_words_it_is():
    (text,) = [
        element.text
        for element in ET.fromstring(svg([a_chart(RANKED, 1, labels=("<b>华联</b>",))])).iter(f"{SVG}text")
        if "华联" in (element.text or "")
    ]

    assert text == "<b>华联</b>"


def test_the_heading_shows_title_period_and_figures():
    head = Chart(
        "日报",
        TILES,
        (),
        (Series("新单", (Decimal(47),), "张"), Series("金额", (Decimal(52850),), "元")),
        note="11-27 周五",
    )

    assert texts(head) == ["日报", "11-27 周五", "新单", "47张", "金额", "5.3万元"]


def test_at_most_three_charts_are_drawn():
    charts = [a_chart(RANKED, 1, labels=(f"第{n}",)) for n in range(5)]

    assert [word for word in texts(*charts) if word.startswith("第")] == ["第0", "第1", "第2"]


@pytest.mark.parametrize("kind", [BARS, STACKED, RANKED])
@pytest.mark.parametrize("values", [(), (0, 0, 0), ("NaN",)])
def test_a_chart_of_nothing_says_so(kind, values):
    assert "没有" in texts(a_chart(kind, *values)) or kind == BARS


def test_the_largest_of_a_ranking_comes_first_and_nothing_is_left_out_silently():
    said = texts(a_chart(RANKED, *range(1, 101)))

    assert said[1:3] == ["环节99", "100张"]
    assert "其余91项" in said
    assert f"{sum(range(1, 92)):,}张" in said


def test_steps_stand_in_the_order_they_are_walked():
    chart = Chart(
        "耗时",
        STACKED,
        ("审核", "发货"),
        (Series("等待", (Decimal(1), Decimal(9))), Series("处理", (Decimal(2), Decimal(3)))),
        "小时",
    )

    assert texts(chart) == ["耗时", "处理", "等待", "审核", "3小时", "发货", "12小时"]


def test_labels_that_would_overlap_are_thinned_evenly():
    shown = [
        word
        for word in texts(a_chart(BARS, *range(31), labels=tuple(f"{n}日" for n in range(31))))
        if word.endswith("日")
    ]

    assert shown[:3] == ["0日", "3日", "6日"]
