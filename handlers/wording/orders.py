"""An order in words: one line, a card, what a person may do with it."""

from collections.abc import Sequence
from decimal import Decimal

from domain.company import FINISHED
from domain.money import open_amount
from domain.order import Line, Order
from domain.permissions import offers
from handlers.context import Context
from handlers.message import Button, Reply
from handlers.wording.actions import ON_BUTTONS, press
from handlers.wording.checks import checks_text
from handlers.wording.figures import HIDDEN
from handlers.wording.text import delivery, moment, money, number, of_line, plain, price, span

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


def card(order: Order, ctx: Context, story: Sequence[str] = ()) -> Reply:
    """Everything about one order, with the buttons this person may use now."""
    zone = ctx.company.calendar.zone
    lines = [
        headline(order, ctx),
        f"单号 {order.code(zone)}，{name_of(order.maker, ctx)} {moment(order.created_at, zone)} 录入",
    ]
    lines += [f"- {line_text(line, ctx.sees_amounts)}" for line in order.lines]
    sums = [yuan(amount, ctx) for amount in (order.amount, order.paid, open_amount(order))]
    lines.append(f"合计 {sums[0]} 元，已收 {sums[1]}，未收 {sums[2]}")
    when = delivery(order.due, order.period, ctx.today)
    if when or order.address:
        lines.append(f"送货 {when} {plain(order.address)}".rstrip())
    if order.note:
        lines.append(f"备注 {plain(order.note)}")
    if order.checks and ctx.sees_amounts:  # they speak of prices and credit
        lines.append(checks_text(order.checks))
    lines.append(_standing(order, ctx))
    lines += list(story)
    return Reply("\n".join(lines), buttons(order, ctx), order.number)


def _standing(order: Order, ctx: Context) -> str:
    """Where it stands, in whose hands, for how long; nothing once nobody has to act."""
    step = ctx.company.workflow.steps.get(order.step)
    if step is not None and step.kind in FINISHED:
        return f"{step.name}：{moment(order.step_since, ctx.company.calendar.zone)}"
    owner = f"由 {name_of(order.owner, ctx)} 处理，" if order.owner else ""
    late = ""
    if order.step_due and order.step_due < ctx.now:
        late = f"，**已超时 {span(ctx.now - order.step_due)}**"
    elif order.step_due:
        late = f"，时限 {moment(order.step_due, ctx.company.calendar.zone)}"
    return f"{step_name(order, ctx)}：{owner}已 {span(ctx.now - order.step_since)}{late}"


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
