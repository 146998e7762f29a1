"""Answers to looks: lists, an order's story, desks, customers."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from domain.catalogue import Customer
from domain.errors import DomainError
from domain.facts import Event, Shipment
from domain.order import Order
from domain.ports import Todo
from handlers.context import Context
from handlers.message import Reply
from handlers.wording.actions import look
from handlers.wording.kinds import event_name
from handlers.wording.orders import SHOWN_BUTTONS, name_of, row, yuan
from handlers.wording.refusals import refusal
from handlers.wording.text import moment, of_line, plain, span

STORY = 8
TODOS = {
    "unread": "没看懂的消息",
    "stranger": "不认识的人来说话",
    "left": "离职的人来说话",
    "failed": "系统出错的消息",
    "idea": "改进建议",
    "undeliverable": "送不到的通知",
    "misconfigured": "通道配置有误",
    "timer_failed": "超时提醒出错的单",
    "ladders_audited": "超时提醒漏了或重复了",
    "new_chat": "还没有写进 company.yaml 的群开始用机器人",
}


def orders(found: Sequence[Order], count: int, ctx: Context) -> Reply:
    """A list of orders."""
    if not found:
        return Reply("没有找到符合的单。可以说「查单 17」「我的单」「华联上周的单」。")
    text = [f"**共 {count} 张单**", *(row(order, ctx) for order in found)]
    if count > len(found):
        text.append(f"…只列最近 {len(found)} 张，加上客户或日期可以缩小范围")
    return Reply("\n".join(text), tuple(look(order.number) for order in found[:SHOWN_BUTTONS]))


def mixed(found: Sequence[Order | DomainError], ctx: Context) -> Reply:
    """Several orders by number, some of which may not exist."""
    lines = [row(item, ctx) if isinstance(item, Order) else f"- {refusal(item)}" for item in found]
    return Reply("\n".join(lines))


def story(events: Sequence[Event], ctx: Context) -> tuple[str, ...]:
    """The latest of what happened, oldest first."""
    zone = ctx.company.calendar.zone
    lines = [
        f"- {moment(event.at, zone)} {name_of(event.by, ctx)} {event_name(event.kind)}"
        for event in events[-STORY:]
    ]
    return ("**经过**", *lines) if lines else ()


def shipped(shipments: Sequence[Shipment], order: Order, ctx: Context) -> tuple[str, ...]:
    """What left, with carrier and number."""
    return tuple(_shipment(shipment, order, ctx) for shipment in shipments)


def _shipment(shipment: Shipment, order: Order, ctx: Context) -> str:
    lines = {line.no: line for line in order.lines}
    goods = "、".join(
        f"{plain(lines[part.line].name)}{of_line(lines[part.line], part.qty)}"
        for part in shipment.lines
        if part.line in lines
    )
    by = f" {plain(shipment.carrier)} {plain(shipment.tracking)}".rstrip()
    return f"发货{shipment.no}：{moment(shipment.at, ctx.company.calendar.zone)} {goods}{by}"


def due(order: Order, ctx: Context) -> str:
    """`，11-24 14:00 前（还有 2小时）`: by when this step is to be done."""
    if order.step_due is None:
        return ""
    left = order.step_due - ctx.now
    when = f"还有 {span(left)}" if left >= timedelta(0) else f"已超 {span(-left)}"
    return f"，{moment(order.step_due, ctx.company.calendar.zone)} 前（{when}）"


def tasks(mine: Sequence[Order], count: int, todos: Sequence[Todo], learned: int, ctx: Context) -> Reply:
    """What waits for somebody, what falls due first at the top; `learned` words are worth a look."""
    taught = f"近7天新学会 {learned} 个别名，说「别名」看看对不对。" if learned else ""
    if not mine and not todos:
        return Reply(f"您手上没有待办，辛苦了。{taught}")
    text = [
        f"**您的待办 {count} 张单**（先到期的在前）",
        *(f"{row(order, ctx)}{due(order, ctx)}" for order in mine),
    ]
    if count > len(mine):
        text.append(f"…另有 {count - len(mine)} 张")
    if todos:
        text.append(f"**流程负责人待看（最近 {len(todos)} 条）**")
        text += [_todo(todo, ctx) for todo in todos]
        text.append("都看过了就说「待办已看」。")
    if taught:
        text.append(taught)
    return Reply("\n".join(text), tuple(look(order.number) for order in mine[:SHOWN_BUTTONS]))


def _todo(todo: Todo, ctx: Context) -> str:
    who = name_of(todo.person, ctx) if todo.person else ""
    at = moment(todo.at, ctx.company.calendar.zone)
    return f"- {at} {TODOS.get(todo.kind, todo.kind)} {who}：{plain(todo.text, 80)}"


def customer(who: Customer, owed: Decimal, under_way: Sequence[Order], ctx: Context) -> Reply:
    """A customer's credit and orders."""
    left = who.credit_limit - owed
    text = [
        f"**{plain(who.name)}**（{plain(who.type)}，{plain(who.region)}，{plain(who.price_level)}级）",
        f"未收 {yuan(owed, ctx)} 元，额度 {yuan(who.credit_limit, ctx)} 元，剩余 {yuan(left, ctx)} 元，账期 {who.credit_days} 天",
        f"联系人 {plain(who.contact)} {plain(who.phone)}，{plain(who.address)}，业务员 {name_of(who.salesperson, ctx)}",
    ]
    text += (
        [f"**在途 {len(under_way)} 张**", *(row(order, ctx) for order in under_way)]
        if under_way
        else ["没有在途的单"]
    )
    return Reply("\n".join(text))
