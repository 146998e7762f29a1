"""The first start on an empty database: the company's folder becomes version 1, its stock is counted in."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from bot.company.load import Loaded, load, name_in
from bot.company.problems import Findings
from bot.company.texts import read_folder
from bot.rulebook import Version
from domain.act import SYSTEM
from domain.errors import Stale
from domain.ports import StockLevel


class Founded(Protocol):
    """The ledger of rules."""

    async def newest(self) -> Version | None:
        """The rules in force, or None before there are any."""

    async def add(
        self, at: datetime, by: str, why: str, files: Mapping[str, str], *, after: int | None = None
    ) -> Version:
        """Make `files` the rule from now on, or raise `Stale`; also when the newest is not version `after`."""


PATIENCE, MEANWHILE_S = 50, 0.1
"""How often, and after how long, another process's founding is looked at."""

Seed = Callable[[Sequence[StockLevel], datetime, str], Awaitable[object]]
"""Counts in stock that has no row yet."""


class NoCompany(Exception):
    """There are no rules yet, and no folder to make them from was named."""


class OtherCompany(Exception):
    """The database keeps another company than the folder that was named; says what to do in one line."""


async def found(ledger: Founded, seed: Seed, folder: Path | None, at: datetime) -> None:
    """Begin with `folder` where there are no rules yet, or raise `NoCompany` or `BrokenRules`.

    Where there are, they hold, and `OtherCompany` is raised when `folder` is not of the same company.
    Stock comes first: after a crash between the two the next start does both again, and no row counts twice.
    """
    for _ in range(PATIENCE):
        if (newest := await ledger.newest()) is not None:
            return must_be_of(newest.files, folder)
        if folder is None:
            raise NoCompany
        try:
            return await _begin(ledger, seed, load(folder, version=1), at)
        except Stale:
            # Another process is founding at the same moment, from what it was given: its rules hold.
            await asyncio.sleep(MEANWHILE_S)
    raise Stale


async def _begin(ledger: Founded, seed: Seed, loaded: Loaded, at: datetime) -> None:
    loaded.company  # noqa: B018 - raises with every mistake
    await seed(levels_of(loaded), at, SYSTEM.user_id)
    await ledger.add(at, SYSTEM.user_id, "first rules", loaded.texts, after=0)


def must_be_of(kept: Mapping[str, str], folder: Path | None) -> None:
    """Raise `OtherCompany` unless `folder` is that of the company kept, or there is none to compare."""
    if folder is None:
        return
    named, ours = name_in(read_folder(folder, Findings())), name_in(kept)
    if named and named != ours:
        raise OtherCompany(
            f"the database keeps “{ours}”, and GENDAN_COMPANY ({folder}) is “{named}”: name another database, "
            f"or let it be the rule (gendan apply {folder} --by USER --why TEXT)"
        )


def levels_of(loaded: Loaded) -> Sequence[StockLevel]:
    """The opening stock of a folder."""
    return [StockLevel(place, sku, on_hand, Decimal(0)) for (place, sku), on_hand in loaded.stock.items()]
