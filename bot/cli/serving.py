"""Commands that run the program: the demo, the service, the terminal chat."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.outcome import WrongUse, run, settings

Port = Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(demo)
    app.command()(serve)
    app.command()(chat)


def demo(
    port: Port = None,
    data: Annotated[Path, typer.Option(help="Folder for the demo's data.")] = Path("gendan-demo"),
) -> None:
    """The demo company and a chat page in the browser."""
    from bot.demo import demo as play

    run(play(settings(port=port), data))


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Port = None,
    web: Annotated[bool, typer.Option("--web/--no-web", help="Answer the platforms.")] = True,
    worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="Deliver notices and watch times.")
    ] = True,
) -> None:
    """Answer the platforms, deliver notices, watch times."""
    if not (web or worker):
        raise WrongUse("--no-web and --no-worker together leave nothing to do")
    from bot.service import serve as run_service

    run(run_service(settings(host=host, port=port), web=web, worker=worker))


def chat(
    person: Annotated[str, typer.Option("--as", help="Who is talking: a user id of the company.")],
    group: Annotated[str | None, typer.Option("--in", help="In which group; none: one to one.")] = None,
    url: Annotated[str | None, typer.Option(help="Where the demo answers.")] = None,
) -> None:
    """Talk to the running demo from the terminal, or pipe lines in."""
    from bot.platforms.console.terminal import chat as talk

    raise typer.Exit(talk(person, group, url or f"http://127.0.0.1:{settings().port}"))
