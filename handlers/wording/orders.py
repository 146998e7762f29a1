"""An order in words: one line, a card, what a person may do with it."""

from collections.abc import Sequence
from decimal import Decimal

from domain.balance import open_amount
from domain.order import Line, Order
from domain.permissions import offers
from handlers.context import Context
from handlers.message import Button, Reply
from handlers.wording.actions import ON_BUTTONS, press
from handlers.wording.checks import checks_text
from handlers.wording.figures import HIDDEN
from handlers.wording.text import delivery, money, number, of_line, plain, price

FORWARD = frozenset(
    {
        "order.pick",
        "order.finish",
        "order.ship",
        "order.sign",
        "order.pay",
        "order.refund",
        "order.resume",
        "order.resubmit",
    }
)
SHOWN_BUTTONS = 4
BYTES = 1_900
"""WeCom cuts a person's message at 2 048; some room is for what a platform adds in the place of buttons."""


def step_name(order: Order, ctx: Context) -> str:
    """The step as this company calls it."""
    step = ctx.company.workflow.steps.get(order.step)
    return step.name if step else order.step


def name_of(user_id: str, ctx: Context) -> str:
    """A colleague's name; the id where the person is gone."""
    person = ctx.company.staff(user_id)
    return plain(person.name) if person else "系统" if user_id == "gendan" else plain(user_id)


def yuan(amount: Decimal, ctx: Context) -> str:
    """An amount, hidden from readers who may not see it."""
    return money(amount) if ctx.sees_amounts else HIDDEN


def line_text(line: Line, amounts: bool = True) -> str:
    """`可乐330ml罐装 20箱 × 45.00 = 900.00`, with what has left where that differs."""
    said = f"{plain(line.name)} {number(line.qty)}{line.unit}"
    cost = f" × {price(line.price)} = {money(line.amount)}" if amounts else ""
    cost = "（赠）" if line.gift else cost
    parts = []
    if line.shipped:
        parts.append(f"已发{of_line(line, line.shipped)}")
    if line.signed and line.signed != line.shipped:
        parts.append(f"签收{of_line(line, line.signed)}")
    if line.returned:
        parts.append(f"退{of_line(line, line.returned)}")
    return said + cost + (f"，{'、'.join(parts)}" if parts else "")


def short_goods(lines: Sequence[Line], limit: int = 3) -> str:
    """`可乐330ml罐装20箱、雪碧10箱 等5种`."""
    names = "、".join(f"{plain(line.name)}{number(line.qty)}{line.unit}" for line in lines[:limit])
    return names if len(lines) <= limit else f"{names} 等{len(lines)}种"


def headline(order: Order, ctx: Context) -> str:
    """`**#17 华联超市(人民路店)** 待审核`."""
    urgent = "【加急】" if order.urgent else ""
    return f"{urgent}**#{order.number} {plain(order.customer_name)}** {step_name(order, ctx)}"


def row(order: Order, ctx: Context) -> str:
    """One order in a list."""
    late = "，**超时**" if order.step_due and order.step_due < ctx.now else ""
    owner = f"，{name_of(order.owner, ctx)}" if order.owner else ""
    return (
        f"- {headline(order, ctx)}{owner}{late}，{yuan(order.amount, ctx)}元，{short_goods(order.lines, 2)}"
    )


def card(order: Order, ctx: Context, progress: Sequence[str], more: Sequence[str] = ()) -> Reply:
    """One order: its story first, then everything about it as far as a message takes it; what may be done now."""
    head, goods = (
        [headline(order, ctx), *progress],
        [line_text(line, ctx.sees_amounts) for line in order.lines],
    )
    shapes = ((shown, kept) for shown in (len(goods), 12, 6, 3) for kept in (len(more), 4, 0))
    text = ""
    for shown, kept in shapes:
        text = "\n".join([*head, *_goods(goods, shown), *_about(order, ctx), *more[len(more) - kept :]])
        if len(text.encode()) <= BYTES:
            break
    return Reply(text, buttons(order, ctx), order.number)


def _goods(lines: Sequence[str], shown: int) -> list[str]:
    rest = [f"- …另有 {len(lines) - shown} 种"] if len(lines) > shown else []
    return [*(f"- {line}" for line in lines[:shown]), *rest]


def _about(order: Order, ctx: Context) -> list[str]:
    """Money, delivery, note, checks."""
    sums = [yuan(amount, ctx) for amount in (order.amount, order.paid, open_amount(order))]
    lines = [f"合计 {sums[0]} 元，已收 {sums[1]}，未收 {sums[2]}"]
    when = delivery(order.due, order.period, ctx.today)
    if when or order.address:
        lines.append(f"送货 {when} {plain(order.address, 80)}".rstrip())
    if order.note:
        lines.append(f"备注 {plain(order.note, 120)}")
    checks = checks_of(order, ctx)
    return [*lines, checks] if checks else lines


def checks_of(order: Order, ctx: Context) -> str:
    """The automatic checks, for readers who may see amounts: they speak of prices and credit."""
    return checks_text(order.checks) if ctx.sees_amounts else ""


def buttons(order: Order, ctx: Context) -> tuple[Button, ...]:
    """What this person may do with the order next; each button says what could be typed."""
    mine = order.owner == ctx.actor.user_id
    may = [
        action
        for action in offers(ctx.actor, order, ctx.company)
        if action in ON_BUTTONS and not (mine and action == "order.urge")
    ]
    return tuple(press(action, order.number, order.version) for action in may[:SHOWN_BUTTONS])


def onward(order: Order, ctx: Context) -> tuple[Button, ...]:
    """What a person who has just done something may want: the next step where it is theirs, a look, taking it back."""
    steps = tuple(
        press(action, order.number, order.version)
        for action in offers(ctx.actor, order, ctx.company)
        if action in FORWARD
    )
    look = Button(f"查看 #{order.number}", f"查单 {order.number}")
    return (*steps[:2], look, Button("撤销", "撤销"))
