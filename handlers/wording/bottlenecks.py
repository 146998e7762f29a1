"""Where the time goes, in words: by step, waiting or working, and in whose hands."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from domain.figures import Report, StepTime
from handlers.wording.figures import Frame, percent, share
from handlers.wording.step_times import by_owner, by_step, handling
from handlers.wording.text import span

STEPS = 4
PEOPLE = 5


def in_short(found: Report, frame: Frame) -> Sequence[str]:
    """Which part of the time the longest steps took, and the bottleneck."""
    times = handling(found.now.times, frame.company)
    whole = _sum(times)
    if not whole:
        return []
    lines = [f"- {_step(one, whole, frame)}" for one in by_step(times)[:STEPS]]
    return ["**环节用时**", *lines, _named(times, frame)]


def in_full(found: Report, frame: Frame) -> Sequence[str]:
    """Every step with its mean and against the period before; nothing where no step took any time."""
    times = handling(found.now.times, frame.company)
    before = {one.step: one for one in by_step(handling(found.before.times, frame.company))}
    whole, whole_before = _sum(times), _sum(before.values())
    if not whole:
        return []
    lines = [
        f"- {_step(one, whole, frame)}，平均 {span(one.whole / one.passages)}"
        f"{_against(one, whole, before.get(one.step), whole_before)}"
        for one in by_step(times)
    ]
    return [*lines, _named(times, frame)]


def load(found: Report, frame: Frame) -> Sequence[str]:
    """Open orders in each one's hands now, and the steps they finished in the period."""
    held, late = _held(found), {one.owner: 0 for one in found.backlog}
    for one in found.backlog:
        late[one.owner] += one.overdue
    finished: dict[str, int] = {}
    for time in found.now.times:
        finished[time.owner] = finished.get(time.owner, 0) + time.passages
    of = set(found.scope.people)
    people = [one for one in {*held, *finished} if one and (not of or one in of)]
    ranked = sorted(people, key=lambda one: (-held.get(one, 0), -finished.get(one, 0), one))
    shown = [
        f"{frame.name(one)} {held.get(one, 0)}{f'（超时{late[one]}）' if late.get(one) else ''}/{finished.get(one, 0)}"
        for one in ranked[:PEOPLE]
    ]
    rest = f" 等 {len(ranked)} 人" if len(ranked) > PEOPLE else ""
    return [f"**每人** 在手/办完：{'、'.join(shown)}{rest}"] if shown else []


def _held(found: Report) -> dict[str, int]:
    held: dict[str, int] = {}
    for one in found.backlog:
        held[one.owner] = held.get(one.owner, 0) + one.orders
    return held


def _sum(times: Iterable[StepTime]) -> timedelta:
    return sum((one.whole for one in times), timedelta())


def _step(one: StepTime, whole: timedelta, frame: Frame) -> str:
    waiting = share(one.waited, one.whole)
    part = percent(share(one.whole, whole))
    return f"{frame.step(one.step)} {part}（等待 {percent(waiting)}，处理 {percent(1 - waiting)}）"


def _against(one: StepTime, whole: timedelta, before: StepTime | None, whole_before: timedelta) -> str:
    if before is None:
        return ""
    change = share(one.whole, whole) - share(before.whole, whole_before)
    points = int((change * 100).to_integral_value())
    return f"，比上期 {points:+d} 个百分点" if points else "，和上期持平"


def _named(times: Sequence[StepTime], frame: Frame) -> str:
    """The step with most of the time, and in whose hands most of that was."""
    step = by_step(times)[0]
    people = [one for one in by_owner(times, step.step) if one.owner]
    who = f"，最多在{frame.name(people[0].owner)}手上（{span(people[0].whole)}）" if people else ""
    what = "等人接手" if step.waited > step.worked else "处理本身"
    return f"瓶颈：**{frame.step(step.step)}**，主要是{what}{who}"
