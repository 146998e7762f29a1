"""A period's figures in words: short sections that read well on a phone. The figures: docs/figures.md."""

import calendar
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from domain.figures import Cycle, Period, Report, Standing, StepTime, Tally
from domain.order import Order
from handlers.message import Button, Reply
from handlers.wording.figures import Frame, growth, more, percent, share
from handlers.wording.report_charts import charts
from handlers.wording.report_heading import heading
from handlers.wording.step_times import by_owner, by_step, handling
from handlers.wording.text import days, plain, span

TITLES = {"daily": "日报", "weekly": "周报", "monthly": "月报"}
TROUBLES = (
    ("short", "缺货"), ("rejected", "驳回"), ("complained", "投诉"), ("returned", "退货"), ("urged", "催单"),
    ("cancelled", "取消"),
)  # fmt: skip
REASONS = 2
STEPS = 4
PEOPLE = 5
NAMED = 60


def report(found: Report, frame: Frame) -> Reply:
    """The whole report, with its charts; where nothing happened it says so and how things stand."""
    if found.now.quiet and found.before.quiet and not found.standing:
        return Reply(f"{_title(found, frame)}\n这段时间没有单，也没有在途的单。")
    sections = [
        _title(found, frame),
        *(_quiet() if found.now.quiet else (*_taken(found, frame), *_moved(found, frame))),
        *_late(found, frame),
        *(() if found.now.quiet else _troubles(found)),
        *_targets(found, frame),
        *_steps(found, frame),
        *_load(found, frame),
    ]
    buttons = (Button("看板", "看板"), Button("超时清单", "超时"), Button("瓶颈", "瓶颈"))
    drawn = charts(found, frame)
    named = heading(_name(found), _days(found.period, frame), _owed(found, frame), found, frame)
    return Reply("\n".join(sections), buttons, charts=(named, *drawn) if drawn else ())


def bottleneck(found: Report, frame: Frame) -> Reply:
    """Where the time goes until goods leave: by step, waiting or working, and who has it longest."""
    times = handling(found.now.times, frame.company)
    head = f"**瓶颈** {_days(found.period, frame)}{_of(found)}"
    if not times:
        return Reply(f"{head}\n这段时间没有走完的环节，看不出瓶颈。现在卡在哪里请看「看板」和「超时」。")
    before = {one.step: one for one in by_step(handling(found.before.times, frame.company))}
    whole = sum((one.whole for one in times), timedelta())
    whole_before = sum((one.whole for one in before.values()), timedelta())
    lines = [
        f"- {_step(one, whole, frame)}，平均 {span(one.whole / one.passages)}"
        f"{_against(one, whole, before.get(one.step), whole_before)}"
        for one in by_step(times)
    ]
    return Reply(
        "\n".join([head, *lines, _named(times, frame)]), (Button("看板", "看板"), Button("超时清单", "超时"))
    )


def _against(one: StepTime, whole: timedelta, before: StepTime | None, whole_before: timedelta) -> str:
    if before is None or not whole_before:
        return ""
    change = share(one.whole, whole) - share(before.whole, whole_before)
    points = int((change * 100).to_integral_value())
    return f"，比上期 {points:+d} 个百分点" if points else "，和上期持平"


def _title(found: Report, frame: Frame) -> str:
    return f"**{_name(found)}** {_days(found.period, frame)}{_of(found)}"


def _name(found: Report) -> str:
    return TITLES.get(found.period.kind, "报表")


def _days(period: Period, frame: Frame) -> str:
    zone = frame.company.calendar.zone
    until = f" 到 {frame.now.astimezone(zone):%H:%M}" if period.so_far else ""
    return f"{days(period.first, min(period.last, frame.today), frame.today)}{until}"


def _of(found: Report) -> str:
    scope = found.scope
    if len(scope.customers) > 1:
        return f"\n{len(scope.customers)} 家合计：{plain(scope.name, NAMED)}"
    return f"\n{plain(scope.name, NAMED)}" if scope.name else ""


def _than(period: Period) -> str:
    """What a figure is set against: `比昨天此时`, `比上周`, `比前 10 天`."""
    length = (period.last - period.first).days + 1
    if period.kind == "daily" and length == 1:
        return "比昨天此时" if period.so_far else "比前一天"
    whole = {"weekly": "周", "monthly": "月"}.get(period.kind)
    if whole and length in (7, calendar.monthrange(period.first.year, period.first.month)[1]):
        return f"比上{whole}同期" if period.so_far else f"比前一{whole}"
    return f"比前 {length} 天"


def _quiet() -> Sequence[str]:
    return ("这段时间没有新单，也没有动静。",)


def _taken(found: Report, frame: Frame) -> Sequence[str]:
    now, before = found.now.taken, found.before.taken
    grown = growth(now.amount, before.amount) if frame.amounts else ""
    than = _than(found.period)
    told = f"（{than} {more(now.number, before.number)} 张{f'，金额 {grown}' if grown else ''}）"
    steps = found.now.steps
    order = list(frame.company.workflow.steps)
    ranked = sorted(steps, key=lambda key: order.index(key) if key in order else len(order))
    where = "、".join(f"{frame.step(key)} {steps[key]}" for key in ranked)
    lines = [f"- 新单 {now.number} 张，{frame.money(now.amount)} 元{told}"]
    return [*lines, f"  现在：{where}"] if where else lines


def _moved(found: Report, frame: Frame) -> Sequence[str]:
    now, before = found.now, found.before
    shipped, back = now.done("shipped"), now.done("refunded").amount
    paid = now.done("paid").amount
    refunded = f"，退款 {frame.money(abs(back))} 元" if back else ""
    lines = [
        f"- 发货 {shipped.number} 次，{frame.money(shipped.amount)} 元（比上期 {more(shipped.number, before.done('shipped').number)}）",
        f"- 签收 {now.done('signed').number} 次（比上期 {more(now.done('signed').number, before.done('signed').number)}）",
    ]
    if now.done("approved").number:
        lines.append(f"- 审核通过 {now.done('approved').number} 次")
    grown = growth(paid, before.done("paid").amount) if frame.amounts else ""
    lines.append(f"- 收款 {frame.money(paid)} 元{f'（比上期 {grown}）' if grown else ''}{refunded}")
    return lines


def _late(found: Report, frame: Frame) -> Sequence[str]:
    count = sum(one.overdue for one in found.standing)
    lines = [f"- 现在未收 {frame.money(_owed(found, frame))} 元"]
    if not count:
        return [*lines, "**超时** 现在没有超时的单"]
    return [*lines, f"**超时** 现在 {count} 张，最久的：", *(_worst(order, frame) for order in found.worst)]


def _owed(found: Report, frame: Frame) -> Decimal:
    return sum((one.owed for one in found.standing if _is_owed(one, frame)), Decimal(0))


def _is_owed(one: Standing, frame: Frame) -> bool:
    step = frame.company.workflow.steps.get(one.step)
    return step is None or step.kind != "draft"


def _worst(order: Order, frame: Frame) -> str:
    late = span(frame.now - order.step_due) if order.step_due else ""
    owner = f" {frame.name(order.owner)}" if order.owner else ""
    return f"- #{order.number} {plain(order.customer_name, 20)} {frame.step(order.step)}{owner} 超{late}"


def _troubles(found: Report) -> Sequence[str]:
    now, before = found.now, found.before
    lines = [
        f"- {name} {now.done(kind).number}（上期 {before.done(kind).number}）{_reasons(now, kind)}"
        for kind, name in TROUBLES
        if now.done(kind).number
    ]
    return ["**异常**", *lines] if lines else ["**异常** 没有缺货、驳回、投诉、退货、催单"]


def _reasons(now: Tally, kind: str) -> str:
    given = now.reasons.get(kind, ())
    named = "、".join(
        f"{plain(reason, 16)}{f'×{count}' if count > 1 else ''}" for reason, count in given[:REASONS]
    )
    return f"：{named}{' 等' if len(given) > REASONS else ''}" if named else ""


def _targets(found: Report, frame: Frame) -> Sequence[str]:
    now, targets = found.now, frame.company.targets
    of = f"{now.checked} 张里 {now.wrong} 张不对" if now.wrong else f"{now.checked} 张都对"
    lines = [
        _cycle(now.cycle, found.before.cycle, targets.cycle),
        _rate("发货准确率", now.accuracy, found.before.accuracy, targets.accuracy, of),
        _score(now, found.before, targets.satisfaction),
    ]
    shown = [line for line in lines if line]
    return ["**指标**", *shown] if shown else []


def _cycle(now: Cycle, before: Cycle, target: timedelta) -> str:
    if not now.orders:
        return ""
    was = f"，上期中位 {span(before.median)}" if before.orders else ""
    sign = "✓" if now.p90 <= target else "✗"
    return f"- {sign} 处理时长 中位 {span(now.median)}，九成在 {span(now.p90)} 内（目标 {span(target)}{was}）"


def _rate(name: str, now: Decimal | None, before: Decimal | None, target: Decimal, of: str) -> str:
    if now is None:
        return ""
    was = f"，上期 {percent(before, 1)}" if before is not None else ""
    sign = "✓" if now >= target else "✗"
    return f"- {sign} {name} {percent(now, 1)}，{of}（目标 {percent(target)}{was}）"


def _score(now: Tally, before: Tally, target: Decimal) -> str:
    mean, was = now.satisfaction, before.satisfaction
    if mean is None:
        return ""
    told = f"，上期 {was:.1f}" if was is not None else ""
    sign = "✓" if mean >= target else "✗"
    return f"- {sign} 满意度 {mean:.1f} 分，{now.scores} 单有评分（目标 {target.normalize():f}{told}）"


def _steps(found: Report, frame: Frame) -> Sequence[str]:
    times = handling(found.now.times, frame.company)
    if not times:
        return []
    whole = sum((one.whole for one in times), timedelta())
    if not whole:
        return []
    lines = [f"- {_step(one, whole, frame)}" for one in by_step(times)[:STEPS]]
    return ["**环节用时**", *lines, _named(times, frame)]


def _step(one: StepTime, whole: timedelta, frame: Frame) -> str:
    waiting = share(one.waited, one.whole)
    return f"{frame.step(one.step)} {percent(share(one.whole, whole))}（等待 {percent(waiting)}，处理 {percent(1 - waiting)}）"


def _named(times: Sequence[StepTime], frame: Frame) -> str:
    """The bottleneck: the step with most of the time, and in whose hands most of that was."""
    step = by_step(times)[0]
    people = [one for one in by_owner(times, step.step) if one.owner]
    who = f"，最多在{frame.name(people[0].owner)}手上（{span(people[0].whole)}）" if people else ""
    what = "等人接手" if step.waited > step.worked else "处理本身"
    return f"瓶颈：**{frame.step(step.step)}**，主要是{what}{who}"


def _load(found: Report, frame: Frame) -> Sequence[str]:
    """Open orders in each one's hands now, and the steps they finished in the period."""
    held: dict[str, tuple[int, int]] = {}
    for one in found.standing:
        if one.owner and (not found.scope.people or one.owner in found.scope.people):
            orders, late = held.get(one.owner, (0, 0))
            held[one.owner] = (orders + one.orders, late + one.overdue)
    finished: dict[str, int] = {}
    for time in found.now.times:
        if found.scope.people and time.owner not in found.scope.people:
            continue
        finished[time.owner] = finished.get(time.owner, 0) + time.passages
    people = sorted(
        {*held, *(one for one in finished if one)}, key=lambda one: (-held.get(one, (0, 0))[0], one)
    )
    shown = [
        f"{frame.name(one)} {held.get(one, (0, 0))[0]}{_late_part(held.get(one, (0, 0))[1])}/{finished.get(one, 0)}"
        for one in people[:PEOPLE]
    ]
    rest = f" 等 {len(people)} 人" if len(people) > PEOPLE else ""
    return [f"**每人** 在手/办完：{'、'.join(shown)}{rest}"] if shown else []


def _late_part(late: int) -> str:
    return f"（超时{late}）" if late else ""
