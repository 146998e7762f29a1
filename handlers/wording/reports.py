"""A period's figures in words: short sections that read well on a phone. The figures: docs/figures.md."""

import calendar
from collections.abc import Sequence
from decimal import Decimal

from domain.figures import Backlog, Period, Report, Tally
from domain.order import Order
from handlers.message import Button, Reply
from handlers.wording.bottlenecks import in_full, in_short, load
from handlers.wording.figures import Frame, growth, more
from handlers.wording.measures import against_targets
from handlers.wording.report_charts import charts
from handlers.wording.report_heading import heading
from handlers.wording.text import days, plain, span

TITLES = {"daily": "日报", "weekly": "周报", "monthly": "月报"}
TROUBLES = (
    ("short", "缺货"), ("rejected", "驳回"), ("complained", "投诉"), ("returned", "退货"), ("urged", "催单"),
    ("cancelled", "取消"),
)  # fmt: skip
REASONS = 2
NAMED = 60


def report(found: Report, frame: Frame) -> Reply:
    """The whole report, with its charts; where nothing happened it says so and how things stand."""
    if found.now.quiet and found.before.quiet and not found.backlog:
        return Reply(f"{_title(found, frame)}\n这段时间没有单，也没有在途的单。")
    sections = [
        _title(found, frame),
        *(_quiet() if found.now.quiet else (*_taken(found, frame), *_moved(found, frame))),
        *_late(found, frame),
        *(() if found.now.quiet else _troubles(found)),
        *against_targets(found, frame),
        *in_short(found, frame),
        *load(found, frame),
    ]
    buttons = (Button("看板", "看板"), Button("超时清单", "超时"), Button("瓶颈", "瓶颈"))
    drawn = charts(found, frame)
    named = heading(_name(found), _days(found.period, frame), _owed(found, frame), found, frame)
    return Reply("\n".join(sections), buttons, charts=(named, *drawn) if drawn else ())


def bottleneck(found: Report, frame: Frame) -> Reply:
    """Where the time goes until goods leave, and against the period before."""
    lines = in_full(found, frame) or (
        "这段时间还没有花了时间走完的环节，看不出瓶颈。现在卡在哪里请看「看板」和「超时」。",
    )
    head = f"**瓶颈** {_days(found.period, frame)}{_of(found)}"
    return Reply("\n".join([head, *lines]), (Button("看板", "看板"), Button("超时清单", "超时")))


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
    month = calendar.monthrange(period.first.year, period.first.month)[1]
    if (period.kind, length) == ("weekly", 7):
        return "比上周同期" if period.so_far else "比前一周"
    if (period.kind, length) == ("monthly", month):
        return "比上月同期" if period.so_far else "比前一月"
    return f"比前 {length} 天"


def _quiet() -> Sequence[str]:
    return ("这段时间没有新单，也没有动静。",)


def _taken(found: Report, frame: Frame) -> Sequence[str]:
    now, before = found.now.taken, found.before.taken
    grown = growth(now.amount, before.amount) if frame.amounts else ""
    than = _than(found.period)
    told = f"（{than} {more(now.number, before.number, ' 张')}{f'，金额 {grown}' if grown else ''}）"
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
    count = sum(one.overdue for one in found.backlog)
    lines = [f"- 现在未收 {frame.money(_owed(found, frame))} 元"]
    if not count:
        return [*lines, "**超时** 现在没有超时的单"]
    return [*lines, f"**超时** 现在 {count} 张，最久的：", *(_worst(order, frame) for order in found.worst)]


def _owed(found: Report, frame: Frame) -> Decimal:
    return sum((one.owed for one in found.backlog if _is_owed(one, frame)), Decimal(0))


def _is_owed(one: Backlog, frame: Frame) -> bool:
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
