"""Where an order is: taken, reviewed, out, now, and when it will have left."""

from collections.abc import Sequence
from datetime import datetime

from domain.company import FINISHED
from domain.facts import Event, Shipment
from domain.forecast import SINCE, Forecast
from domain.order import Order
from handlers.context import Context
from handlers.wording.orders import name_of, step_name
from handlers.wording.text import day, moment, plain, span


def progress(
    order: Order,
    events: Sequence[Event],
    shipments: Sequence[Shipment],
    expected: Forecast | None,
    ctx: Context,
) -> tuple[str, ...]:
    """Four lines of story, and where it is still to leave a fifth of what is expected."""
    zone = ctx.company.calendar.zone
    taken = f"接单 {order.code(zone)}，{name_of(order.maker, ctx)} {moment(order.created_at, zone)} 录入"
    lines = (taken, _reviewed(order, events, ctx), _out(order, events, shipments, ctx), _standing(order, ctx))
    return (*lines, _expected(expected, ctx)) if expected else lines


def _standing(order: Order, ctx: Context) -> str:
    """Where it stands, in whose hands, since when, until when; the moment alone once nobody has to act."""
    zone = ctx.company.calendar.zone
    step = ctx.company.workflow.steps.get(order.step)
    if step is not None and step.kind in FINISHED:
        return f"现在 {plain(step.name)}：{moment(order.step_since, zone)}"
    owner = f"由 {name_of(order.owner, ctx)} 处理，" if order.owner else ""
    limit = ""
    if order.step_due and order.step_due < ctx.now:
        limit = f"，**已超时 {span(ctx.now - order.step_due)}**"
    elif order.step_due:
        limit = f"，时限 {moment(order.step_due, zone)}"
    since = f"{moment(order.step_since, zone)} 起，已 {span(ctx.now - order.step_since)}"
    return f"现在 {step_name(order, ctx)}：{owner}{since}{limit}"


def _reviewed(order: Order, events: Sequence[Event], ctx: Context) -> str:
    step = ctx.company.workflow.steps.get(order.step)
    said = next((event for event in reversed(events) if event.kind in _VERDICTS), None)
    if step is not None and step.kind == "reviewing":
        given = (
            f"，已有 {'、'.join(name_of(yes.by, ctx) for yes in order.approvals)}" if order.approvals else ""
        )
        return f"审核 等 {name_of(order.owner, ctx)}{given}"
    if said is None:
        return "审核 还没审"
    verdict = _VERDICTS[said.kind]
    by = "自动" if said.data.get("auto") else f"{name_of(said.by, ctx)} "
    return f"审核 {by}{verdict} {moment(said.at, ctx.company.calendar.zone)}"


_VERDICTS = {"order:approved": "通过", "order:rejected": "驳回"}


def _out(order: Order, events: Sequence[Event], shipments: Sequence[Shipment], ctx: Context) -> str:
    zone = ctx.company.calendar.zone
    sent = [one for one in shipments if any(part.qty > 0 for part in one.lines)]
    if not order.shipped_any or not sent:
        return "发货 还没发"
    last = sent[-1]
    by = f" {plain(last.carrier, 20)} {plain(last.tracking, 40)}".rstrip()
    whole = "" if order.shipped_all else "发了一部分，最近 "
    signed = next((event for event in reversed(events) if event.kind == "order:signed"), None)
    holds = signed and any(line.signed or line.missed for line in order.lines)  # it may have been taken back
    arrived = f"，签收 {moment(signed.at, zone)}" if signed and holds else ""
    return f"发货 {whole}{name_of(last.by, ctx)} {moment(last.at, zone)}{by}{arrived}"


def _expected(expected: Forecast, ctx: Context) -> str:
    by = _when(expected.by, ctx)
    past = f"近{SINCE.days}天 {expected.samples} 张走过这步的单"
    if expected.half is not None:
        half = _when(expected.half, ctx)
        if half.split()[:-1] == by.split()[:-1]:
            half = half.split()[-1]
        return f"预计 {by} 前发完（八成把握，按{past}；一半在 {half} 前）"
    if expected.beyond:
        limits = "时限也过了" if expected.by <= ctx.now else f"按各环节时限是 {by} 前发完"
        return f"预计 说不准，已比{past}都久；{limits}"
    few = f"只有 {expected.samples} 张" if expected.samples else "没有"
    if expected.by <= ctx.now:
        return f"预计 说不准，时限已经过了，近{SINCE.days}天{few}走过这步的单可比"
    return f"预计 {by} 前发完（按各环节时限；近{SINCE.days}天{few}走过这步的单，说不出几成把握）"


def _when(at: datetime, ctx: Context) -> str:
    local = at.astimezone(ctx.company.calendar.zone)
    names = {0: "今天", 1: "明天", 2: "后天"}
    named = names.get((local.date() - ctx.today).days)
    return f"{named or day(local.date(), ctx.today)} {local:%H:%M}"
