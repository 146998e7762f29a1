"""Figures in words."""

from collections.abc import Sequence
from datetime import date

from domain.company import FINISHED
from domain.order import Order
from domain.ports import Figures, StepCount
from handlers.context import Context
from handlers.message import Button, Reply
from handlers.wording.orders import row
from handlers.wording.text import days, money

SHOWN = (
    ("order:shipped", "发货"),
    ("order:signed", "签收"),
    ("order:rejected", "驳回"),
    ("order:lacked", "缺货"),
    ("order:cancelled", "取消"),
    ("order:returned", "退货"),
    ("order:complained", "投诉"),
    ("order:urged", "催单"),
)


def board(counts: Sequence[StepCount], ctx: Context) -> Reply:
    """Orders by step, in the order of the workflow."""
    by_step = {count.step: count for count in counts}
    lines = []
    for step in ctx.company.workflow.steps.values():
        count = by_step.get(step.key)
        if count and count.orders and step.kind not in FINISHED:
            late = f"，**超时 {count.overdue}**" if count.overdue else ""
            lines.append(f"- {step.name}：{count.orders} 张，{money(count.amount)} 元{late}")
    if not lines:
        return Reply("**看板**\n现在没有在途的单。")
    return Reply(
        "\n".join(["**看板**（在途）", *lines]), (Button("超时清单", "超时"), Button("日报", "日报"))
    )


def overdue(found: Sequence[Order], count: int, ctx: Context) -> Reply:
    """What is late."""
    if not found:
        return Reply("没有超时的单。")
    oldest = sorted(found, key=lambda order: order.step_due or ctx.now)
    text = [f"**超时 {count} 张**", *(row(order, ctx) for order in oldest)]
    if count > len(found):
        text.append(f"…另有 {count - len(found)} 张")
    return Reply(
        "\n".join(text), tuple(Button(f"催 #{order.number}", f"催 {order.number}") for order in oldest[:3])
    )


def figures(
    title: str, start: date, end: date, found: Figures, counts: Sequence[StepCount], ctx: Context
) -> Reply:
    """A period in figures."""
    happened = "，".join(f"{name} {found.events[kind]}" for kind, name in SHOWN if found.events.get(kind))
    late = sum(count.overdue for count in counts)
    text = [
        f"**{title}** {days(start, end, ctx.today)}",
        f"- 新单 {found.taken} 张，{money(found.amount)} 元",
        f"- 收款 {money(found.paid)} 元，当前未收 {money(found.open_money)} 元",
        f"- {happened}" if happened else "- 没有发货、签收等动作",
        f"- 现在超时 {late} 张",
    ]
    return Reply("\n".join(text), (Button("看板", "看板"), Button("超时清单", "超时")))
