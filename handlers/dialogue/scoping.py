"""A line that asks for figures: of whom, and of which days that are past."""

import re
from dataclasses import replace
from datetime import date

from domain.errors import Invalid
from handlers.context import Context
from handlers.understanding.reading import Reading

REPORTS = frozenset({"report.daily", "report.weekly", "report.monthly", "report.board", "report.overdue"})
DATED = frozenset({"staff.leave", "order.create", "order.repeat", "order.change", "order.delay"})
WORD = re.compile(r"瓶颈")
STANDS_FOR = "周报"
"""What is read in its place, so that its days are read as those of a report."""
DAYS = r"[\d\s./月日号年\-～~至到今昨明后前大上下本这个周星期礼拜天一二三四五六七八九十]*"
BETWEEN = re.compile(r"[到至~～]")
RECONCILE = re.compile(rf"/?{DAYS}的?对账{DAYS}")
LONGEST_LINE = 24
FAR = 183
SEVERAL = 2
TO = re.compile(r"\s*[到至\-~—]+\s*")
DAY = re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]")


def bottleneck(text: str, ctx: Context) -> Reading | None:
    """瓶颈, alone or with days and a name; None where the line is about something else."""
    if not WORD.search(text) or len(text) > LONGEST_LINE:
        return None
    reading = _read(WORD.sub(STANDS_FOR, text, count=1), ctx)
    if reading.intent != "report.weekly" or reading.also:
        return None
    return replace(reading, intent="report.bottleneck")


def reconciling(text: str, ctx: Context) -> Reading | None:
    """对账, alone or with days; None where the line is about something else."""
    if not RECONCILE.fullmatch(text):
        return None
    asked = Reading("report.reconcile")
    if text.lstrip("/") == "对账":
        return asked
    line = text.replace("的对账", "对账").replace("对账", STANDS_FOR)
    reading = _past(_read(line, ctx), line, ctx.today)
    days = replace(asked.slots, from_=reading.slots.from_, to=reading.slots.to)
    one_of_two = BETWEEN.search(text) and days.from_ == days.to
    return replace(asked, slots=days) if days.from_ and not one_of_two else None


def scoped(reading: Reading, text: str, ctx: Context) -> Reading:
    """The reading with whose figures are asked and the days meant; anything else is left as it is."""
    if any(one.intent in DATED for one in (reading, *reading.also)):
        # Of 2月30日 no other day is made: neither the thirtieth of this month nor none.
        for said in DAY.finditer(text):
            _day(said, ctx.today.year)
    if reading.intent not in {*REPORTS, "report.bottleneck"}:
        return reading
    words = WORD.sub(STANDS_FOR, text, count=1) if reading.intent == "report.bottleneck" else text
    whose = ctx.rules.understanding.whose(words, ctx.here)
    reading = _past(reading, words, ctx.today)
    slots = replace(reading.slots, mine=whose.mine, department=whose.words or None)
    if len(whose.people) == 1 and len(whose.people[0]) > 1:
        return replace(reading, slots=slots, ambiguous={**reading.ambiguous, "staff": whose.people[0]})
    people = tuple(dict.fromkeys(user_id for found in whose.people for user_id in found))
    if whose.customers:
        return replace(reading, slots=slots, ambiguous={**reading.ambiguous, "customer": whose.customers})
    return replace(reading, slots=replace(slots, people=people))


def _read(text: str, ctx: Context) -> Reading:
    return ctx.rules.understanding.read(text, sender=ctx.actor.user_id, now=ctx.here)


def _past(reading: Reading, text: str, today: date) -> Reading:
    """A day of the year said without one is the latest that has come: a report looks back."""
    said = list(DAY.finditer(text))
    days = [_day(one, today.year) for one in said]
    if len(days) == SEVERAL and TO.fullmatch(text[said[0].end() : said[1].start()]):
        if not said[1]["year"]:
            days[1] = _day(said[1], days[0].year)
        if said[0]["year"]:
            return replace(reading, slots=replace(reading.slots, from_=days[0], to=days[1]))
    first, last = reading.slots.from_, reading.slots.to
    if first is None or (first - today).days <= FAR or "年" in text:
        return reading
    back = first.year - today.year + (first.replace(year=today.year) > today)
    moved = replace(reading.slots, from_=_earlier(first, back), to=last and _earlier(last, back))
    return replace(reading, slots=moved)


def _day(said: re.Match[str], this_year: int) -> date:
    """The day said, or the refusal where the year has none such."""
    year, month, day = int(said["year"] or this_year), int(said["month"]), int(said["day"])
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Invalid("no-such-day", year=year, month=month, day=day) from error


def _earlier(day: date, years: int) -> date:
    return day.replace(year=day.year - years)
