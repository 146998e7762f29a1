"""A report's charts: what was taken when, where the time goes, what is late where."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from domain.charts import BARS, RANKED, STACKED, Chart, Series
from domain.figures import Count, Report
from handlers.wording.figures import Frame
from handlers.wording.step_times import by_step, handling

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def charts(found: Report, frame: Frame) -> tuple[Chart, ...]:
    """Orders and amount by hour or day, time by step, what is late by step; one without data is left out."""
    made = (_taken(found, frame), _times(found, frame), _late(found, frame))
    return tuple(chart for chart in made if chart is not None)


def _taken(found: Report, frame: Frame) -> Chart | None:
    counts = _by_hour(found, frame) if found.period.first == found.period.last else _by_day(found, frame)
    if not any(count.number for count in counts.values()):
        return None
    series = [Series("新单", tuple(Decimal(count.number) for count in counts.values()), "张")]
    if frame.amounts:
        series.append(Series("金额", tuple(count.amount for count in counts.values()), "元"))
    hourly = found.period.first == found.period.last
    return Chart("每小时接单" if hourly else "每天接单", BARS, tuple(counts), tuple(series))


def _by_hour(found: Report, frame: Frame) -> dict[str, Count]:
    """From the first hour with an order to the last one."""
    zone = frame.company.calendar.zone
    hours = [(one.start.astimezone(zone).hour, one.taken) for one in found.slices]
    if not hours:
        return {}
    shown = range(min(hour for hour, _ in hours), max(hour for hour, _ in hours) + 1)
    return {f"{hour}时": _sum(taken for at, taken in hours if at == hour) for hour in shown}


def _by_day(found: Report, frame: Frame) -> dict[str, Count]:
    zone = frame.company.calendar.zone
    taken: dict[date, Count] = {}
    for one in found.slices:
        day = one.start.astimezone(zone).date()
        taken[day] = _sum((taken.get(day, Count()), one.taken))
    last = min(found.period.last, frame.today)
    shown = [found.period.first + timedelta(days=n) for n in range((last - found.period.first).days + 1)]
    return {f"{day:%m-%d}": taken.get(day, Count()) for day in shown}


def _sum(counts: Iterable[Count]) -> Count:
    listed = tuple(counts)
    return Count(sum(one.number for one in listed), sum((one.amount for one in listed), Decimal(0)))


def _times(found: Report, frame: Frame) -> Chart | None:
    steps = [one for one in by_step(handling(found.now.times, frame.company)) if one.whole]
    if not steps:
        return None
    name, unit = ("小时", HOUR) if max(one.whole for one in steps) >= 2 * HOUR else ("分钟", MINUTE)
    waited = tuple(_counted(one.waited, unit) for one in steps)
    worked = tuple(_counted(one.worked, unit) for one in steps)
    names = tuple(frame.step(one.step) for one in steps)
    return Chart("环节用时", STACKED, names, (Series("等待", waited), Series("处理", worked)), name)


def _counted(time: timedelta, unit: timedelta) -> Decimal:
    return (Decimal(time // timedelta(seconds=1)) / (unit // timedelta(seconds=1))).quantize(Decimal("0.01"))


def _late(found: Report, frame: Frame) -> Chart | None:
    late: dict[str, int] = {}
    for one in found.backlog:
        if one.overdue:
            late[one.step] = late.get(one.step, 0) + one.overdue
    if not late:
        return None
    ranked = sorted(late, key=lambda step: (-late[step], step))
    values = tuple(Decimal(late[step]) for step in ranked)
    return Chart(
        "现在超时", RANKED, tuple(frame.step(step) for step in ranked), (Series("超时", values),), "张"
    )
