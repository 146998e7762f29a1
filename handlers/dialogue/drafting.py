"""A draft: shown with prices, checks and stock; on a yes it becomes an order."""

from dataclasses import replace
from decimal import Decimal

from domain import entry
from domain.entry import Wanted, WantedLine
from domain.errors import Unknown
from domain.facts import Change
from domain.levels import available
from domain.ports import EntryFacts, Search, UnitOfWork
from handlers.asking import Preview
from handlers.context import Context
from handlers.dialogue.amounts import changed
from handlers.understanding.reading import Reading, SaidLine, Slots


def wanted_of(slots: Slots) -> Wanted:
    """The order a settled reading asks for."""
    return Wanted(
        customer=slots.customer or "",
        lines=tuple(wanted_line(line) for line in slots.lines),
        due=slots.due,
        period=slots.period or "",
        address=slots.address or "",
        note=slots.note or "",
        urgent=slots.urgent,
    )


def wanted_line(said: SaidLine) -> WantedLine:
    """What a settled line asks for."""
    return WantedLine(said.sku or "", said.qty or Decimal(0), said.unit or "", said.price, said.gift)


async def preview(reading: Reading, ctx: Context, uow: UnitOfWork) -> Preview:
    """Price and check the draft against the present stock; nothing is locked or written."""
    wanted = wanted_of(reading.slots)
    lines = entry.price_lines(wanted, ctx.company)
    facts = await _facts(wanted, ctx, uow)
    levels = await uow.stock.levels([line.sku for line in lines])
    return Preview(wanted, lines, entry.checks(wanted, lines, facts, levels, ctx.act), available(levels))


async def _facts(wanted: Wanted, ctx: Context, uow: UnitOfWork) -> EntryFacts:
    return await uow.orders.entry_facts(wanted.customer, _skus(wanted), ctx.act.doubles_since)


def _skus(wanted: Wanted) -> list[str]:
    return [line.sku for line in wanted.lines]


async def write(reading: Reading, ctx: Context, uow: UnitOfWork) -> Change:
    """Make the draft an order: numbered, checked against the stock it takes from, saved."""
    wanted = wanted_of(reading.slots)
    facts = await _facts(wanted, ctx, uow)
    number = await uow.orders.next_number()
    change = entry.enter(number, wanted, ctx.act, facts, await uow.stock.take(_skus(wanted)))
    await uow.save(change)
    return change


async def repeated(reading: Reading, ctx: Context, uow: UnitOfWork) -> Reading:
    """`order.repeat` as the order it means: the customer's latest lines with the changes said."""
    customer = reading.slots.customer or ""
    cancelled = ctx.company.workflow.keys("cancelled")
    latest = await uow.orders.search(Search(customer=(customer,), not_steps=cancelled, limit=1))
    if not latest:
        raise Unknown("no-earlier-order", customer=ctx.company.catalogue.customers[customer].name)
    known = ctx.company.catalogue.products
    lines = tuple(
        SaidLine(sku=line.sku, qty=line.qty, unit=line.unit, gift=line.gift)
        for line in latest[0].lines
        if line.sku in known
    )
    slots = replace(reading.slots, lines=changed(lines, reading.slots.lines, ctx.company.catalogue))
    usual = ctx.company.catalogue.customers[customer].address
    earlier = latest[0].address if latest[0].address != usual else None
    return Reading("order.create", replace(slots, address=slots.address or earlier))


def restated(slots: Slots, ctx: Context) -> str:
    """The draft in words that read back exactly: what later words of the conversation refer to."""
    catalogue = ctx.company.catalogue
    parts = [catalogue.customers[slots.customer].name] if slots.customer else []
    for line in slots.lines:
        name = "送" if line.gift else catalogue.products[line.sku or ""].name
        parts.append(f"{name}{line.qty}{line.unit}")
    if slots.due:
        parts.append(f"{slots.due.month}月{slots.due.day}号送")
    return " ".join(parts)
