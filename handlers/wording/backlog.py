"""How things stand now, in words: the board, and what is late."""

from collections.abc import Sequence
from decimal import Decimal

from domain.company import FINISHED
from domain.figures import Backlog, Scope
from domain.order import Order
from handlers.context import Context
from handlers.message import Button, Reply
from handlers.wording.orders import headline, name_of, yuan
from handlers.wording.text import plain, span


def board(found: Sequence[Backlog], scope: Scope, ctx: Context) -> Reply:
    """Orders by step, in the order of the workflow, with what they are worth and how old the oldest is."""
    title = _title("看板", scope)
    by_step: dict[str, list[Backlog]] = {}
    for one in found:
        by_step.setdefault(one.step, []).append(one)
    steps = [step for step in ctx.company.workflow.steps.values() if step.kind not in FINISHED]
    known = {step.key: step.name for step in steps}
    # A step that the rules dropped since still has its orders.
    names = {**known, **{key: key for key in by_step if key not in known}}
    lines = [_step(plain(name), by_step[key], ctx) for key, name in names.items() if key in by_step]
    if not lines:
        return Reply(f"**{title}**\n现在没有在途的单。")
    whole = sum(one.orders for one in found)
    amount = sum((one.amount for one in found), Decimal(0))
    head = f"**{title}**（在途 {whole} 张，{yuan(amount, ctx)} 元）"
    return Reply("\n".join([head, *lines]), (Button("超时清单", "超时"), Button("日报", "日报")))


def _step(name: str, found: Sequence[Backlog], ctx: Context) -> str:
    orders, late = sum(one.orders for one in found), sum(one.overdue for one in found)
    amount = sum((one.amount for one in found), Decimal(0))
    oldest = min(one.oldest for one in found)
    said = f"，**超时 {late}**" if late else ""
    return f"- {name}：{orders} 张，{yuan(amount, ctx)} 元，最久 {span(ctx.now - oldest)}{said}"


def overdue(found: Sequence[Order], count: int, scope: Scope, ctx: Context) -> Reply:
    """What is late, the longest first."""
    title = _title("超时", scope)
    if not found:
        return Reply(f"{plain(scope.name)}没有超时的单。")
    text = [f"**{title} {count} 张**（最久的在前）", *(late_row(order, ctx) for order in found)]
    if count > len(found):
        text.append(f"…另有 {count - len(found)} 张")
    return Reply(
        "\n".join(text), tuple(Button(f"催 #{order.number}", f"催 {order.number}") for order in found[:3])
    )


def late_row(order: Order, ctx: Context) -> str:
    """One late order: how late, and who has it."""
    owner = f"，{name_of(order.owner, ctx)}" if order.owner else ""
    late = span(ctx.now - order.step_due) if order.step_due else ""
    return f"- {headline(order, ctx)}{owner}，**超 {late}**，{yuan(order.amount, ctx)}元"


def _title(what: str, scope: Scope) -> str:
    return f"{plain(scope.name, 60)} {what}" if scope.name else what
