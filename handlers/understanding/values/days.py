"""Days and stretches of days, as they are said."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.understanding.values.festivals import NAMED, named_day
from handlers.understanding.values.months import (
    count,
    month_begin,
    month_day,
    month_end,
    named_month,
    one_day,
    whole_month,
)
from handlers.understanding.values.numerals import number

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_WEEKDAYS = {
    "一": 0,
    "二": 1,
    "三": 2,
    "四": 3,
    "五": 4,
    "六": 5,
    "日": 6,
    "天": 6,
    "末": 5,
    **{str(n): n - 1 for n in range(1, 8)},
}
_WEEK = r"(?P<week>上上|下下|上个?|下个?|这个?|本)?(?:周|星期|礼拜)"
_RELATIVE = {
    "大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Days:
    """What was said between two offsets: a day, or from a first to a last one.

    `number` is set where only the number of a day was said (17号), which may be an order's.
    """

    start: int
    end: int
    first: date
    last: date
    number: int | None = None
    stretch: bool = False


_Reader = Callable[[re.Match[str], date], tuple[date, date] | None]


def days(low: str, today: date) -> Iterator[Days]:
    """Every day and stretch in a line; they may overlap."""
    for pattern, read, stretch in _PATTERNS:
        for match in pattern.finditer(low):
            try:
                found = read(match, today)
            except (ValueError, OverflowError):
                continue
            if found:
                bare = number(match["bare"]) if "bare" in pattern.groupindex and match["bare"] else None
                yield Days(match.start(), match.end(), *found, int(bare) if bare else None, stretch)


def _relative(match: re.Match[str], today: date) -> tuple[date, date] | None:
    return one_day(today + timedelta(_RELATIVE[match["when"]]))


def _weekday(match: re.Match[str], today: date) -> tuple[date, date] | None:
    return one_day(_of_week(match["week"], match["day"], today))


def _of_week(week: str | None, day: str, today: date) -> date:
    monday = today - timedelta(today.weekday())
    wanted = monday + timedelta(_WEEKDAYS[day])
    if not week:
        return wanted if wanted >= today else wanted + timedelta(7)
    return wanted + timedelta(_weeks(week) * 7)


def _weeks(week: str) -> int:
    return week.count("下") - week.count("上")


def _weekdays(match: re.Match[str], today: date) -> tuple[date, date] | None:
    first = _of_week(match["week"], match["day"], today)
    if match["week2"]:
        return first, _of_week(match["week2"], match["day2"], today)
    last = first - timedelta(first.weekday()) + timedelta(_WEEKDAYS[match["day2"]])
    return (first, last) if last >= first else (first, last + timedelta(7))


def _whole_week(match: re.Match[str], today: date) -> tuple[date, date] | None:
    monday = today - timedelta(today.weekday()) + timedelta(7 * _weeks(match["week"]))
    return monday, monday + timedelta(6)


def _day_number(match: re.Match[str], today: date) -> tuple[date, date] | None:
    """25号; not the number of a house (送南门市场15号)."""
    low = match.string
    if _HOUSE.search(low[: match.start()]) and not _DUE.match(low[match.end() :]):
        return None
    return one_day(_next_day(count(match["bare"]), today))


def _next_day(day: int, today: date) -> date:
    year, month = today.year, today.month
    for _ in range(14):
        try:
            found = date(year, month, day)
        except ValueError:
            found = date.min
        if found >= today:
            return found
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    raise ValueError(day)


def _calendar(match: re.Match[str], today: date) -> tuple[date, date] | None:
    month, day = count(match["month"]), count(match["day"])
    if match["year"]:
        year = int(match["year"])
        return one_day(date(year if year > 99 else 2000 + year, month, day))
    found = date(today.year, month, day)
    return one_day(found if found >= today else date(today.year + 1, month, day))


def _calendar_range(match: re.Match[str], today: date) -> tuple[date, date] | None:
    begun = _calendar(match, today)
    if not begun:
        return None
    first = begun[0]
    month = count(match["month2"]) if match["month2"] else first.month
    last = date(first.year, month, count(match["day2"]))
    return (first, last if last >= first else date(first.year + 1, last.month, last.day))


def _day_range(match: re.Match[str], today: date) -> tuple[date, date] | None:
    first = _next_day(count(match["first"]), today)
    return first, _next_day(count(match["last"]), first)


def _relative_range(match: re.Match[str], today: date) -> tuple[date, date] | None:
    first, last = (today + timedelta(_RELATIVE[match[key]]) for key in ("when", "when2"))
    return (first, last) if last >= first else None


def _later(match: re.Match[str], today: date) -> tuple[date, date] | None:
    return one_day(today + timedelta(count(match["count"]) * (1 if match["unit"] in "天日" else 7)))


def _lately(match: re.Match[str], today: date) -> tuple[date, date] | None:
    counted = count(match["count"]) * {"天": 1, "日": 1, "周": 7, "星期": 7}[match["unit"]]
    return today - timedelta(counted - 1), today


def _this_year(match: re.Match[str], today: date) -> tuple[date, date] | None:
    year = today.year - (match["which"] == "去")
    return date(year, 1, 1), date(year, 12, 31)


_HOUSE = re.compile(r"(?:送|地址)(?:[去到至往在是为:])?[\u4e00-\u9fff]{2,12}$")
_DUE = re.compile(r"\s*(?:送|到|前|之前|以前|要|发|交|早|晚|上午|下午|中午)")
_YEAR = r"(?:(?P<year>\d{4}|\d{2}(?=年))(?:年|[-/.]))?"
_TO = r"\s*(?:到|至|-|~)\s*"
_NO_UNIT = r"(?![\d.]|\s*(?:元|块|万|千|百|平方|寸|分|[a-z]))"
_DAY_WORD = "大前|前|昨|今|明|大后|后"
_TODAY = rf"(?<!提)(?P<when>{_DAY_WORD})(?:天|日|儿个?|(?=[早晚晨]))"
_PATTERNS: tuple[tuple[re.Pattern[str], _Reader, bool], ...] = (
    (re.compile(_TODAY), _relative, False),
    (re.compile(rf"(?<!提)(?P<when>{_DAY_WORD})[天日]?(?:{_TO}|和)(?P<when2>{_DAY_WORD})[天日]"), _relative_range, True),
    (re.compile(r"(?<!提)(?P<when>今|明)(?P<when2>明|后)(?:两)?[天日]"), _relative_range, True),
    (re.compile(rf"{_WEEK}(?P<day>[一二三四五六日天末1-7])"), _weekday, False),
    (re.compile(rf"{_WEEK}(?P<day>[一二三四五六日天1-7]){_TO}(?:(?P<week2>上上|下下|上个?|下个?|这个?|本)?(?:周|星期|礼拜))?(?P<day2>[一二三四五六日天1-7])"), _weekdays, True),
    (re.compile(r"(?P<week>上上|上个?|这个?|本|下个?)(?:周|星期|礼拜)(?![一二三四五六日天末1-7])"), _whole_week, True),
    (re.compile(rf"(?<![\d路街道巷弄村区栋幢园段里口楼])(?P<bare>{_N})[号日](?![线楼栋店门仓库院馆])"), _day_number, False),
    (re.compile(rf"(?<!\d)(?P<first>{_N})[号日]?{_TO}(?P<last>{_N})[号日]"), _day_range, True),
    (re.compile(rf"(?<![\d.]){_YEAR}(?P<month>{_N})月(?P<day>{_N})[号日]?"), _calendar, False),
    (re.compile(rf"(?<![\d.]){_YEAR}(?P<month>{_N})月(?P<day>{_N})[号日]?{_TO}(?:(?P<month2>{_N})月)?(?P<day2>{_N})[号日]?"), _calendar_range, True),
    (re.compile(r"(?<![\d.a-z/-])(?:(?P<year>\d{4})[-/.])(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"), _calendar, False),
    (re.compile(rf"(?<![\d.a-z/-])(?P<year>)(?P<month>1[0-2]|0?[1-9])[./](?P<day>[12]\d|3[01]|0?[1-9])(?:[号日]|{_NO_UNIT})(?!/)"), _calendar, False),
    (re.compile(rf"(?<![\d.a-z/-])(?P<year>)(?P<month>1[0-2]|0?[1-9])-(?P<day>[12]\d|3[01]|0?[1-9])(?:[号日]|{_NO_UNIT})(?!-)"), _calendar, False),
    (re.compile(rf"(?P<which>下个?|这个?|本)月(?P<day>{_N})[号日]"), month_day, False),
    (re.compile(r"(?P<which>上上个?|上个?|这个?|本|下个?)月(?!底|末|初|报)(?:份)?"), whole_month, True),
    (re.compile(rf"(?P<year>\d{{4}}年|去年|今年)?(?<![\d.])(?P<month>{_N})月份?(?![\d一二三四五六七八九十])"), named_month, True),
    (re.compile(r"(?P<which>下个?|这个?|本)?月[底末]"), month_end, False),
    (re.compile(r"(?P<which>下个?|这个?|本)?月初"), month_begin, False),
    (re.compile(r"(?P<count>\d{1,2}|[一两二三四五六七八九十]{1,2})个?(?P<unit>天|日|周|星期|礼拜)(?:之后|以后|后)"), _later, False),
    (re.compile(r"(?:最近|近)(?P<count>\d{1,2}|[一两二三四五六七八九十]{1,2})个?(?P<unit>天|日|周|星期)"), _lately, True),
    (re.compile(r"(?P<which>今|去)年"), _this_year, True),
    (NAMED, lambda match, today: one_day(named_day(match, today)), False),
)  # fmt: skip
