"""为什么 alone: how a line was read, told to whoever said it."""

from collections.abc import Iterator, Mapping, Sequence

from domain.catalogue import Customer, Product, Staff, Warehouse
from handlers.asking import Pending
from handlers.context import Context
from handlers.message import Reply
from handlers.understanding.reading import Reading
from handlers.understanding.why.reasons import Why
from handlers.wording import assuming
from handlers.wording.drafts import SAID
from handlers.wording.grounds import intent_name
from handlers.wording.reasons import SLOTS, Sentences
from handlers.wording.text import plain

SHOWN = 24
_HOW = {
    "code": "编号对上了",
    "name": "名字对上了",
    "size": "规格对上了",
    "value": "说的就是它",
    "contained": "名字里有这几个字",
    "sound": "名字听着一样",
    "letters": "名字的拼音或首字母",
    "place": "按单子上的序号",
}


def line(text: str, why: Why, held: Sequence[Reading], kept: Sequence[Pending], ctx: Context) -> Reply:
    """Every reason for the reading of a line; `held` was read but not done, `kept` waits with what it assumes."""
    sentences = [*Sentences(ctx.today, ctx.sees_amounts).all(why), *_held(held)]
    sentences += [said for pending in kept for said in assuming.sentences(pending, ctx)]
    more = [f"…还有{len(sentences) - SHOWN}条，没有都列出来"] if len(sentences) > SHOWN else []
    return Reply("\n".join([_head(text, ctx), *(f"- {said}" for said in [*sentences[:SHOWN], *more])]))


def answer(text: str, asked: str, value: str, how: str, ctx: Context) -> Reply:
    """How an answer to the question `asked` was taken; `value` is what it settled on, where that is a code."""
    slot = SLOTS.get(asked, "上一问")
    name = _name(asked, value, ctx)
    taken = f"就是{name}（{_HOW[how]}）" if name and how else f"按您说的「{plain(text, SAID)}」"
    return Reply(f"{_head(text, ctx)}\n- 是在回答上一问「{slot}」\n- {taken}")


def nothing_said() -> Reply:
    """To 为什么 with nothing said before it."""
    return Reply(
        "要看刚才那句是怎么理解的，请先说一句，等我答了再问「为什么」。要看一张单为什么在谁手上，带上单号：「为什么 17」。"
    )


def _held(held: Sequence[Reading]) -> Iterator[str]:
    for reading in held:
        yield f"话里有否定、问话，或有没读准的数，所以没有直接{intent_name(reading.intent)}"


def _head(text: str, ctx: Context) -> str:
    """The line as it was typed, where no amount in it could be somebody else's to see."""
    quoted = f"「{plain(text, SAID)}」" if ctx.sees_amounts else "您刚才那句"
    return f"**{quoted}是这样理解的**"


def _name(asked: str, value: str, ctx: Context) -> str:
    catalogue = ctx.company.catalogue
    tables: Mapping[str, Mapping[str, Customer | Product | Staff | Warehouse]] = {
        "customer": catalogue.customers,
        "sku": catalogue.products,
        "staff": catalogue.staff,
        "warehouse": catalogue.warehouses,
    }
    known = tables.get(asked, {}).get(value)
    return plain(known.name) if known else plain(value)
