"""The second stage alone: numbers, days, times, money and orders as they are said."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding.values.asides import asides
from handlers.understanding.values.clock import clocks, moment
from handlers.understanding.values.days import days
from handlers.understanding.values.money import MoneyReader
from handlers.understanding.values.numerals import number, numbers
from handlers.understanding.values.refs import orders_said

MONDAY = date(2026, 11, 23)
NOW = datetime.fromisoformat("2026-11-23T10:00:00+08:00")
FIGURES = "零一二三四五六七八九"
SCRAPS = st.lists(
    st.sampled_from(
        "一 两 三 十 百 千 万 半 20 2.5 0 11 23 月 号 日 周 星期 三 天 明 后 下 上 个 到 - . / : 点 分 小时 后 块 元 箱 每 # 单 那单 除夕 初三 腊月 底 ".split(
            " "
        )
    ),
    max_size=10,
).map("".join)


def chinese(value: int) -> str:
    """A number below ten thousand as it is written in full."""
    words, zero = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // scale % 10
        if digit:
            words += ("零" if zero and words else "") + FIGURES[digit] + name
            zero = False
        else:
            zero = zero or bool(words)
    return words or "零"


@given(st.integers(1, 9999))
def test_every_number_is_read_as_it_is_written(value):
    assert number(chinese(value)) == value
    assert number(str(value)) == value


@given(SCRAPS)
def test_whatever_is_found_has_its_place_in_the_line(low):
    money = MoneyReader(frozenset({"箱", "瓶"}))
    places = [(one.start, one.end) for one in numbers(low)] + [
        (one.start, one.end) for one in days(low, MONDAY)
    ]
    places += [(one.start, one.end) for one in clocks(low)] + [
        (one.start, one.end) for one in money.find(low)
    ]
    places += [(one.start, one.end) for one in orders_said(low)]

    assert all(0 <= start < end <= len(low) for start, end in places)
    assert all(one.first <= one.last for one in days(low, MONDAY))
    assert all(0 <= start < end <= len(low) for start, end in asides(low))


@given(st.dates(date(2020, 1, 1), date(2040, 12, 1)))
def test_days_are_counted_from_the_day_they_are_said_on(today):
    read = {
        words: max(days(words, today), key=lambda one: one.end - one.start)
        for words in ("明天", "下周三", "月底")
    }

    assert read["明天"].first == today + timedelta(1)
    assert read["下周三"].first == today + timedelta(9 - today.weekday())
    assert (read["月底"].first + timedelta(1)).day == 1
    assert today <= read["月底"].first


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("一百二", "120"), ("两千零五", "2005"), ("1.2万", "12000"), ("1百", "100"), ("十五", "15"),
        ("两万五", "25000"), ("一点五", "1.5"), ("二〇二六", "2026"), ("1万2", "12000"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_said(words, value):
    assert number(words) == Decimal(value)


def test_a_number_that_nobody_counts_in_is_none():
    assert number("2" + "千" * 10) is None
    assert number("9" * 15) is not None


def test_a_loose_number_is_either():
    assert next(numbers("二三十提")).values == (Decimal(20), Decimal(30))


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("今天", "2026-11-23", "2026-11-23"),
        ("大后天", "2026-11-26", "2026-11-26"),
        ("周三", "2026-11-25", "2026-11-25"),
        ("周一", "2026-11-23", "2026-11-23"),
        ("下周三", "2026-12-02", "2026-12-02"),
        ("25到27号", "2026-11-25", "2026-11-27"),
        ("下周一到周三", "2026-11-30", "2026-12-02"),
        ("11.30", "2026-11-30", "2026-11-30"),
        ("月底", "2026-11-30", "2026-11-30"),
        ("上个月", "2026-10-01", "2026-10-31"),
        ("腊月二十八", "2027-02-04", "2027-02-04"),
        ("中秋", "2027-09-15", "2027-09-15"),
        ("除夕", "2027-02-05", "2027-02-05"),
        ("10号", "2026-12-10", "2026-12-10"),
        ("上周", "2026-11-16", "2026-11-22"),
        ("三天后", "2026-11-26", "2026-11-26"),
    ],
)
def test_days_are_counted_from_today(words, first, last):
    longest = max(days(words, MONDAY), key=lambda found: found.end - found.start)

    assert (longest.first.isoformat(), longest.last.isoformat()) == (first, last)


@pytest.mark.parametrize("words", ["人民路88号", "3号线", "2月30日", "13月1号"])
def test_what_is_no_day_is_none(words):
    assert not any((one.start, one.end) == (0, len(words)) for one in days(words, MONDAY))


def test_a_house_number_is_no_day():
    assert list(days("人民路88号", MONDAY)) == []


def test_two_in_the_afternoon_is_after_noon():
    assert moment(NOW, None, "afternoon", time(2)).hour == 14
    assert [clock.period or clock.at for clock in clocks("下午两点")] == ["afternoon", time(2)]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("周一早上", {"早上"}), ("下星期一早晨", {"早晨"}), ("礼拜一大早", set()), ("周一一早", {"一早"}),
        ("初一早上", {"早上"}), ("明天一大早", {"一大早"}), ("一早", {"一早"}),
    ],
)  # fmt: skip
def test_a_weekday_keeps_its_one(words, parts):
    assert {words[found.start : found.end] for found in clocks(words) if found.period} == parts


@pytest.mark.parametrize(
    ("words", "length"),
    [("半小时后", 30), ("一个半小时", 90), ("两小时", 120), ("一刻钟", 15), ("40分钟", 40)],
)
def test_a_length_of_time_is_counted_in_minutes(words, length):
    assert timedelta(minutes=length) in [one.length for one in clocks(words)]


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("按64一箱", "64", "箱"), ("¥3200", "3200", ""), ("2块5一瓶", "2.5", "瓶"), ("单价45元", "45", ""),
        ("每箱42元", "42", "箱"), ("三千二百块", "3200", ""),
    ],
)  # fmt: skip
def test_prices_and_sums_are_found(words, value, unit):
    found = max(MoneyReader(frozenset({"箱", "瓶"})).find(words), key=lambda one: one.end - one.start)

    assert (found.value, found.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("#17", "17"),
        ("17号单", "17"),
        ("十七号单", "17"),
        ("so261122-0017", "17"),
        ("刚才那单", "last"),
        ("那单", ""),
    ],
)
def test_orders_are_found_by_what_they_are_called(words, number):
    assert number in [one.number for one in orders_said(words)]


@pytest.mark.parametrize("words", ["13912345678", "电话 0755-8888666", "123456789012"])
def test_a_telephone_counts_nothing(words):
    assert list(asides(words))


@pytest.mark.parametrize(("said", "value"), [("廿", 20), ("廿五", 25), ("卅", 30), ("卅六", 36)])
def test_tens_in_one_character(said, value):
    assert number(said) == value
