"""What became of a deed: done, or refused with the order as it stands."""

from domain.errors import DomainError
from domain.facts import Change
from domain.money import open_amount
from domain.order import Order
from handlers.context import Context
from handlers.message import Reply
from handlers.wording.hiding import without_prices
from handlers.wording.kinds import event_name
from handlers.wording.ladders import rings, standing
from handlers.wording.notice_lines import Facts, changes
from handlers.wording.orders import buttons, headline, name_of, onward, step_name, yuan
from handlers.wording.refusals import refusal


def outcome(change: Change, ctx: Context) -> Reply:
    """`✓ #17 华联超市(人民路店)：审核通过。现在待发货，由刘军处理。`"""
    order = change.order
    what = "、".join(dict.fromkeys(event_name(event.kind) for event in change.events))
    owner = f"，由 {name_of(order.owner, ctx)} 处理" if order.owner else ""
    text = f"✓ {what}：{headline(order, ctx)}{owner}"
    if change.payments:
        given = sum((p.amount for p in change.payments), start=order.paid * 0)
        text += f"。本次 {yuan(given, ctx)} 元，未收 {yuan(open_amount(order), ctx)} 元"
    elif order.approvals_needed > len(order.approvals) > 0:
        text += f"，还要 {order.approvals_needed - len(order.approvals)} 人审核"
    kind = change.events[-1].kind
    if kind == "order:urged":
        return Reply(_urged(change, ctx), onward(order, ctx), order.number)
    if kind in ("order:acked", "order:snoozed"):
        text += f"。{rings(order, ctx)}"
    changed = [line for event in change.events for line in changes(_shown(event.data, ctx))]
    if changed:
        text = "\n".join([text, *changed, f"现在合计 {yuan(order.amount, ctx)} 元"])
    return Reply(text, onward(order, ctx), order.number)


def _shown(data: Facts, ctx: Context) -> Facts:
    return data if ctx.sees_amounts else {**data, **without_prices(data)}


def _urged(change: Change, ctx: Context) -> str:
    """To whoever presses: that it was heard, where it stands, who has it, and who will be called when."""
    order = change.order
    again = "（刚提醒过，这次只记数）" if change.events[-1].data.get("merged") else "，已提醒"
    return f"✓ 催单：{headline(order, ctx)}，第 {order.urges} 次{again}\n{standing(order, ctx)}\n{rings(order, ctx)}"


def refused(error: DomainError, order: Order, ctx: Context) -> Reply:
    """Why not, with what may be done instead."""
    return Reply(f"✗ {refusal(error)}{_next(order, ctx)}", buttons(order, ctx)[:3], order.number)


def _next(order: Order, ctx: Context) -> str:
    """Whose turn it is with this order."""
    return f"下一步：{name_of(order.owner, ctx)} 处理「{step_name(order, ctx)}」。" if order.owner else ""
