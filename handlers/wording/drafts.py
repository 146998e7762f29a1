"""The dialogue's sentences: the draft echoed, the one question, what became of it."""

from collections.abc import Sequence

from domain.facts import Change
from domain.order import Line
from handlers.asking import Heard, Pending, Preview
from handlers.context import Context
from handlers.message import Button, Reply
from handlers.understanding.normalise.text import LONGEST, LONGEST_TABLE
from handlers.wording import assuming
from handlers.wording.actions import look, press
from handlers.wording.checks import checks_text
from handlers.wording.help import examples
from handlers.wording.orders import checks_of, line_text, name_of, step_name, yuan
from handlers.wording.rows import rows_text
from handlers.wording.text import delivery, money, number, of_line, plain

SHOWN = 8
SAID = 80
INTENTS = {
    "order.create": "下单",
    "order.repeat": "照旧下单",
    "order.change": "改单",
    "stock.in": "入库",
    "stock.count": "盘点",
}


def draft(shown: Preview, pending: Pending, count: int, ctx: Context, heard: Heard) -> Reply:
    """The draft with each field and where it comes from, ready for a yes."""
    customer = ctx.company.catalogue.customers[shown.wanted.customer]
    text = ["这句没看懂，草稿没有变。"] if heard == "unread" else []
    text.append(f"**请核对，还没有下单**：{plain(customer.name)}")
    by = "表里写的" if pending.file else "您说的"
    text += _origin(pending)
    text += [f"- {_line(line, shown, pending, ctx)}" for line in shown.lines]
    text += [f"※ {sentence}" for sentence in assuming.sentences(pending, ctx)]
    text.append(
        f"合计 **{money(sum((line.amount for line in shown.lines), start=shown.lines[0].amount * 0))}** 元"
    )
    when = delivery(shown.wanted.due, shown.wanted.period, ctx.today)
    text.append(f"送货日期：{when}（{by}）" if when else "送货日期：没说，按尽早安排")
    said = shown.wanted.address
    chosen = "您选的" if "address" in pending.reading.doubts else "上一单的"
    source = by if said and (said in pending.said or (pending.file and chosen != "您选的")) else chosen
    text.append(
        f"地址：{plain(said)}（{source}）" if said else f"地址：{plain(customer.address)}（客户档案）"
    )
    if shown.wanted.note:
        text.append(f"备注：{plain(shown.wanted.note)}")
    if shown.wanted.urgent:
        text.append("加急：是")
    text.append(checks_text(shown.checks))
    more = f"（还有{count - 1}张草稿等确认，「全部确认」可一次下完）" if count > 1 else ""
    text.append(f"回复「确认」下单；要改直接说，如「{_example(shown.lines[0])}」；「算了」放弃。{more}")
    who = f" {plain(customer.name, 12)}" if count > 1 else ""
    offers = [Button(f"确认{who}", f"确认 {pending.code}"), Button(f"放弃{who}", f"放弃 {pending.code}")]
    if count > 1:
        offers.append(Button("全部确认", "全部确认"))
    offers += assuming.buttons(pending)
    return Reply("\n".join(text), tuple(offers))


def _origin(pending: Pending) -> list[str]:
    """The line it was said in, or where in a file it stands."""
    if pending.file:
        return [f"> 来自「{plain(pending.file, 40)}」{plain(pending.said, SAID)}"]
    return [f"> 您说的：{plain(pending.said, SAID)}"] if pending.said else []


def _line(line: Line, shown: Preview, pending: Pending, ctx: Context) -> str:
    named = "表里的价" if pending.file else "您报的价"
    priced = shown.wanted.lines[line.no - 1].price is not None
    source = named if priced else _price_source(line, shown, ctx)
    left = of_line(line, shown.available.get(line.sku, line.ordered * 0))
    origin = "" if line.gift else f"（{source}）"
    spot = pending.reading.slots.lines[line.no - 1].spot
    row = f"{rows_text([(spot.page, spot.row)])} " if spot else ""
    return f"{row}{line_text(line)}{origin}，可用库存 {left}"


def _price_source(line: Line, shown: Preview, ctx: Context) -> str:
    catalogue = ctx.company.catalogue
    product, customer = catalogue.products[line.sku], catalogue.customers[shown.wanted.customer]
    if catalogue.list_price(product, customer) == product.price:
        return "牌价"
    return f"{plain(customer.price_level)}级客户价" if customer.price_level else "客户价"


def _example(line: Line) -> str:
    return f"{plain(line.name)}改{number(line.qty + 5)}{line.unit}"


def written(change: Change, ctx: Context) -> Reply:
    """A draft has become an order."""
    order = change.order
    owner = f"，由 {name_of(order.owner, ctx)} 处理" if order.owner else ""
    code = order.code(ctx.company.calendar.zone)
    text = f"**已建单 #{order.number}**（{code}）{plain(order.customer_name)}，合计 {yuan(order.amount, ctx)} 元。"
    text += f"\n现在：{step_name(order, ctx)}{owner}。{checks_of(order, ctx)}"
    return Reply(text, (look(order.number), Button("撤销", "撤销")), order.number)


def together(replies: Sequence[Reply]) -> Reply:
    """Several answers as one."""
    said = [reply for reply in replies if reply.text]
    if len(said) == 1:
        return said[0]
    offers = tuple(button for reply in said for button in reply.buttons)
    order = next((reply.order for reply in said if reply.order is not None), None)
    return Reply("\n\n".join(reply.text for reply in said), offers, order)


def later(pending: Pending, ctx: Context) -> Reply:
    """Another request of the same message whose question comes after the first one's."""
    slots = pending.reading.slots
    who = plain(ctx.company.catalogue.customers[slots.customer].name) if slots.customer else "下一张"
    return Reply(f"（{who}那张还有没说清的，这张办完再问。）")


def dropped(pending: Pending, left: int) -> Reply:
    """A draft or question was given up."""
    what = INTENTS.get(pending.reading.intent, "这件事")
    rest = f"还有{left}张草稿等确认。" if left else ""
    return Reply(f"好的，{what}已放弃，什么都没写。{rest}")


def dropped_all(count: int) -> Reply:
    """Everything that waited was given up."""
    return Reply(f"好的，{count} 张草稿都放弃了，什么都没写。")


def gone(last: int | None) -> Reply:
    """A button whose draft is no longer there; `last` is the order talked about since."""
    if last is None:
        return Reply("这张草稿不在了：它已经处理过或过期了。没有重复下单。")
    text = f"这张草稿不在了：它已经处理过了，最近一张是 #{last}。没有重复下单。"
    return Reply(text, (look(last),), last)


def nothing_waits() -> Reply:
    """A yes to nothing."""
    return Reply("现在没有等您确认的草稿。要下单请直接说，例如：人民路华联 罐装可乐20箱 明天上午送。")


def nothing_assumed() -> Reply:
    """To 另选 where no draft assumes anything about that word."""
    return Reply(
        "现在没有用到这个说法、等您确认的草稿。已经下的单请说要改成什么，例如：17号单可乐改成瓶装可乐。"
    )


def kept() -> Reply:
    """Nothing was taken back."""
    return Reply("好的，不撤，一切照旧。")


def which_rang(orders: Sequence[int]) -> Reply:
    """To 收到 where several orders were rung for."""
    shown = tuple(press("alert.ack", number, None) for number in orders[:SHOWN])
    more = f" 等 {len(orders)} 张" if len(orders) > SHOWN else ""
    named = "、".join(f"#{number}" for number in orders[:SHOWN]) + more
    return Reply(f"提醒过您的单有 {named}，收到的是哪张？请带单号，例如「收到 {orders[0]}」。", shown)


def only_oneself() -> Reply:
    """To whoever says that somebody else is away."""
    return Reply(
        "请假要本人来说，没有登记。他手上的单可以先转给别人：「17转给某某」。您自己请假请说「我明天请假 让某某代」。"
    )


def which_leave() -> Reply:
    """To a leave without a day, or with a stand-in nobody knows."""
    return Reply("请假还没登记：请说清哪几天，要指定人代办就写同事的姓名，例如「我明天请假 单子让赵磊跟」。")


def too_long(length: int) -> Reply:
    """To a long text that was pasted and is no table."""
    return Reply(
        f"这段有{length}个字，没看懂，已记给流程负责人。一次最多读{LONGEST}个字，表格最多{LONGEST_TABLE}个字。"
        "表格请连同表头（品名、数量）一起复制，或者存成 Excel、.csv 文件发给我；文字请分几次发。"
    )


def not_a_request(ctx: Context, *, unread: bool) -> Reply:
    """To talk that asks for nothing; `unread`: it may have, and a person will look at it."""
    start = "这句我没看懂，已记给流程负责人。请换个说法，例如" if unread else "我在。要办事直接说，例如"
    return Reply(f"{start}：{examples(ctx)}；「帮助」看全部。")
