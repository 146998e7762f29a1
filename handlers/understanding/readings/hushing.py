"""How long somebody does not want to be disturbed: `到明早8点`, `两小时`, `到18:30`."""

import re
from datetime import date, datetime, timedelta

from handlers.understanding.values.clock import MORNING, Clock, clocks, moment
from handlers.understanding.values.days import days

_UNTIL = re.compile(r"^(?:(?:一直)?到|直到|至)?(?P<when>.+?)(?:为止|结束|之前|前|再说|吧|了)*$")
_LATE = re.compile(r"[今明后]?(?:晚|夜)")
_NOTHING = re.compile(
    r"[今明后大昨天早晨晚上中下午傍点钟时分半刻号日月周星期礼拜下个本这\d一二两三四五六七八九十:.\-/小钟头过再后之以的h]*|min"
)


def hushed_until(said: str, here: datetime) -> datetime | None:
    """The moment meant, in the zone of `here`; None where the words are no moment and no length of time."""
    low = re.sub(r"[\s，。,！!]+", "", said.lower())
    match = _UNTIL.match(low)
    if not match or not _NOTHING.fullmatch(match["when"]):
        return None
    when = match["when"]
    found = list(clocks(when))
    length = next((one.length for one in found if one.length is not None), None)
    if length is not None:
        return here + length
    day = _day(when, here.date())
    if day is None and "月" in when:
        return None
    at = next((one.at for one in found if one.at is not None), None)
    if at is None:
        return _begins(day, found, here)
    period = next((one.period for one in found if one.period), None) or (
        "evening" if _LATE.search(when) else None
    )
    return moment(here, day, period, at)


def _day(when: str, today: date) -> date | None:
    """The day that is named; of 2月29日 in a year without it not the 29th of this month."""
    named = [one.first for one in days(when, today) if "月" not in when or "月" in when[one.start : one.end]]
    return named[0] if named else None


def _begins(day: date | None, found: list[Clock], here: datetime) -> datetime | None:
    """A day without an hour ends the quiet in its morning."""
    if day is None or any(one.period not in {None, "morning"} for one in found):
        return None
    return datetime.combine(day, MORNING, here.tzinfo)


LONGEST = timedelta(days=7)
"""Nobody is left alone for longer: who is away says so, and somebody stands in."""
