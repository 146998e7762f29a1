"""`gendan init` and `gendan check`: what they print and how they end."""

from datetime import date
from pathlib import Path

import typer

from bot.company.hours import holidays_unknown
from bot.company.load import load
from bot.company.problems import locale_of
from bot.company.report import render
from bot.company.starter import FolderInUse, write_starter
from bot.company.webhooks import webhook_warnings
from bot.settings import environment

_WORDS = {
    "written": (
        "{count} 个文件写好了，在 {folder}。接着：gendan check {folder}",
        "{count} files written to {folder}. Next: gendan check {folder}",
    ),
    "in_use": (
        "{folder} 里已经有 {files}，什么也没写",
        "{folder} holds {files} already; nothing was written",
    ),
    "unwritable": ("{folder} 写不进去：{reason}", "{folder} cannot be written: {reason}"),
}


def init(folder: Path) -> None:
    """Write the starter company into `folder`; end with 1 rather than replace a file."""
    try:
        written = write_starter(folder)
    except FolderInUse as error:
        _refuse("in_use", folder=folder, files=", ".join(error.files))
    except OSError as error:
        _refuse("unwritable", folder=folder, reason=error.strerror or type(error).__name__)
    else:
        typer.echo(_say("written", count=len(written), folder=folder))


def check(folder: Path) -> None:
    """Print every mistake in `folder` and the rules as tables; end with 1 when there is a mistake."""
    environ = environment()
    loaded = load(folder)
    extra = []
    today = date.today()  # noqa: DTZ011  the operator's own day: are this year's holidays known?
    if loaded.rules is not None:
        extra = [
            *webhook_warnings(loaded.rules, environ),
            *filter(None, [holidays_unknown(loaded.rules, today)]),
        ]
    typer.echo(render(loaded, locale_of(environ), extra, today), nl=False)
    if loaded.errors:
        raise typer.Exit(1)


def _refuse(code: str, **facts: object) -> None:
    typer.echo(_say(code, **facts), err=True)
    raise typer.Exit(1)


def _say(code: str, **facts: object) -> str:
    chinese, english = _WORDS[code]
    return (chinese if locale_of(environment()) == "zh" else english).format(**facts)
