"""One message, one transaction: all of it or nothing, once."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.facts import Notice, Timer
from domain.figures import Scope
from domain.ports import Conversation, Opening, Search, Todo, UnitsOfWork
from domain.queues import DueTimer
from storage.engine import Database
from storage.outbox import Outbox
from storage.timers import Timers
from storage.todos import Todos
from tests.integration.storage.stories import (
    NOW,
    a_change,
    a_key,
    a_line,
    an_event,
    an_order,
    everything,
    level,
    stocked,
    written,
)

LEASE = timedelta(minutes=1)


async def test_a_first_message_opens_with_nothing(units: UnitsOfWork):
    async with units() as uow:
        opening = await uow.open(a_key(), "lina", "G1")

    assert opening == Opening(None, Conversation("lina", "G1"), 0)


async def test_a_message_leaves_its_reply_and_its_conversation(units: UnitsOfWork):
    reply = {"text": "好 😀\0", "buttons": [["确认", "确认"]], "order": None}
    said = Conversation("lina", "", 0, {"drafts": [{"qty": "2.50"}]}, NOW)
    async with units() as uow:
        await uow.remember(said)
        await uow.record(a_key(), "lina", "20箱\0", NOW, reply)
        await uow.commit()

    async with units() as uow:
        again = await uow.open(a_key(), "lina", "")
        other = await uow.open(a_key("m2"), "lina", "")

    assert again.reply == {**reply, "text": "好 😀\ufffd"}
    assert again.conversation == replace(said, version=1)
    assert other.reply is None
    assert other.conversation == again.conversation


@pytest.mark.parametrize("field", ["platform", "app", "key"])
async def test_a_message_is_itself_by_platform_app_and_key(units: UnitsOfWork, field: str):
    async with units() as uow:
        await uow.record(a_key(), "lina", "", NOW, {})
        await uow.record(replace(a_key(), **{field: "other"}), "lina", "", NOW, {"text": "other"})
        await uow.commit()

    async with units() as uow:
        assert (await uow.open(a_key(), "lina", "")).reply == {}


async def test_what_is_remembered_last_in_a_message_stands(units: UnitsOfWork):
    async with units() as uow:
        await uow.remember(Conversation("lina", "", 0, {"n": 1}))
        await uow.remember(Conversation("lina", "", 0, {"n": 2}))
        await uow.commit()

    async with units() as uow:
        assert (await uow.open(a_key(), "lina", "")).conversation == Conversation("lina", "", 1, {"n": 2})


async def test_a_note_is_kept_and_changes_neither_version_nor_when_it_runs_out(units: UnitsOfWork):
    async with units() as uow:
        await uow.note(Conversation("lina", "", 0, {"n": 1}))
        await uow.commit()
    async with units() as uow:
        await uow.remember(Conversation("lina", "", 1, {"n": 2}, NOW))
        await uow.commit()
    async with units() as uow:
        await uow.note(Conversation("lina", "", 2, {"n": 3}))
        await uow.commit()

    async with units() as uow:
        assert (await uow.open(a_key(), "lina", "")).conversation == Conversation(
            "lina", "", 2, {"n": 3}, NOW
        )


async def test_leaving_without_commit_writes_nothing(database: Database, units: UnitsOfWork):
    await stocked(units, level())
    async with units() as uow:
        await uow.save(everything(an_order(1)))
        await uow.remember(Conversation("lina", "", 0, {"n": 1}))
        await uow.todo(Todo("stranger", NOW, "x"))
        await uow.record(a_key(), "lina", "", NOW, {})
        await uow.orders.search(Search())  # whatever was gathered has been sent to the database by now

    async with units() as uow:
        opening = await uow.open(a_key(), "lina", "")
        assert opening == Opening(None, Conversation("lina", ""), 0)
        assert await uow.orders.count(Search()) == 0
        assert await uow.stock.levels([]) == {("EAST", "COLA"): level()}
        assert await uow.events.of_order(1) == ()
    assert await Outbox(database).pending() == ()
    assert await Timers(database).next_due() is None
    assert await Todos(database).open() == ()


async def test_an_error_in_the_middle_writes_nothing(units: UnitsOfWork):
    async def fail() -> None:
        async with units() as uow:
            await uow.save(a_change(an_order(1)))
            await uow.orders.get(1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()

    async with units() as uow:
        assert await uow.orders.count(Search()) == 0


async def test_a_change_causes_everything_at_once(database: Database, units: UnitsOfWork):
    await stocked(units, level())
    async with units() as uow:
        await uow.save(everything(an_order(1)))
        await uow.commit()

    async with units() as uow:
        assert await uow.stock.levels([]) == {("EAST", "COLA"): level(reserved=48)}
        assert await uow.events.of_order(1) == (an_event(1),)
    sent = {(one.way, one.address): one for one in await Outbox(database).pending()}
    assert set(sent) == {("robot", "hook-1"), ("console", "group:warehouse"), ("console", "user:seller")}
    urgent = sent["robot", "hook-1"]
    assert urgent.notice == Notice(
        "entered", "group:warehouse", 1, ("keeper",), "urgent", {"customer": "东市超市"}, at=NOW
    )
    assert (urgent.created_at, urgent.due_at, urgent.attempts, urgent.source) == (
        NOW,
        NOW,
        0,
        "console:demo:m1",
    )
    assert await Timers(database).claim(NOW, 10, LEASE) == (DueTimer(Timer(1, 1, 0, 0, NOW)),)


async def test_a_notice_that_no_way_leads_to_stands_as_dead(database: Database, units: UnitsOfWork):
    async with units() as uow:
        await uow.tell([Notice("noted", "group:outside")], NOW, "draft:1")
        await uow.commit()

    (dead,) = await Outbox(database).dead()

    assert (dead.notice.to, dead.dead_at, dead.source) == ("group:outside", NOW, "draft:1")
    assert dead.error
    assert await Outbox(database).pending() == ()


async def test_one_message_may_change_several_orders_and_the_stock_of_one_product_twice(units: UnitsOfWork):
    await stocked(units, level(on_hand=96))
    async with units() as uow:
        await uow.save(everything(an_order(1)))
        await uow.save(everything(an_order(2)))
        await uow.commit()

    async with units() as uow:
        assert await uow.stock.levels(["COLA"]) == {("EAST", "COLA"): level(on_hand=96, reserved=96)}
        assert await uow.events.latest_by("seller", NOW) == (an_event(1), an_event(2))


async def test_the_latest_events_are_those_of_the_persons_newest_message(units: UnitsOfWork):
    later = NOW + timedelta(minutes=1)
    await written(units, an_order(1), an_order(2), an_order(3))
    async with units() as uow:
        # In the same message the program approves the third order by itself.
        for number, by, source in ((1, "seller", "m2"), (2, "seller", "m2"), (3, "gendan", "m2")):
            event = an_event(number, kind="order:noted", at=later, by=by, source=source)
            await uow.save(a_change(await uow.orders.get(number), events=(event,)))
        await uow.commit()
    await stocked(units, level())

    async with units() as uow:
        latest = await uow.events.latest_by("seller", NOW)
        assert [(event.stream, event.source) for event in latest] == [("order:1", "m2"), ("order:2", "m2")]
        assert await uow.events.latest_by("seller", later + timedelta(seconds=1)) == ()
        assert await uow.events.latest_by("keeper", NOW) == ()


async def test_a_rung_is_set_once(database: Database, units: UnitsOfWork):
    await written(units, an_order(1))
    for due in (NOW, NOW + timedelta(hours=1)):
        async with units() as uow:
            order = await uow.orders.get(1)
            await uow.save(a_change(order, timers=(Timer(1, 1, 0, 0, due),)))
            await uow.commit()

    assert await Timers(database).claim(NOW + timedelta(days=1), 10, LEASE) == (
        DueTimer(Timer(1, 1, 0, 0, NOW)),
    )


async def test_the_newest_todos_are_listed_within_the_transaction(units: UnitsOfWork):
    todo = Todo("not_understood", NOW, "啥?", "lina", "console:demo:m1")
    async with units() as uow:
        await uow.todo(todo)
        await uow.todo(replace(todo, text="b"))
        assert await uow.todos(1) == (replace(todo, text="b"),)


async def test_long_and_hostile_text_is_handled_as_text(units: UnitsOfWork):
    text = "'; DROP TABLE orders; -- \u202e</script> %s $1 {rows} ?" * 2000
    async with units() as uow:
        await uow.save(a_change(an_order(1, a_line(name=text), note=text)))
        await uow.record(a_key(text[:200]), "lina", text, NOW, {"text": text})
        await uow.commit()

    async with units() as uow:
        assert (await uow.open(a_key(text[:200]), "lina", "")).reply == {"text": text}
        order = await uow.orders.get(1)
    assert (order.note, order.lines[0].name) == (text, text)


async def test_money_keeps_its_places_and_its_size(units: UnitsOfWork):
    big = a_line(boxes="99999", reserved="0", price=Decimal("9999.9999"))
    await written(units, an_order(1, big, paid=Decimal("999990000.01")), an_order(2, big))

    async with units() as uow:
        assert (await uow.orders.get(1)).paid == Decimal("999990000.01")
        (count,) = await uow.figures.backlog(NOW, Scope())
    assert count.amount == 2 * big.amount
