"""The `gendan` command: 0 good, 1 refused, 2 wrong use. A command imports what it needs when it runs."""

import sys

import typer

from bot.cli import operations, serving, tables
from bot.cli.outcome import Ended

app = typer.Typer(
    name="gendan",
    help="Gendan 跟单助手: orders by chat, from one typed line to paid and done.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
serving.register(app)
tables.register(app)
operations.register(app)


def main() -> None:
    """Run the command line."""
    try:
        app()
    except Ended as end:
        print(end, file=sys.stderr)
        sys.exit(end.exit_code)
