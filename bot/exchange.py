"""Stock and orders as tables: taken in as if they had been said, and written out as they stand."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from bot.amending import NotDone
from bot.company.counting import read_count, stock_sheet
from bot.company.load import BrokenRules
from bot.company.order_sheets import OrderRow, OrderSheet, already_there, orders_sheet, read_orders
from bot.company.sheets import Sheet
from domain.act import Act
from domain.assignment import weighed_among
from domain.catalogue import Staff
from domain.company import Company
from domain.entry import enter
from domain.errors import Unknown
from domain.ports import Clock, MessageKey, Search, UnitsOfWork
from domain.stocktaking import count
from handlers.message import Reply


@dataclass(frozen=True, slots=True)
class Exchange:
    """A file is judged as a whole before anything is written; said again it counts once."""

    units: UnitsOfWork
    company: Company
    clock: Clock

    async def take_stock(self, file: Path, data: bytes, by: str) -> int:
        """Write what was counted, all warehouses or none; says how many products were counted."""
        key = _key("stock", data, "")
        act = self._act(by, key)
        counted = read_count(self.company, file.name, data)
        if counted.problems:
            raise BrokenRules(counted.problems)
        async with self.units() as uow:
            if (await uow.open(key, by, "")).reply is None:
                skus = sorted({portion.sku for portions in counted.counted.values() for portion in portions})
                levels = await uow.stock.take(skus)
                for warehouse, portions in counted.counted.items():
                    await uow.save(count(portions, warehouse, act, levels))
                await uow.record(key, by, file.name, act.at, Reply("").document())
                await uow.commit()
        return sum(len(portions) for portions in counted.counted.values())

    async def take_orders(self, file: Path, data: bytes, by: str) -> int:
        """Enter the orders of a file; after an interruption the same file goes on where it stopped."""
        sheet = read_orders(self.company, file.name, data, self._act(by, _key("orders", data, "")))
        there = already_there(file.name, sheet, await self._known(sheet))
        if problems := there or sheet.problems:
            raise BrokenRules(problems)
        for row in sheet.orders:
            await self._enter(row, data, row.by or by)
        return len(sheet.orders)

    async def _known(self, sheet: OrderSheet) -> frozenset[int]:
        """Which of the orders that the file names by their code are ours."""
        known = set()
        async with self.units() as uow:
            for number in {row.number for row in sheet.orders if row.number}:
                with suppress(Unknown):
                    known.add((await uow.orders.get(number)).number)
        return frozenset(known)

    async def _enter(self, row: OrderRow, data: bytes, by: str) -> None:
        key, wanted = _key("orders", data, row.ref), row.wanted
        act = self._act(by, key)
        skus = [line.sku for line in wanted.lines]
        async with self.units() as uow:
            opening = await uow.open(key, by, "", act.today)
            if opening.reply is not None:
                return
            loads = await uow.orders.loads(weighed_among(self.company))
            act = replace(act, duty=opening.duty, loads=loads)
            facts = await uow.orders.entry_facts(wanted.customer, skus, act.doubles_since)
            number = await uow.orders.next_number()
            change = enter(number, wanted, act, facts, await uow.stock.take(skus))
            await uow.save(change)
            await uow.record(key, by, row.ref, act.at, Reply("", order=number).document())
            await uow.commit()

    async def stock(self) -> Sheet:
        """What lies where."""
        async with self.units() as uow:
            return stock_sheet((await uow.stock.levels(())).values(), self.company)

    async def orders(self) -> Sheet:
        """Every order as it stands."""
        async with self.units() as uow:
            everything = Search(limit=await uow.orders.count(Search()))
            return orders_sheet(await uow.orders.search(everything), self.company)

    def _act(self, by: str, key: MessageKey) -> Act:
        return Act(self._staff(by), self.clock(), self.company, str(key))

    def _staff(self, by: str) -> Staff:
        staff = self.company.staff(by.lower())
        if staff is None or not staff.active:
            raise NotDone(f"--by {by!r}: no such colleague")
        return staff


def _key(kind: str, data: bytes, part: str) -> MessageKey:
    return MessageKey("import", kind, f"{hashlib.sha256(data).hexdigest()[:32]}/{part}")
