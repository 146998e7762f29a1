"""What stands in the database when the fire is out."""

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from bot.clock import system_clock
from bot.settings import Settings, WeComSettings
from bot.wiring import Program, open_program
from domain.order import Order
from domain.ports import MessageKey, Search
from handlers.message import Reply
from tests.fakes.wecom_server import WecomServer
from tests.fire.people import Answered

MINUTE = timedelta(minutes=1)
MOST_MINUTES = 60


class Later:
    """The machine's clock, so much later; the platform's clock goes with it."""

    def __init__(self, wecom: WecomServer) -> None:
        self._ahead = timedelta()
        self._wecom, self._platform_clock = wecom, wecom.inbox.clock
        wecom.inbox.clock = lambda: self._platform_clock() + self._ahead.total_seconds()

    def __call__(self) -> datetime:
        return system_clock() + self._ahead

    def move(self, by: timedelta) -> None:
        """Be so much later from now on."""
        self._ahead += by


@asynccontextmanager
async def aftermath(url: str, wecom: WecomServer) -> AsyncIterator[Program]:
    """A process of our own on the same database, once everything owed was delivered."""
    app = wecom.app
    settings = Settings.model_construct(
        database_url=url,
        company=Path("none"),
        wecom=WeComSettings(
            corp_id=app.corp_id,
            agent_id=app.agent_id,
            secret=app.secret,
            token=app.token,
            aes_key=app.aes_key,
            api_base=app.api_base,
        ),
    )
    clock = Later(wecom)
    async with open_program(settings, clock) as program:
        for _ in range(MOST_MINUTES):
            # Leases of killed processes end, robots may speak again.
            clock.move(MINUTE)
            await program.worker.settle()
            if not await program.store.outbox.pending(1):
                break
        yield program


async def every_order(program: Program) -> tuple[Order, ...]:
    """The whole order book."""
    async with program.units() as uow:
        return await uow.orders.search(Search(limit=100_000))


async def each_message_counts_once(program: Program, app: str, said: Iterable[Answered]) -> None:
    """Every answered message is recorded with the answer that was given, and entered one order at most."""
    entered = Counter[str]()
    for order in await every_order(program):
        async with program.units() as uow:
            story = await uow.events.of_order(order.number)
        assert [event.kind for event in story].count("order:entered") == 1
        done = Counter((event.kind, event.source) for event in story)
        assert max(done.values()) == 1, done
        entered[story[0].source] += 1
    for message in said:
        key = MessageKey("wecom", app, message.id)
        async with program.units() as uow:
            recorded = (await uow.open(key, message.user, "")).reply
        assert recorded is not None, message
        assert message.is_from(Reply.from_document(recorded)), (message, recorded)
        assert entered[str(key)] == ("已建单" in message.text), message
    assert max(entered.values(), default=0) <= 1


async def stock_adds_up(program: Program, before: Mapping[tuple[str, str], int]) -> None:
    """Nothing negative or oversold, nothing reserved for nobody, nothing gone but what was shipped.

    `before` counts boxes, as the company's folder does.
    """
    async with program.units() as uow:
        levels = await uow.stock.levels(())
    reserved: Counter[str] = Counter()
    shipped: Counter[str] = Counter()
    for order in await every_order(program):
        for line in order.lines:
            reserved[line.sku] += int(line.reserved)
            shipped[line.sku] += int(line.shipped)
    for sku in {sku for _, sku in before}:
        here = [level for level in levels.values() if level.sku == sku]
        assert all(Decimal(0) <= level.reserved <= level.on_hand for level in here), here
        assert sum(level.reserved for level in here) == reserved[sku]
        product = program.rulebook.company().catalogue.products[sku]
        begun = sum(boxes for (_, other), boxes in before.items() if other == sku)
        pieces = begun * (product.size_of(product.default_unit) or 0)
        assert sum(level.on_hand for level in here) == pieces - shipped[sku]


async def all_is_told(program: Program, wecom: WecomServer, numbers: Iterable[int]) -> None:
    """Nothing is owed any more, nothing was given up, and each of these orders was named in a group."""
    assert await program.store.outbox.pending() == ()
    assert await program.store.outbox.dead() == ()
    told = "\n".join(message.text for message in wecom.inbox.groups)
    missing = [number for number in numbers if f"#{number} " not in told]
    assert not missing, f"never told: {missing}"


async def chains_hold(program: Program) -> None:
    """No event was lost or changed."""
    verdict = await program.store.audit()
    assert verdict.broken == ()
    assert verdict.events > 0
