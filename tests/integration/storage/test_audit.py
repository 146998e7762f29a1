"""Whoever changes the past by hand is found, whichever way."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from domain.facts import Change
from domain.ports import UnitsOfWork
from storage.audit import Broken, Verdict, verify
from storage.engine import Database
from storage.rules import Rules
from tests.integration.storage.stories import NOW, a_change, an_event, an_order, level, stocked, written

Tamper = Callable[[str], Awaitable[None]]


@pytest.fixture
def tamper(database_url: str) -> Tamper:
    """Somebody with a database client."""

    async def run(*statements: str) -> None:
        engine = create_async_engine(database_url)
        async with engine.begin() as connection:
            for statement in statements:
                await connection.execute(text(statement))
        await engine.dispose()

    return run


@pytest.fixture
async def history(units: UnitsOfWork, database: Database) -> None:
    """Two orders with three events each, two deliveries, one set of rules."""
    await written(units, an_order(1), an_order(2))
    for note in ("b", "c"):
        async with units() as uow:
            for number in (1, 2):
                event = an_event(number, kind="order:noted", data={"after": {"note": note}})
                await uow.save(Change(a_change(await uow.orders.get(number)).order, (event,)))
            await uow.commit()
    for _ in range(2):
        await stocked(units, level())
    await Rules(database).add(NOW, "admin", "why", {"a": "b"})


@pytest.mark.usefixtures("history")
async def test_an_untouched_history_verifies(database: Database):
    assert await verify(database) == Verdict(streams=4, events=9)


async def test_an_empty_history_verifies(database: Database):
    assert await verify(database) == Verdict(streams=0, events=0)


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(
    ("statements", "broken"),
    [
        (
            ["UPDATE events SET actor = 'x' WHERE stream = 'order:1' AND seq = 2"],
            Broken("order:1", 2, "changed"),
        ),
        (
            ["UPDATE events SET kind = 'x' WHERE stream = 'order:1' AND seq = 1"],
            Broken("order:1", 1, "changed"),
        ),
        (
            ["UPDATE events SET source = 'x' WHERE stream = 'order:2' AND seq = 3"],
            Broken("order:2", 3, "changed"),
        ),
        (
            ["UPDATE events SET data = '{}' WHERE stream = 'order:1' AND seq = 2"],
            Broken("order:1", 2, "changed"),
        ),
        (["UPDATE events SET hash = 'x' WHERE stream = 'stock' AND seq = 1"], Broken("stock", 1, "changed")),
        (
            ["UPDATE events SET hash = 'x' WHERE stream = 'order:1' AND seq = 3"],
            Broken("order:1", 3, "changed"),
        ),
        (["DELETE FROM events WHERE stream = 'order:1' AND seq = 1"], Broken("order:1", 1, "removed")),
        (["DELETE FROM events WHERE stream = 'order:1' AND seq = 2"], Broken("order:1", 2, "removed")),
        (["DELETE FROM events WHERE stream = 'order:1' AND seq = 3"], Broken("order:1", 3, "removed")),
        (["DELETE FROM events WHERE stream = 'stock' AND seq = 2"], Broken("stock", 2, "removed")),
        (["DELETE FROM events WHERE stream = 'order:2'"], Broken("order:2", 1, "removed")),
        (
            [
                "INSERT INTO events SELECT stream, 4, kind, at, actor, source, data, hash FROM events "
                "WHERE stream = 'order:1' AND seq = 3"
            ],
            Broken("order:1", 4, "changed"),
        ),
        (
            [
                "UPDATE events SET seq = seq + 10 WHERE stream = 'order:1' AND seq > 1",
                "INSERT INTO events SELECT stream, 2, kind, at, actor, source, data, hash FROM events "
                "WHERE stream = 'order:1' AND seq = 1",
                "UPDATE events SET seq = seq - 9 WHERE stream = 'order:1' AND seq > 10",
            ],
            Broken("order:1", 2, "changed"),
        ),
        (
            [
                "UPDATE events SET seq = 99 WHERE stream = 'order:1' AND seq = 2",
                "UPDATE events SET seq = 2 WHERE stream = 'order:1' AND seq = 3",
                "UPDATE events SET seq = 3 WHERE stream = 'order:1' AND seq = 99",
            ],
            Broken("order:1", 2, "changed"),
        ),
        (["UPDATE events SET stream = 'order:9' WHERE stream = 'company'"], Broken("company", 1, "removed")),
        (
            ["DELETE FROM order_lines WHERE order_number = 2", "DELETE FROM orders WHERE number = 2"],
            Broken("order:2", 1, "inserted"),
        ),
        (["DELETE FROM streams WHERE stream = 'stock'"], Broken("stock", 1, "inserted")),
        (["UPDATE orders SET head_hash = 'x' WHERE number = 1"], Broken("order:1", 3, "changed")),
    ],
)
async def test_a_row_touched_by_hand_is_named(
    database: Database, tamper: Callable[..., Awaitable[None]], statements: list[str], broken: Broken
):
    await tamper(*statements)

    verdict = await verify(database)

    assert verdict.broken[0] == broken
    assert [one.stream for one in verdict.broken] in ([broken.stream], ["company", "order:9"])


@pytest.mark.usefixtures("history")
async def test_a_moment_moved_by_hand_is_named(
    database: Database, database_url: str, tamper: Callable[..., Awaitable[None]]
):
    moved = "at + 1" if database_url.startswith("sqlite") else "at + interval '1 microsecond'"
    await tamper(f"UPDATE events SET at = {moved} WHERE stream = 'order:1' AND seq = 2")

    assert (await verify(database)).broken == (Broken("order:1", 2, "changed"),)


@pytest.mark.usefixtures("history")
async def test_a_forger_who_rewrites_the_rest_of_the_chain_meets_the_head(
    database: Database, tamper: Callable[..., Awaitable[None]]
):
    from domain.chain import link

    forged, previous = [], ""
    for seq, note in ((1, None), (2, "forged"), (3, "c")):
        data = {"after": {"note": note}} if note else {"after": {"note": "急 😀"}}
        event = an_event(1, kind="order:noted" if note else "order:entered", data=data)
        previous = link(previous, seq, event)
        forged.append(f"UPDATE events SET hash = '{previous}' WHERE stream = 'order:1' AND seq = {seq}")
    edit = (
        """UPDATE events SET data = '{"after"\\:{"note"\\:"forged"}}' WHERE stream = 'order:1' AND seq = 2"""
    )
    await tamper(edit, *forged)

    assert (await verify(database)).broken == (Broken("order:1", 3, "changed"),)


async def test_a_long_history_is_walked_page_by_page(database: Database, units: UnitsOfWork):
    events = tuple(an_event(1, data={"n": n}) for n in range(1200))
    async with units() as uow:
        await uow.save(Change(an_order(1), events))
        for number in range(2, 1203):
            await uow.save(a_change(an_order(number)))
        await uow.commit()

    assert await verify(database) == Verdict(streams=1202, events=2401)
