"""What the command line needs to change rules and to move tables, on what is kept."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from bot.amending import Amending
from bot.clock import system_clock
from bot.company.in_use import InUse
from bot.company.misread_sheet import misread_sheet
from bot.company.sheets import Sheet
from bot.exchange import Exchange
from bot.reach import Reach
from bot.rulebook import NoRules
from bot.wiring import Store, read_rules
from domain.company import FINISHED
from domain.ports import Search


def amending(store: Store) -> Amending:
    """What makes the next version of the rules."""
    return Amending(store.rules, store.seed, system_clock, partial(_in_use, store))


async def _in_use(store: Store) -> InUse:
    """What the rules to come must still know."""
    try:
        rulebook = await read_rules(store)
    except NoRules:
        return InUse()
    finished = rulebook.company().workflow.keys(*FINISHED)
    async with store.units(Reach(rulebook.company, frozenset()), rulebook)() as uow:
        still_open = Search(not_steps=finished)
        orders = await uow.orders.search(replace(still_open, limit=await uow.orders.count(still_open)))
        ended = {step: await uow.orders.count(Search(steps=(step,))) for step in finished}
        return InUse(orders, tuple((await uow.stock.levels(())).values()), ended)


async def rule_files(store: Store) -> Mapping[str, str]:
    """The company folder of the rules in force, text by file name; raises `NoRules` before there are any."""
    newest = await store.rules.newest()
    if newest is None:
        raise NoRules
    return newest.files


async def exchange(store: Store) -> Exchange:
    """What takes stock and orders in and out, by the rules in force."""
    rulebook = await read_rules(store)
    company = rulebook.company()
    reach = Reach(rulebook.company, frozenset(company.people_ways))
    return Exchange(store.units(reach, rulebook), company, system_clock)


async def misread(store: Store) -> Sheet:
    """What people said that was not clear, and what they then meant."""
    company = (await read_rules(store)).company()
    return misread_sheet(await store.learning.misread(), company)
