"""Months and their days, as they are said."""

import re
from datetime import date, timedelta

from handlers.understanding.values.numerals import number


def one_day(day: date | None) -> tuple[date, date] | None:
    """A day as a stretch of one."""
    return (day, day) if day else None


def count(words: str) -> int:
    """The whole number that words are."""
    value = number(words)
    if value is None:
        raise ValueError(words)
    return int(value)


def month_of(today: date, later: int) -> tuple[date, date]:
    """The first and last day of a month counted from this one."""
    index = today.year * 12 + today.month - 1 + later
    first = date(index // 12, index % 12 + 1, 1)
    following = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return first, following - timedelta(1)


def month_day(match: re.Match[str], today: date) -> tuple[date, date] | None:
    """下个月5号."""
    first = month_of(today, match["which"].count("下"))[0]
    return one_day(first.replace(day=count(match["day"])))


def whole_month(match: re.Match[str], today: date) -> tuple[date, date] | None:
    """这个月, 上个月."""
    return month_of(today, match["which"].count("下") - match["which"].count("上"))


def named_month(match: re.Match[str], today: date) -> tuple[date, date] | None:
    """9月份, 去年9月: without a year the last such month."""
    month = count(match["month"])
    if not 1 <= month <= 12:
        return None
    if match["year"]:
        year = today.year - {"去": 1, "今": 0, "明": -1}.get(match["year"][0], 0)
        year = int(match["year"][:-1]) if match["year"][0].isdigit() else year
    else:
        year = today.year if month <= today.month else today.year - 1
    return month_of(date(year, month, 1), 0)


def month_begin(match: re.Match[str], today: date) -> tuple[date, date] | None:
    """下月初, 月初: the next first day of a month."""
    first = month_of(today, (match["which"] or "").count("下"))[0]
    return one_day(first if first >= today else month_of(today, 1)[0])


def month_end(match: re.Match[str], today: date) -> tuple[date, date] | None:
    """月底."""
    return one_day(month_of(today, (match["which"] or "").count("下"))[1])
