"""Commands about the company's folder, its tables, and what a line means."""

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.outcome import Refused, WrongUse, run, settings

if TYPE_CHECKING:
    from bot.company.sheets import Sheet


class Kind(StrEnum):
    """The tables that come in."""

    CUSTOMERS = "customers"
    PRODUCTS = "products"
    STAFF = "staff"
    STOCK = "stock"
    PRICES = "prices"
    ORDERS = "orders"


class Leaving(StrEnum):
    """The tables that go out: those that come in, and what people said that was not clear."""

    CUSTOMERS = "customers"
    PRODUCTS = "products"
    STAFF = "staff"
    STOCK = "stock"
    PRICES = "prices"
    ORDERS = "orders"
    MISREAD = "misread"


Folder = Annotated[Path, typer.Argument(help="The company's folder.")]
Table = Annotated[Path, typer.Argument(help="A .csv or .xlsx file.")]
KIND = typer.Argument(help="Which table.")
By = Annotated[str, typer.Option("--by", help="Who does it: a user id of the company.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (parse, init, check, apply):
        app.command()(command)
    app.command("import")(import_)
    app.command("export")(export)


def parse(
    catalogue: Annotated[Path, typer.Option(help="Folder with customers.csv, products.csv, staff.csv, …")],
    now: Annotated[str | None, typer.Option(help="The moment of the messages, ISO 8601 with offset.")] = None,
    why: Annotated[bool, typer.Option("--why", help="Say in `why` how each was read, in Chinese.")] = False,
) -> None:
    """Say what chat lines mean: JSON lines in and out."""
    from bot.parse import NotAsked
    from bot.parse import parse as read

    if not catalogue.is_dir():
        raise WrongUse(f"--catalogue: {catalogue} is no folder")
    try:
        read(catalogue, _moment(now) or datetime.now().astimezone(), why=why)
    except NotAsked as wrong:
        raise Refused(str(wrong)) from None


def _moment(said: str | None) -> datetime | None:
    if said is None:
        return None
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        raise WrongUse(f"--now: {said!r} is not a moment such as 2026-11-23T10:00:00+08:00") from None
    if moment.tzinfo is None:
        raise WrongUse(f"--now: {said!r} lacks its offset, such as +08:00")
    return moment


def init(folder: Folder) -> None:
    """Write a starter company folder."""
    from bot.company import commands

    commands.init(folder)


def check(folder: Folder) -> None:
    """Say every mistake in a company folder, each with file and line."""
    from bot.company import commands

    commands.check(folder)


def apply(folder: Folder, by: By, why: Annotated[str, typer.Option(help="Why it changes.")]) -> None:
    """Make a company folder the rule from now on."""
    if not why.strip():
        raise WrongUse("--why: say why the rules change")
    run(_apply(folder, by, why))


async def _apply(folder: Path, by: str, why: str) -> None:
    from bot.office import amending
    from bot.wiring import open_store

    async with open_store(settings()) as store:
        version = await amending(store).apply(folder, by, why)
    print(f"version {version} is in force")


def import_(kind: Annotated[Kind, KIND], file: Table, by: By) -> None:
    """Take a table in, all of it or nothing."""
    run(_import(kind, file, contents(file), by))


def contents(file: Path) -> bytes:
    """The file's bytes, no more than show that it is too large: that is said with the other mistakes."""
    from bot.company.texts import LARGEST

    try:
        with file.open("rb") as table:
            return table.read(LARGEST + 1)
    except OSError as error:
        raise WrongUse(f"{file}: {error.strerror}") from None


async def _import(kind: Kind, file: Path, data: bytes, by: str) -> None:
    from bot.company.problems import locale_of
    from bot.office import amending, exchange
    from bot.settings import environment
    from bot.wiring import open_store

    async with open_store(settings()) as store:
        if kind is Kind.STOCK:
            print(f"{await (await exchange(store)).take_stock(file, data, by)} counted")
        elif kind is Kind.ORDERS:
            print(f"{await (await exchange(store)).take_orders(file, data, by)} orders entered")
        else:
            merged = await amending(store).merge(kind.value, file, data, by)
            for problem in merged.problems:
                print(problem.text(locale_of(environment())), file=sys.stderr)
            print(f"{merged.added} added, {merged.changed} changed, {merged.same} as they were")


def export(kind: Annotated[Leaving, KIND], file: Table) -> None:
    """Write a table out."""
    run(_export(kind, file))


async def _export(kind: Leaving, file: Path) -> None:
    from bot.company.merging import export as table
    from bot.office import exchange, misread, rule_files
    from bot.wiring import open_store

    async with open_store(settings()) as store:
        if kind is Leaving.STOCK:
            sheet = await (await exchange(store)).stock()
        elif kind is Leaving.ORDERS:
            sheet = await (await exchange(store)).orders()
        elif kind is Leaving.MISREAD:
            sheet = await misread(store)
        else:
            sheet = table(await rule_files(store), kind.value)
    _write(file, sheet)
    print(f"{len(sheet.rows)} rows written to {file}")


def _write(file: Path, sheet: "Sheet") -> None:
    from bot.company.sheets import UnknownFormat, write_sheet

    try:
        file.write_bytes(write_sheet(file.name, sheet))
    except UnknownFormat:
        raise WrongUse(f"{file}: the name must end with .csv or .xlsx") from None
    except OSError as error:
        raise Refused(f"{file}: {error.strerror}") from None
