"""Taking back: what it would undo, and that it is done."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from domain.facts import Change
from domain.order import Order
from handlers.context import Context
from handlers.message import Button, Reply
from handlers.wording.kinds import event_name
from handlers.wording.orders import buttons, headline, yuan
from handlers.wording.text import plain


def offered(order: Order, facts: Mapping[str, object], code: str, ctx: Context) -> Reply:
    """What would be undone: the step, stock, money, and who had been told."""
    text = [f"**要撤销您的「{event_name(str(facts['kind']))}」吗？** {headline(order, ctx)}"]
    if facts.get("moves"):
        text.append("- 库存：预留和出入库跟着退回")
    payments = cast("Sequence[object]", facts.get("payments") or ())
    if payments:
        text.append(
            f"- 钱：收款记录 {'、'.join(yuan(abs(Decimal(str(paid))), ctx) for paid in payments)} 元作废"
        )
    told = cast("Sequence[str]", facts.get("told") or ())
    if told:
        text.append(f"- 通知：会告诉 {'、'.join(_place(to, ctx) for to in told)}")
    text.append("回复「确认」撤销，「算了」保留。")
    return Reply("\n".join(text), _choice(code), order.number)


def cancelling(order: Order, code: str, ctx: Context) -> Reply:
    """A new order is taken back by cancelling it."""
    text = f"**要撤销刚下的单吗？** {headline(order, ctx)}\n- 单子会取消，预留的库存放回，已通知的人会再收到通知\n回复「确认」撤销，「算了」保留。"
    return Reply(text, _choice(code), order.number)


def _choice(code: str) -> tuple[Button, Button]:
    return Button("确认撤销", f"确认 {code}"), Button("不撤", f"放弃 {code}")


def _place(to: str, ctx: Context) -> str:
    kind, _, key = to.partition(":")
    group = ctx.company.groups.get(key) if kind == "group" else None
    person = ctx.company.staff(key) if kind == "user" else None
    return plain(group.name if group else person.name if person else key)


def done(change: Change, ctx: Context) -> Reply:
    """It is as it was."""
    return Reply(
        f"✓ 已撤销：{headline(change.order, ctx)}", buttons(change.order, ctx)[:3], change.order.number
    )
