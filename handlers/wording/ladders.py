"""Where an order stands, who has it, and when the ladder rings next."""

from domain.company import Company
from domain.escalation import Ring, next_ring
from domain.order import Order
from handlers.context import Context
from handlers.wording.orders import name_of, step_name
from handlers.wording.text import moment, plain, span

WHOM = {"owner": "负责人", "deputy": "代理人", "supervisor": "主管", "manager": "经理", "group": "群里"}


def whom(said: str, company: Company) -> str:
    """Whom a rung means, as the company says it."""
    return WHOM.get(said) or plain(company.workflow.roles.get(said, said))


def standing(order: Order, ctx: Context) -> str:
    """Where it stands, who has it and since when."""
    since = f"{moment(order.step_since, ctx.company.calendar.zone)}（{span(ctx.now - order.step_since)}前）"
    owner = f"{name_of(order.owner, ctx)} 在办" if order.owner else "还没有人接"
    return f"停在「{step_name(order, ctx)}」，{owner}，{since}进入"


def rings(order: Order, ctx: Context) -> str:
    """When the ladder rings next and for whom; that it is silent, where it is."""
    zone = ctx.company.calendar.zone
    quiet = order.silent_until is not None and order.silent_until > ctx.now
    silent = f"{moment(order.silent_until, zone)} 前不再催，" if quiet and order.silent_until else ""
    ring = next_ring(order, ctx.act)
    if quiet and _asked_for(order, ring):
        silent += f"到时先提醒 {name_of(order.owner, ctx)}，"
    if ring is None:
        return f"{silent}之后不再逐级提醒" if silent else "各级都已提醒过，不再逐级提醒"
    name = f" {plain(ring.person.name)}" if ring.person is not None else ""
    return f"{silent}下一次提醒 {moment(ring.due, zone)}：{whom(ring.rung.whom, ctx.company)}{name}"


def _asked_for(order: Order, ring: Ring | None) -> bool:
    """True where the silence ends with a reminder somebody asked for, and not with the ladder's own."""
    asked = bool(order.snoozed and order.owner and not order.acked)
    if ring is None or order.silent_until is None or ring.due > order.silent_until:
        return asked
    return asked and ring.rung.whom != "owner"
