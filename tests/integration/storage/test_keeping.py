"""Rules, to-dos, the feed, the inbox's age, drafts that ran out, and stock from a company folder."""

from datetime import timedelta
from decimal import Decimal

from domain.charts import Chart, Series
from domain.facts import Timer
from domain.ports import Conversation, Todo, UnitsOfWork
from domain.queues import DueTimer
from domain.sending import FeedItem, Rendered
from storage.audit import verify
from storage.engine import Database
from storage.feed import Feed
from storage.inbox import Inbox
from storage.rules import Rules, RulesVersion
from storage.seeding import seed_stock
from storage.timers import Timers
from storage.todos import ListedTodo, Todos
from tests.integration.storage.stories import NOW, a_change, a_key, an_order, level, stocked

HOUR = timedelta(hours=1)


async def test_the_newest_rules_are_in_force_and_none_are_lost(database: Database, units: UnitsOfWork):
    rules = Rules(database)
    assert await rules.newest() is None
    first = await rules.add(NOW, "admin", "开始", {"company.yaml": "name: 云州\n"})
    second = await rules.add(
        NOW + HOUR, "chief", "限时改为一小时", {"company.yaml": "b", "staff.csv": "id\n"}
    )

    assert (
        await rules.newest()
        == second
        == RulesVersion(2, NOW + HOUR, "chief", "限时改为一小时", {"company.yaml": "b", "staff.csv": "id\n"})
    )
    assert [(one.version, one.why, one.files) for one in await rules.history()] == [
        (2, second.why, {}),
        (1, first.why, {}),
    ]
    assert await rules.history(limit=1) == (RulesVersion(2, second.at, "chief", second.why, {}),)
    async with units() as uow:
        assert (await uow.open(a_key(), "lina", "")).rules_version == 2
    assert (await verify(database)).events == 2


async def test_a_todo_stays_until_somebody_closes_it(database: Database, units: UnitsOfWork):
    todos = Todos(database)
    mine, other = Todo("stranger", NOW, "谁?\0", "u1", "m1"), Todo("bug", NOW + HOUR, "x")
    number = await todos.add(mine)
    async with units() as uow:
        await uow.todo(other)
        await uow.commit()

    listed = await todos.open()
    assert listed[0].todo == other
    assert listed[1] == ListedTodo(number, Todo("stranger", NOW, "谁?\ufffd", "u1", "m1"))
    assert await todos.open(limit=0) == ()
    async with units() as uow:
        assert await uow.close_todos(NOW, "chief") == 2
        assert await uow.close_todos(NOW, "chief") == 0
        await uow.commit()
    assert await todos.open() == ()


CHARTS = (Chart("新单", "bars", ("9点",), (Series("张", (Decimal("3.50"),)),), "张"),)


async def test_the_feed_keeps_each_push_once_and_in_order(database: Database):
    feed = Feed(database)
    await feed.append("group:warehouse", Rendered("新单", ("keeper",), (("拣货", "拣货 1"),)), NOW, "d1")
    await feed.append("group:warehouse", Rendered("again"), NOW, "d1")
    await feed.append("user:lina", Rendered("b", charts=CHARTS), NOW + HOUR, "d2")

    assert await feed.after(0) == (
        FeedItem(1, NOW, "group:warehouse", "新单", ("keeper",), (("拣货", "拣货 1"),)),
        FeedItem(2, NOW + HOUR, "user:lina", "b", charts=CHARTS),
    )
    assert [item.seq for item in await feed.after(1)] == [2]
    assert [item.seq for item in await feed.after(0, limit=1)] == [1]
    assert await feed.after(2) == ()


async def test_messages_answered_long_ago_are_forgotten(database: Database, units: UnitsOfWork):
    async with units() as uow:
        await uow.record(a_key("old"), "lina", "", NOW - HOUR, {"old": True})
        await uow.record(a_key("new"), "lina", "", NOW, {"new": True})
        await uow.commit()

    assert await Inbox(database).forget(NOW) == 1

    async with units() as uow:
        assert (await uow.open(a_key("old"), "lina", "")).reply is None
        assert (await uow.open(a_key("new"), "lina", "")).reply == {"new": True}


async def test_conversations_run_out_oldest_first(database: Database, units: UnitsOfWork):
    drafts = {person: Conversation(person, "G", 0, {"draft": person}, NOW + age * HOUR) for person, age in
              (("b", 2), ("a", 1), ("c", 3))}  # fmt: skip
    async with units() as uow:
        for draft in (*drafts.values(), Conversation("idle", "", 0, {"x": 1}, None)):
            await uow.remember(draft)
        await uow.commit()
    timers = Timers(database)

    expired = await timers.expired(NOW + 2 * HOUR, 10)
    assert [(one.person, one.place, one.version, one.document) for one in expired] == [
        ("a", "G", 1, {"draft": "a"}),
        ("b", "G", 1, {"draft": "b"}),
    ]
    assert [one.person for one in await timers.expired(NOW + 9 * HOUR, 1)] == ["a"]
    assert await timers.expired(NOW, 10) == ()


async def test_the_next_timer_is_the_earliest_open_one(database: Database, units: UnitsOfWork):
    timers = tuple(Timer(1, 1, rung, 0, NOW + rung * HOUR) for rung in range(2))
    async with units() as uow:
        await uow.save(a_change(an_order(1), timers=timers))
        await uow.take(timers[0])
        await uow.commit()

    assert await Timers(database).next_due() == NOW + HOUR
    assert await Timers(database).claim(NOW + 9 * HOUR, 9, HOUR) == (DueTimer(timers[1]),)


async def test_stock_is_seeded_where_there_is_none(database: Database, units: UnitsOfWork):
    await stocked(units, level("COLA", 5))
    seeds = [level("COLA", 100), level("TEA", 30), level("TEA", 0, warehouse="WEST"), level("RICE", 2)]

    assert await seed_stock(database, seeds, NOW, "admin") == 2
    assert await seed_stock(database, seeds, NOW, "admin") == 0
    assert await seed_stock(database, [], NOW, "admin") == 0

    async with units() as uow:
        assert {sku: one.on_hand for (_, sku), one in (await uow.stock.levels([])).items()} == {
            "COLA": Decimal(5),
            "TEA": Decimal(30),
            "RICE": Decimal(2),
        }
    assert not (await verify(database)).broken


async def test_the_database_says_that_it_is_there(database: Database):
    await database.ping()


async def test_what_a_message_was_answered_can_be_read_again(database: Database, units: UnitsOfWork):
    async with units() as uow:
        await uow.record(a_key("m1"), "lina", "日报", NOW, {"text": "**日报**"})
        await uow.commit()

    assert await Inbox(database).reply(a_key("m1")) == {"text": "**日报**"}
    assert await Inbox(database).reply(a_key("m2")) is None
