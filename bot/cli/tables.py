"""Commands about the company's folder, its tables, and what a line means."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.outcome import WrongUse, run, settings

Folder = Annotated[Path, typer.Argument(help="The company's folder.")]
Kind = Annotated[str, typer.Argument(help="customers, products, staff, stock, prices or orders.")]
Table = Annotated[Path, typer.Argument(help="A .csv or .xlsx file.")]
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
) -> None:
    """Say what chat lines mean: JSON lines in and out."""
    from bot.parse import parse_lines

    parse_lines(catalogue, _moment(now))


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
    from bot.operations import apply as make_rule

    run(make_rule(settings(), folder, by, why))


def import_(kind: Kind, file: Table, by: By = "") -> None:
    """Take a table in, all of it or nothing."""
    from bot.operations import take_in

    run(take_in(settings(), kind, file, by))


def export(kind: Kind, file: Table) -> None:
    """Write a table out."""
    from bot.operations import write_out

    run(write_out(settings(), kind, file))
