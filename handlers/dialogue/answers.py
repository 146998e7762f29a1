"""An answer to the question asked: a number, the words of a candidate, or what was missing."""

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.asking import Open
from handlers.context import Context
from handlers.dialogue.amounts import BESIDES, besides
from handlers.dialogue.slots import drop_line, narrow, settle, without
from handlers.understanding.reading import Doubt, Reading, SaidLine
from handlers.wording.questions import SHOWN

NAMED = {"customer": "customers", "sku": "products", "staff": "staff", "warehouse": "warehouses"}
LEAVE_OUT = re.compile(r"(这个|那个|它)?(不要了?|去掉|删掉|删了|没有就算了)[吧了]?")
POSITION = re.compile(r"第?[0-9０-９一二三四五六七八九十]+个?|最后一?个")
SHOWN_NUMBER = re.compile(r"[1-9]", re.ASCII)
ORDER_NUMBER = re.compile(r"#?(?:SO\d{6}-)?0*(\d{1,9})(?:号?单?)", re.IGNORECASE)


def leaves_out(text: str) -> bool:
    """True when `text` says to do without the product asked about."""
    return LEAVE_OUT.fullmatch(text.strip()) is not None


def answered(reading: Reading, item: Open, text: str, ctx: Context) -> Reading | None:
    """The reading with the question settled or narrowed by `text`, or None when `text` is no answer to it."""
    if item.line is not None and leaves_out(text):
        return drop_line(reading, item.line)
    if item.candidates:
        fits = _numbered(item, text) or ctx.rules.understanding.choose(item.kind, text, item.candidates)
        return _chosen(reading, item, fits if len(fits) == 1 else _named(item, text, ctx) or fits, ctx)
    if item.kind == "lines":
        return _lines_said(reading, text, ctx)
    if item.kind == "qty":
        return _quantity_said(reading, item, text, ctx)
    if item.kind == "reason":
        return settle(reading, item, text.strip(), ctx.company.catalogue)
    if item.kind == "due":
        return _day_said(reading, item, text, ctx)
    if item.kind == "orders":
        number = ORDER_NUMBER.fullmatch(text.strip())
        return settle(reading, item, number[1], ctx.company.catalogue) if number else None
    return _chosen(reading, item, _among_all(reading, item, text, ctx), ctx)


def _numbered(item: Open, text: str) -> Sequence[str]:
    """The candidate with this number in the list that was shown: 2 is the second, not the one of two litres."""
    number = int(text) if SHOWN_NUMBER.fullmatch(text.strip()) else 0
    listed = item.kind in NAMED or item.kind == "address"
    return item.candidates[:SHOWN][number - 1 : number] if listed and number else ()


def _chosen(reading: Reading, item: Open, fits: Sequence[str], ctx: Context) -> Reading | None:
    if len(fits) == 1:
        return settle(reading, item, fits[0], ctx.company.catalogue)
    narrower = len(fits) > 1 and (not item.candidates or len(fits) < len(item.candidates))
    return narrow(reading, item, tuple(fits)) if narrower else None


def _named(item: Open, text: str, ctx: Context) -> Sequence[str]:
    """The one candidate that the words name when read as a line of their own (`矿泉水550`); a part of an address."""
    if item.kind == "address":
        return [place for place in item.candidates if text.strip() in place]
    if item.kind != "sku":
        return ()
    said = ctx.rules.understanding.read(text, sender=ctx.actor.user_id, now=ctx.here)
    skus = [line.sku for line in said.slots.lines]
    return [sku for sku in skus if sku in item.candidates] if len(skus) == 1 else ()


def _among_all(reading: Reading, item: Open, text: str, ctx: Context) -> Sequence[str]:
    """Everything of that kind in the catalogue may be the answer when nothing said fitted; no list was shown."""
    if POSITION.fullmatch(text.strip()):
        return ()
    if item.kind == "unit" and item.line is not None:
        product = ctx.company.catalogue.products[reading.slots.lines[item.line].sku or ""]
        return ctx.rules.understanding.choose("unit", text, [unit.name for unit in product.units])
    if item.kind not in NAMED:
        return ()
    return ctx.rules.understanding.choose(
        item.kind, text, list(getattr(ctx.company.catalogue, NAMED[item.kind]))
    )


def _lines_said(reading: Reading, text: str, ctx: Context) -> Reading | None:
    """Products for an order that had none yet: read as if said after the customer's name."""
    said = ctx.rules.understanding.read(text, sender=ctx.actor.user_id, now=ctx.here)
    if said.intent not in {"order.create", "order.change"} or said.slots.customer or not said.slots.lines:
        return None
    slots = replace(
        reading.slots, lines=_counted(reading, said, text), due=said.slots.due or reading.slots.due
    )
    return replace(
        without(reading, "lines"),
        slots=slots,
        missing=(
            *without(reading, "lines").missing,
            *(path for path in said.missing if path.startswith("lines[")),
        ),
        ambiguous={**reading.ambiguous, **said.ambiguous},
        unknown={**reading.unknown, **said.unknown},
        doubts={**reading.doubts, **said.doubts},
    )


def _counted(reading: Reading, said: Reading, text: str) -> tuple[SaidLine, ...]:
    """The lines with their amounts; only an order that has some can be given more of them."""
    lines = said.slots.lines
    if reading.intent == "order.change":
        return tuple(besides(line) for line in lines) if BESIDES.search(text) else lines
    counted = (replace(line, qty=line.delta) if line.qty is None else line for line in lines)
    return tuple(replace(line, delta=None) for line in counted)


def _quantity_said(reading: Reading, item: Open, text: str, ctx: Context) -> Reading | None:
    """`20箱` after 多少: read as if said after the product's name."""
    index = item.line or 0
    sku = reading.slots.lines[index].sku
    if sku is None:
        return None
    name = ctx.company.catalogue.products[sku].name
    said = ctx.rules.understanding.read(f"{name} {text}", sender=ctx.actor.user_id, now=ctx.here)
    if len(said.slots.lines) != 1 or said.slots.lines[0].qty is None or said.slots.lines[0].sku != sku:
        return None
    lines = reading.slots.lines
    line = replace(lines[index], qty=said.slots.lines[0].qty, unit=said.slots.lines[0].unit)
    moved = {
        path.replace("lines[0]", f"lines[{index}]"): word
        for path, word in said.unknown.items()
        if "lines[0]" in path
    }
    doubts = {path: Doubt(word) for path, word in moved.items()}
    filled = replace(
        without(reading, item.path),
        unknown={**reading.unknown, **moved},
        doubts={**reading.doubts, **doubts},
    )
    return replace(filled, slots=replace(filled.slots, lines=(*lines[:index], line, *lines[index + 1 :])))


def _day_said(reading: Reading, item: Open, text: str, ctx: Context) -> Reading | None:
    """`周五` after 改到哪一天: read as if said of an order."""
    said = ctx.rules.understanding.read(f"1号单延到{text}", sender=ctx.actor.user_id, now=ctx.here)
    if said.slots.due is None:
        return None
    filled = without(reading, item.path)
    return replace(filled, slots=replace(filled.slots, due=said.slots.due))
