"""Commands for whoever operates the program."""

from typing import Annotated

import typer

from bot.cli.outcome import run, settings

audit = typer.Typer(help="Look whether what was done is still what is written.", no_args_is_help=True)
outbox = typer.Typer(help="Notices that wait or could not be delivered.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(migrate)
    app.command()(doctor)
    app.add_typer(audit, name="audit")
    app.add_typer(outbox, name="outbox")


def migrate() -> None:
    """Bring the database to this release's schema."""
    from bot.operations import migrate as bring_up

    run(bring_up(settings()))


def doctor() -> None:
    """Say whether everything needed for work is there."""
    from bot.operations import examine

    run(examine(settings()))


@audit.command()
def verify() -> None:
    """Recompute every chain of events; ends with 1 at the first broken row, which it names."""
    from bot.operations import verify as recompute

    run(recompute(settings()))


@outbox.command("list")
def list_(
    dead: Annotated[bool, typer.Option("--dead", help="Only those given up.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50,
) -> None:
    """Notices not delivered yet: where to, how often tried, what went wrong."""
    from bot.operations import list_outbox

    run(list_outbox(settings(), dead=dead, limit=limit))


@outbox.command()
def retry(
    ids: Annotated[list[int] | None, typer.Argument(help="Which ones; none: all that were given up.")] = None,
) -> None:
    """Try given-up notices again, now."""
    from bot.operations import retry_outbox

    run(retry_outbox(settings(), tuple(ids or ())))
