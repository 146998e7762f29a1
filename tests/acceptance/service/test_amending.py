"""Two people change the rules at once: neither change is lost without a word."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.amending import NotDone
from bot.office import amending


class SeenBefore:
    """The ledger as somebody saw it a moment ago."""

    def __init__(self, ledger, newest):
        self._ledger, self._newest = ledger, newest

    async def newest(self):
        return self._newest

    async def add(self, *arguments, **named):
        return await self._ledger.add(*arguments, **named)


async def test_an_import_made_from_rules_that_changed_meanwhile_is_told(world):
    store = world.program.store
    maker = amending(store)
    late = replace(maker, ledger=SeenBefore(store.rules, await store.rules.newest()))
    await maker.merge("customers", Path("a.csv"), b"code,credit_limit\nC001,1\n", "linxiaomei")

    with pytest.raises(NotDone):
        await late.merge("customers", Path("b.csv"), b"code,credit_limit\nC002,2\n", "linxiaomei")
    await maker.merge("customers", Path("b.csv"), b"code,credit_limit\nC002,2\n", "linxiaomei")

    await world.passes(minutes=0)
    customers = world.program.rulebook.company().catalogue.customers
    assert [int(customers[code].credit_limit) for code in ("C001", "C002")] == [1, 2]
