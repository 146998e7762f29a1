"""The one question: what is unclear, with the candidates as buttons and numbers."""

from handlers.asking import Heard, Lead, Open, Pending
from handlers.context import Context
from handlers.message import Button, Reply
from handlers.wording.entries import entry_name, short_name
from handlers.wording.orders import name_of
from handlers.wording.rows import rows_text, spot_text
from handlers.wording.text import number, plain, price

SHOWN = 8


def question(item: Open, pending: Pending, lead: Lead, ctx: Context, heard: Heard) -> Reply:
    """The one thing that is unclear, with the candidates as buttons and numbers; `lead` says why one stands first."""
    start = {"unread": "没对上。", "noted": "记下了。"}.get(heard, "")
    candidates = item.candidates[:SHOWN]
    labels = [_label(item, code, pending, lead, ctx) for code in candidates]
    text = [start + _withdrawn(item, lead, ctx) + _of_file(item, pending) + _asked(item, pending, ctx)]
    text += [f"{index}. {label}" for index, label in enumerate(labels, 1)]
    if len(item.candidates) > SHOWN:
        text.append(f"…共{len(item.candidates)}个，说得再具体一点就能找到")
    if candidates:
        text.append("回复序号或名称即可；「算了」放弃。")
    offers = tuple(Button(f"{i}. {label}"[:40], str(i)) for i, label in enumerate(labels, 1))
    return Reply("\n".join(text), offers)


def _of_file(item: Open, pending: Pending) -> str:
    """Which rows of a file a question is about that is of the whole order."""
    if not pending.file or item.line is not None:
        return ""
    return f"「{plain(pending.file, 40)}」{plain(pending.said, 80)}："


def _withdrawn(item: Open, lead: Lead, ctx: Context) -> str:
    if not lead.withdrawn_by:
        return ""
    return (
        f"（“{plain(item.word, 40)}”以前学会的意思，{name_of(lead.withdrawn_by, ctx)}已撤回，请再选一次。）"
    )


def _asked(item: Open, pending: Pending, ctx: Context) -> str:
    what = _about(item, pending, ctx)
    word = f"“{plain(item.word, 40)}”" if item.word else ""
    if item.candidates:
        return {
            "customer": "是哪个客户？",
            "orders": "是哪一张单？",
            "staff": "是哪位同事？",
            "qty": f"{what}到底是多少？",
            "unit": f"{what}不按{word}卖，按什么单位？",
            "address": f"{word}是哪里？",
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
        "due": f"送货日期{word}已经过了，或者看不懂，哪一天送？" if word else "改到哪一天？",
        "reason": "是什么原因？",
    }
    return sentences.get(item.kind, "还差一点没说清，请把整句再说一遍。")


def _about(item: Open, pending: Pending, ctx: Context) -> str:
    """The line a question is about, as far as it is known."""
    if item.line is None:
        return ""
    line = pending.reading.slots.lines[item.line]
    if line.sku:
        name = plain(ctx.company.catalogue.products[line.sku].name)
        return f"{rows_text([(line.spot.page, line.spot.row)])}的{name}" if line.spot else name
    quantity = f"（{number(line.qty)}{line.unit or ''}）" if line.qty is not None else ""
    return f"{spot_text(line.spot) if line.spot else f'第{item.line + 1}行商品'}{quantity}"


def _label(item: Open, code: str, pending: Pending, lead: Lead, ctx: Context) -> str:
    catalogue = ctx.company.catalogue
    name = plain(entry_name(item.kind, code, ctx), 60)
    more: list[str] = []
    if item.kind == "sku":
        product = catalogue.products[code]
        buyer = catalogue.customers.get(pending.reading.slots.customer or "")
        more.append(f"{price(catalogue.list_price(product, buyer))}元/{product.default_unit}")
    if item.kind == "staff":
        more.append(plain(catalogue.staff[code].department))
    if lead.code != code:
        return f"{'#' if item.kind == 'orders' else ''}{name}{_aside(more)}"
    why = _why_first(item, lead, pending, ctx)
    if not lead.orders:
        return f"{why}：{name}{_aside(more)}"
    return "，".join([f"{why}：{name}（近{lead.orders}单{lead.times}次）", *more])


def _aside(more: list[str]) -> str:
    return f"（{'，'.join(more)}）" if more else ""


def _why_first(item: Open, lead: Lead, pending: Pending, ctx: Context) -> str:
    """`人民路华联常要`, `您上两次选的`."""
    if not lead.orders:
        return "您上两次选的" if lead.own else "前两次选的"
    customer = ctx.company.catalogue.customers.get(pending.reading.slots.customer or "")
    who = plain(short_name(customer), 10) if customer else "这家"
    return f"{who}{'常送' if item.kind == 'address' else '常要'}"
