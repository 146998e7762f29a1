"""Days that move: festivals and days of the lunar calendar."""

import re
from collections.abc import Callable
from datetime import date

from borax.calendars import LunarDate
from borax.calendars.lunardate import InvalidLunarDateError, TermUtils

_MONTHS = {
    "正": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "冬": 11,
    "腊": 12,
}
_ONES = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_LUNAR = {
    "中秋": (8, 15), "端午": (5, 5), "春节": (1, 1), "大年初一": (1, 1), "元宵": (1, 15), "重阳": (9, 9),
    "七夕": (7, 7), "腊八": (12, 8), "小年": (12, 23),
}  # fmt: skip
_SOLAR = {
    "元旦": (1, 1), "国庆": (10, 1), "五一": (5, 1), "劳动节": (5, 1), "圣诞": (12, 25), "平安夜": (12, 24),
    "双十一": (11, 11), "双11": (11, 11), "双十二": (12, 12), "双12": (12, 12), "六一": (6, 1), "儿童节": (6, 1),
    "情人节": (2, 14), "妇女节": (3, 8), "三八节": (3, 8), "教师节": (9, 10),
}  # fmt: skip
_TERMS = {"清明": "清明", "冬至": "冬至"}
_EVES = ("除夕", "年三十", "大年三十")
_DAY = r"初[一二三四五六七八九十]|十[一二三四五六七八九]|二十[一二三四五六七八九]?|廿[一二三四五六七八九]|三十|十"

NAMED = re.compile(
    rf"(?:农历|阴历|旧历)?(?P<month>[正冬腊]月|(?<=历)[一二三四五六七八九十]月|大年(?=初))(?P<day>{_DAY})"
    rf"|(?P<eve>{'|'.join(sorted(_EVES, key=len, reverse=True))})"
    rf"|(?P<named>{'|'.join(sorted([*_LUNAR, *_SOLAR, *_TERMS], key=len, reverse=True))})节?"
    r"|(?P<tenth>十一)(?=节|前|之前|假|期间)"
)


def named_day(match: re.Match[str], today: date) -> date | None:
    """The next day from `today` on that a match of `NAMED` speaks of."""
    if match["month"]:
        month = 1 if match["month"].startswith("大年") else _MONTHS[match["month"][0]]
        day = _lunar_day(match["day"])
        return _next(today, lambda year: _from_lunar(year, month, day))
    if match["eve"]:
        return _next(today, _eve)
    name = "国庆" if match["tenth"] else match["named"]
    if name in _SOLAR:
        month, day = _SOLAR[name]
        return _next(today, lambda year: date(year, month, day))
    if name in _TERMS:
        return _next(today, lambda year: _term(year, _TERMS[name]))
    month, day = _LUNAR[name]
    return _next(today, lambda year: _from_lunar(year, month, day))


def _next(today: date, in_year: Callable[[int], date | None]) -> date | None:
    found = (in_year(year) for year in range(today.year - 1, today.year + 3))
    return next((day for day in found if day and day >= today), None)


def _lunar_day(words: str) -> int:
    if words.startswith("初"):
        return _ONES[words[1]]
    tens, ones = {"十": (10, words[1:]), "二": (20, words[2:]), "廿": (20, words[1:]), "三": (30, "")}[
        words[0]
    ]
    return tens + (_ONES[ones] if ones else 0)


def _from_lunar(year: int, month: int, day: int) -> date | None:
    """The solar day of a lunar one; None where that month was too short."""
    try:
        solar: date = LunarDate(year, month, day).to_solar_date()
    except InvalidLunarDateError:
        return None
    return solar


def _eve(year: int) -> date | None:
    """The day before the first of the lunar year that follows `year`."""
    first = _from_lunar(year + 1, 1, 1)
    return date.fromordinal(first.toordinal() - 1) if first else None


def _term(year: int, name: str) -> date:
    day: date = TermUtils.nth_term_day(year, term_name=name)
    return day
