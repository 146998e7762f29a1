"""Commands for whoever operates the program."""

import logging
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.outcome import Refused, run, settings

if TYPE_CHECKING:
    from domain.outbox import Condition

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
    from bot import wiring

    run(wiring.migrate(settings()))


def doctor() -> None:
    """Say whether everything needed for work is there; changes nothing."""
    run(_doctor())


async def _doctor() -> None:
    from bot import logs
    from bot.clock import system_clock
    from bot.doctor import examine

    # What is away is said once, by its part.
    logs.configure(sys.stderr, logging.ERROR)
    good, parts = await examine(settings(), system_clock)
    for name, said in parts.items():
        print(f"{name:<10} {said}")
    if not good:
        raise Refused("not ready")


@audit.command()
def verify() -> None:
    """Recompute every chain of events; ends with 1 at the first broken row, which it names."""
    run(_verify())


async def _verify() -> None:
    from bot.wiring import open_store

    async with open_store(settings()) as store:
        verdict = await store.audit()
    for broken in verdict.broken:
        print(f"{broken.stream} #{broken.seq}: {broken.what}")
    print(f"{verdict.events} events in {verdict.streams} chains, {len(verdict.broken)} broken")
    if verdict.broken:
        raise typer.Exit(1)


@audit.command()
def escalations(
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"], help="In the company's time; none: ever."),
    ] = None,
) -> None:
    """Recompute what every ladder should have rung; ends with 1 where a rung is missing or rang twice."""
    run(_escalations(since))


async def _escalations(since: datetime | None) -> None:
    from bot.clock import system_clock
    from bot.wiring import open_store, read_rules

    async with open_store(settings()) as store:
        zone = (await read_rules(store)).company().calendar.zone
        inspection = await store.inspector(system_clock).inspect(since and since.replace(tzinfo=zone))
    for line in inspection.lines():
        print(line)
    print(f"{inspection.orders} orders, {inspection.wrong} findings")
    if inspection.wrong:
        raise typer.Exit(1)


@outbox.command("list")
def list_(
    dead: Annotated[bool, typer.Option("--dead", help="Only those given up.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="At most so many of each.")] = 50,
) -> None:
    """Notices not delivered yet: where to, how often tried, what went wrong."""
    run(_list(dead, limit))


async def _list(only_dead: bool, limit: int) -> None:
    from bot.wiring import open_store

    async with open_store(settings()) as store:
        waiting = () if only_dead else await store.outbox.pending(limit)
        given_up = await store.outbox.dead(limit)
    for delivery in (*given_up, *waiting):
        state = "dead" if delivery.dead_at else "waits"
        order = f"#{delivery.notice.order}" if delivery.notice.order is not None else "-"
        where = f"{delivery.notice.to} by {delivery.way}"
        print(
            f"{delivery.id}  {state}  {_moment(delivery.created_at)}  {where}  {order} {delivery.notice.kind}",
            end="",
        )
        print(f"  tried {delivery.attempts}x  {delivery.error}".rstrip())


@outbox.command()
def destinations() -> None:
    """Groups and people that rest, are not to be disturbed, or fail: until when, since when, why."""
    run(_destinations())


async def _destinations() -> None:
    from bot.clock import system_clock
    from bot.wiring import open_store

    now = system_clock()
    async with open_store(settings()) as store:
        found = await store.outbox.destinations(now)
    for place in found:
        print(f"{place.waiting:>6} waiting  {place.way} {place.address}  {_condition(place.condition, now)}")
    if not found:
        print("nothing waits, nothing rests, nothing fails")


def _condition(condition: "Condition", now: datetime) -> str:
    """What keeps a destination, in one line."""
    said = []
    if condition.trouble:
        since = f" since {_moment(condition.since)}" if condition.since else ""
        said.append(f"{condition.trouble}{since}, failed {condition.failures}x: {condition.error}")
    for name, until in (("rests", condition.rests_until), ("quiet", condition.held_until)):
        if until is not None and until > now:
            said.append(f"{name} until {_moment(until)}")
    return "; ".join(said) or "ok"


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


@outbox.command()
def retry(
    ids: Annotated[list[str] | None, typer.Argument(help="Which ones; none: all that were given up.")] = None,
) -> None:
    """Try given-up notices again, now."""
    run(_retry(tuple(ids or ())))


async def _retry(ids: tuple[str, ...]) -> None:
    from bot.clock import system_clock
    from bot.wiring import open_store

    async with open_store(settings()) as store:
        wanted = ids or tuple([delivery.id for delivery in await store.outbox.dead(10_000)])
        unknown = [name for name in wanted if not await store.outbox.retry(name, system_clock())]
    print(f"{len(wanted) - len(unknown)} will be tried again")
    if unknown:
        raise Refused(f"not given up, or not there: {', '.join(unknown)}")
