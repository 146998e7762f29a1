"""The kinds of value a company file may give, each read from the words that stand there."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from bot.company.numbers import number_in, places_of
from domain.calendar import END_OF_DAY

_SPAN = re.compile(r"(\d{1,4})\s*([mhd])", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{0,63}", re.ASCII)
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as written: `30m`, `4h`, `1d`."""

    amount: int
    unit: str

    def within(self, day: timedelta) -> timedelta:
        """The time it stands for where `1d` is so long (a working day of this company)."""
        return self.amount * {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": day}[self.unit]


def _wrong(code: str, value: object) -> PydanticCustomError:
    # The sentence is ours, looked up by the code; pydantic only carries it.
    return PydanticCustomError(code, "wrong", {"value": str(value)[:200]})


def words(value: object) -> str:
    """The text that stands here."""
    if not isinstance(value, str) or not value.strip():
        raise _wrong("want_text", value)
    if len(value) > _LONGEST:
        raise _wrong("text_too_long", value)
    return value.strip()


def _span(said: str) -> Span | None:
    match = _SPAN.fullmatch(said)
    return Span(int(match[1]), match[2]) if match and int(match[1]) else None


def _time(said: str) -> time | None:
    match = _TIME.fullmatch(said)
    return time(int(match[1]), int(match[2])) if match and int(match[1]) < 24 and int(match[2]) < 60 else None


def shift(said: str) -> tuple[time, time] | None:
    """From and until within a day, or None where the words are something else."""
    first, _, last = (part.strip() for part in said.partition("-"))
    start, end = _time(first), END_OF_DAY if last == "24:00" else _time(last)
    return (start, end) if start is not None and end is not None and start < end else None


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if len(said) == len("2026-01-01") else None
    except ValueError:
        return None


def _zone(said: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(said)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _amount(said: str) -> Decimal | None:
    number = number_in(said)
    return number if number is not None and number >= 0 and places_of(number) <= 4 else None


def _count(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 6 else None


def _weekday(said: str) -> int | None:
    return int(said) if said in tuple("1234567") else None


def _yes(said: str) -> bool | None:
    return {"true": True, "yes": True, "false": False, "no": False}.get(said.lower())


def _read(read: Callable[[str], object], code: str) -> PlainValidator:
    def check(value: object) -> object:
        said = words(value)
        if (result := read(said)) is None:
            raise _wrong(code, said)
        return result

    return PlainValidator(check)


Words = Annotated[str, PlainValidator(words)]
Length = Annotated[Span, _read(_span, "want_span")]
Moment = Annotated[time, _read(_time, "want_time")]
Shift = Annotated[tuple[time, time], _read(shift, "want_shift")]
Day = Annotated[date, _read(_day, "want_day")]
Weekday = Annotated[int, _read(_weekday, "want_weekday")]
Zone = Annotated[ZoneInfo, _read(_zone, "want_zone")]
Amount = Annotated[Decimal, _read(_amount, "want_amount")]
Count = Annotated[int, _read(_count, "want_count")]
Yes = Annotated[bool, _read(_yes, "want_yes")]
Variable = Annotated[str, _read(lambda said: said if _VARIABLE.fullmatch(said) else None, "want_variable")]
