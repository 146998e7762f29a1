"""`gendan doctor`: what each part says. It only looks: nothing is made, migrated or founded."""

import os
from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path

from bot.bell import Bell
from bot.company.load import load
from bot.demo_folder import is_of_a_demo
from bot.founding import OtherCompany, must_be_of
from bot.health import Health, Probe, Red, answering
from bot.rulebook import Version
from bot.settings import Settings
from bot.wiring import Store, kept, open_cache, probes, read_rules
from domain.errors import DatabaseAway
from domain.ports import Clock


async def examine(settings: Settings, clock: Clock) -> tuple[bool, Mapping[str, str]]:
    """Whether `gendan serve` could do its work here, and what each part says."""
    async with AsyncExitStack() as stack:
        bell = Bell(await stack.enter_async_context(open_cache(settings)))
        file = settings.database_file
        if file is not None and not file.exists():
            # To ask SQLite for a file that is not there would make it.
            parts = {
                "database": _to_be_made(file),
                "redis": bell.probe,
                "rules": _to_begin_with(settings.company),
            }
        else:
            store = await stack.enter_async_context(kept(settings))
            parts = await _parts(settings, store, bell, clock)
        return await Health(parts).report()


async def _parts(settings: Settings, store: Store, bell: Bell, clock: Clock) -> dict[str, Probe]:
    parts = {"database": answering(store.database.ping), "redis": bell.probe}
    try:
        newest = await store.rules.newest()
    except DatabaseAway:
        return parts
    if newest is None:
        return {**parts, "rules": _to_begin_with(settings.company)}
    company = (await read_rules(store)).company
    return {**probes(store, bell, company, clock), "rules": _in_force(settings, newest)}


def _to_be_made(file: Path) -> Probe:
    """Red when the first start could not make it."""
    there = next(folder for folder in file.absolute().parents if folder.is_dir())

    async def probe() -> str:
        if not os.access(there, os.W_OK):
            raise Red(f"none yet, and nothing may be written into {there}")
        return f"none yet; gendan serve makes {file}"

    return probe


def _to_begin_with(folder: Path | None) -> Probe:
    """Red when the first start would have nothing to begin with."""

    async def probe() -> str:
        if folder is None:
            raise Red("none yet; GENDAN_COMPANY must name a company folder")
        if mistakes := len(load(folder).errors):
            raise Red(f"none yet, and {folder} has mistakes ({mistakes}): gendan check {folder}")
        return f"none yet; gendan serve begins with {folder}"

    return probe


def _in_force(settings: Settings, newest: Version) -> Probe:
    """Red when `gendan serve` would not serve these."""

    async def probe() -> str:
        if is_of_a_demo(settings.database_file):
            raise Red("those of gendan demo; name another database")
        try:
            must_be_of(newest.files, settings.company)
        except OtherCompany as other:
            raise Red(str(other)) from None
        return f"ok, version {newest.version}"

    return probe
