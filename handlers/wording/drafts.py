"""The dialogue's sentences: the draft echoed, the one question, what became of it."""

from collections.abc import Sequence

from domain.facts import Change
from domain.order import Line
from handlers.asking import Heard, Open, Pending, Preview
from handlers.context import Context
from handlers.message import Button, Reply
from handlers.wording.actions import look, press
from handlers.wording.checks import checks_text
from handlers.wording.help import examples
from handlers.wording.orders import checks_of, line_text, name_of, step_name, yuan
from handlers.wording.text import delivery, money, number, of_line, plain, price

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
    if pending.said:
        text.append(f"> 您说的：{plain(pending.said, SAID)}")
    text += [f"- {_line(line, shown, ctx)}" for line in shown.lines]
    text.append(
        f"合计 **{money(sum((line.amount for line in shown.lines), start=shown.lines[0].amount * 0))}** 元"
    )
    when = delivery(shown.wanted.due, shown.wanted.period, ctx.today)
    text.append(f"送货日期：{when}（您说的）" if when else "送货日期：没说，按尽早安排")
    said = shown.wanted.address
    source = "您说的" if said in pending.said else "上一单的"
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
    return Reply("\n".join(text), tuple(offers))


def _line(line: Line, shown: Preview, ctx: Context) -> str:
    said = next((w for w in shown.wanted.lines if w.sku == line.sku and w.gift == line.gift), None)
    source = "您报的价" if said and said.price is not None else _price_source(line, shown, ctx)
    left = of_line(line, shown.available.get(line.sku, line.ordered * 0))
    origin = "" if line.gift else f"（{source}）"
    return f"{line_text(line)}{origin}，可用库存 {left}"


def _price_source(line: Line, shown: Preview, ctx: Context) -> str:
    catalogue = ctx.company.catalogue
    product, customer = catalogue.products[line.sku], catalogue.customers[shown.wanted.customer]
    if catalogue.list_price(product, customer) == product.price:
        return "牌价"
    return f"{plain(customer.price_level)}级客户价" if customer.price_level else "客户价"


def _example(line: Line) -> str:
    return f"{plain(line.name)}改{number(line.qty + 5)}{line.unit}"


def question(item: Open, pending: Pending, ctx: Context, heard: Heard) -> Reply:
    """The one thing that is unclear, with the candidates as buttons and numbers."""
    start = {"unread": "没对上。", "noted": "记下了。"}.get(heard, "")
    candidates = item.candidates[:SHOWN]
    labels = [_label(item, code, pending, ctx) for code in candidates]
    text = [start + _asked(item, pending, ctx)]
    text += [f"{index}. {label}" for index, label in enumerate(labels, 1)]
    if len(item.candidates) > SHOWN:
        text.append(f"…共{len(item.candidates)}个，说得再具体一点就能找到")
    if candidates:
        text.append("回复序号或名称即可；「算了」放弃。")
    offers = tuple(Button(f"{i}. {label}"[:40], str(i)) for i, label in enumerate(labels, 1))
    return Reply("\n".join(text), offers)


def _asked(item: Open, pending: Pending, ctx: Context) -> str:
    what = _about(item, pending, ctx)
    word = f"“{plain(item.word, 40)}”" if item.word else ""
    if item.candidates:
        return {
            "customer": "是哪个客户？",
            "orders": "是哪一张单？",
            "staff": "是哪位同事？",
            "qty": f"{what}到底是多少？",
        }.get(item.kind, f"{what}是哪一个？")
    return _nothing_fits(item, what, word)


def _nothing_fits(item: Open, what: str, word: str) -> str:
    sentences = {
        "customer": f"没有叫{word}的客户，请说客户全名或简称。" if word else "给哪个客户下单？",
        "orders": "是哪一张单？请说单号，如 17。",
        "sku": f"没有{word}这个商品，请换个名称；不要了就说「不要了」。" if word else f"{what}是什么商品？",
        "unit": f"{what}不按{word}卖，按什么单位？",
        "qty": f"{what}要多少？",
        "lines": "要哪些商品、各多少？例如：罐装可乐20箱 雪碧10箱",
        "warehouse": f"没有{word}这个仓库，是哪个仓？" if word else "是哪个仓库？",
        "staff": f"没有叫{word}的同事，是谁？" if word else "交给哪位同事？",
        "amount": "收了多少钱？",
        "due": "改到哪一天？",
        "reason": "是什么原因？",
    }
    return sentences.get(item.kind, "还差一点没说清，请把整句再说一遍。")


def _about(item: Open, pending: Pending, ctx: Context) -> str:
    """The line a question is about, as far as it is known."""
    if item.line is None:
        return ""
    line = pending.reading.slots.lines[item.line]
    if line.sku:
        return plain(ctx.company.catalogue.products[line.sku].name)
    quantity = f"（{number(line.qty)}{line.unit or ''}）" if line.qty is not None else ""
    return f"第{item.line + 1}行商品{quantity}"


def _label(item: Open, code: str, pending: Pending, ctx: Context) -> str:
    catalogue = ctx.company.catalogue
    if item.kind == "customer":
        return plain(catalogue.customers[code].name)
    if item.kind == "sku":
        product = catalogue.products[code]
        buyer = catalogue.customers.get(pending.reading.slots.customer or "")
        return (
            f"{plain(product.name)}（{price(catalogue.list_price(product, buyer))}元/{product.default_unit}）"
        )
    if item.kind == "staff":
        person = catalogue.staff[code]
        return f"{plain(person.name)}（{plain(person.department)}）"
    if item.kind == "warehouse":
        return plain(catalogue.warehouses[code].name)
    return f"#{code}" if item.kind == "orders" else plain(code)


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


def gone(last: int | None) -> Reply:
    """A button whose draft is no longer there; `last` is the order talked about since."""
    if last is None:
        return Reply("这张草稿不在了：它已经处理过或过期了。没有重复下单。")
    text = f"这张草稿不在了：它已经处理过了，最近一张是 #{last}。没有重复下单。"
    return Reply(text, (look(last),), last)


def nothing_waits() -> Reply:
    """A yes to nothing."""
    return Reply("现在没有等您确认的草稿。要下单请直接说，例如：人民路华联 罐装可乐20箱 明天上午送。")


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


def not_a_request(ctx: Context, *, unread: bool) -> Reply:
    """To talk that asks for nothing; `unread`: it may have, and a person will look at it."""
    start = "这句我没看懂，已记给流程负责人。请换个说法，例如" if unread else "我在。要办事直接说，例如"
    return Reply(f"{start}：{examples(ctx)}；「帮助」看全部。")
