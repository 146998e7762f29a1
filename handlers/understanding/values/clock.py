"""Parts of the day, times of day and how long from now."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from handlers.understanding.values.numerals import number

PERIODS = {
    "早上": "morning", "上午": "morning", "早晨": "morning", "清早": "morning", "清晨": "morning", "一大早": "morning",
    "一早": "morning", "大清早": "morning", "早": "morning", "中午": "noon", "正午": "noon", "午间": "noon",
    "晌午": "noon", "下午": "afternoon", "午后": "afternoon", "傍晚": "evening", "晚上": "evening",
    "夜里": "evening", "晚间": "evening", "夜间": "evening", "晚": "evening",
}  # fmt: skip
MORNING = time(8)
"""When a day begins of which no hour is said."""
_WORDS = "|".join(sorted((word for word in PERIODS if len(word) > 1), key=len, reverse=True))
_NOT_THE_DAYS_OWN = "(?<![周期拜初])(?=一大?早)|(?!一大?早)"
"""The 一 of 周一早上 is the day's."""
_PERIOD = re.compile(rf"(?:{_NOT_THE_DAYS_OWN})(?:{_WORDS})|(?<=[今明后昨])[早晚]上?|(?<=天)[早晚](?!点)")
_N = r"\d{1,2}|[一二两三四五六七八九十]{1,3}"
_TIME = re.compile(
    rf"(?<!\d)(?:(?P<hour>{_N})(?:点钟?|时)(?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<minute>{_N})分?)?"
    r"|(?P<hour2>[01]?\d|2[0-4]):(?P<minute2>[0-5]\d)(?::[0-5]\d)?)(?!\d)"
)
_SPAN = re.compile(
    r"(?:过|再过)?(?:(?P<halfhour>半个?(?:小时|钟头))|(?P<quarter>一刻钟)|"
    r"(?P<count>\d+(?:\.\d+)?|[一两二三四五六七八九十]{1,3})(?:个(?P<half>半))?个?(?P<unit>小时|钟头|分钟|h(?![a-z])|min))(?P<half2>半)?"
    r"(?P<after>之?后|以后)?"
)


@dataclass(frozen=True, slots=True)
class Clock:
    """A part of the day, a time of day, or a length of time, said between two offsets."""

    start: int
    end: int
    period: str | None = None
    at: time | None = None
    length: timedelta | None = None


def clocks(low: str) -> Iterator[Clock]:
    """Every such word in a line."""
    for match in _PERIOD.finditer(low):
        yield Clock(match.start(), match.end(), period=PERIODS[match[0]])
    for match in _TIME.finditer(low):
        at = _time_of_day(match)
        if at:
            yield Clock(match.start(), match.end(), at=at)
    for match in _SPAN.finditer(low):
        length = _length(match)
        if length:
            yield Clock(match.start(), match.end(), length=length)


def _time_of_day(match: re.Match[str]) -> time | None:
    hour = number(match["hour"] or match["hour2"])
    minute = number(match["minute"] or match["minute2"] or "0")
    if match["half"]:
        minute = Decimal(30)
    if match["quarter"]:
        minute = Decimal(15 if match["quarter"] == "一" else 45)
    if hour is None or minute is None or hour > 23 or minute > 59:
        return None
    return time(int(hour), int(minute))


def _length(match: re.Match[str]) -> timedelta | None:
    if match["halfhour"]:
        return timedelta(minutes=30)
    if match["quarter"]:
        return timedelta(minutes=15)
    count = number(match["count"])
    if count is None or count > 10000:
        return None
    if match["half"] or match["half2"]:
        count += Decimal("0.5")
    minutes = count if match["unit"] in {"分钟", "min"} else count * 60
    return timedelta(minutes=float(minutes))


def moment(now: datetime, day: date | None, period: str | None, at: time) -> datetime:
    """When a time of day will be: after noon where the words say so or the morning is past."""
    hour = at.hour
    if hour < 12 and period in {"afternoon", "evening"}:
        hour += 12
    found = datetime.combine(day or now.date(), time(hour, at.minute), now.tzinfo)
    if day is None and found <= now:
        later = found + timedelta(hours=12)
        found = later if period is None and hour < 12 and later > now else found + timedelta(days=1)
    return found
