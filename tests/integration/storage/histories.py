"""Random people do random things to a few orders in a database; what was done is read back from the events alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st

from domain.act import Act, Portion
from domain.amend import rate
from domain.entry import enter
from domain.errors import DomainError
from domain.facts import Change, Event
from domain.levels import after
from domain.order import Order
from domain.ports import StockLevel, UnitOfWork, UnitsOfWork
from domain.snapshot import patch
from domain.undo import undo
from tests.builders import (
    EVERYBODY,
    MONDAY,
    NOTHING_KNOWN,
    OTHER,
    SELLER,
    an_act,
    boxes,
    levels,
    wanted,
)
from tests.unit.domain.test_life import COMMANDS

CUSTOMERS = ("MARKET", "CANTEEN", "CORNER")
NAMES = (*COMMANDS, "rate", "undo")
# What leads on is done more often than what stands about, else few orders would ever leave.
LIKELY = ("approve", "pick", "ship", "sign", "pay", "undo", "take_back", "rate") * 2


@dataclass(frozen=True)
class Move:
    """One try: after so many minutes somebody does something to one of the orders, or enters another."""

    minutes: int
    name: str
    who: int
    which: int
    boxes: int


def moves_of(seed: int) -> tuple[Move, ...]:
    """Enough moves for orders to come to their end: drawn evenly, which hypothesis by itself does not do."""
    draw = Random(seed)
    names = ("enter", "enter", *NAMES, *LIKELY)
    return tuple(
        Move(
            draw.choice((0, 1, 3, 9, 40, 300)),
            "enter" if number < ORDERS else draw.choice(names),
            draw.randrange(len(EVERYBODY)),
            draw.randrange(ORDERS + 2),
            draw.choice((1, 2, 5, 20, 60, 90)),
        )
        for number in range(draw.randrange(10, 70))
    )


ORDERS = 3
MOVES = st.integers(0, 2**32).map(moves_of)


@dataclass
class Play:
    """The moves as far as the rules allow them; each is written at once, goods are kept in mind only."""

    units: UnitsOfWork
    now: datetime = MONDAY
    numbers: list[int] = field(default_factory=list)
    stock: Mapping[tuple[str, str], StockLevel] = field(
        default_factory=lambda: levels(EAST_COLA=2400, WEST_COLA=2400, EAST_TEA=300)
    )

    async def all(self, moves: Sequence[Move]) -> None:
        """Make every move, each by the first who may."""
        for number, move in enumerate(moves):
            self.now += timedelta(minutes=move.minutes)
            async with self.units() as uow:
                change = await self._change(move, f"m{number}", uow)
                if change is not None:
                    self.stock = after(self.stock, change.moves)
                    await uow.save(bare(change))
                    await uow.commit()

    async def _change(self, move: Move, source: str, uow: UnitOfWork) -> Change | None:
        if move.name == "enter" or not self.numbers:
            self.numbers.append(len(self.numbers) + 1)
            seller = (SELLER, OTHER)[move.who % 2]
            goods = wanted(boxes(move.boxes), customer=CUSTOMERS[move.which % 3])
            act = an_act(seller, self.now, source=source)
            return enter(self.numbers[-1], goods, act, NOTHING_KNOWN, self.stock)
        order = await uow.orders.get(self.numbers[move.which % len(self.numbers)])
        story = await uow.events.of_order(order.number)
        for person in (*EVERYBODY[move.who :], *EVERYBODY[: move.who]):
            act = an_act(person, self.now, source=source)
            try:
                return self._deed(move, order, story, act)
            except DomainError:
                continue
        return None

    def _deed(self, move: Move, order: Order, story: Sequence[Event], act: Act) -> Change:
        if move.name == "undo":
            return undo(order, story, act, self.stock)
        if move.name == "rate":
            return rate(order, act, Decimal(move.boxes))
        part = Portion("COLA", Decimal(move.boxes), "箱")
        return COMMANDS[move.name](order, act, self.stock, part, NOTHING_KNOWN)


def bare(change: Change) -> Change:
    """Without what the figures have nothing to do with."""
    return replace(change, moves=(), notices=(), timers=())


@dataclass(frozen=True)
class Done:
    """An event that was not taken back, with the order before and after it as documents."""

    event: Event
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def done(story: Sequence[Event]) -> tuple[list[Done], Mapping[str, Any]]:
    """What was done to an order and stands, and how the order stands now."""
    state: Mapping[str, Any] = {}
    kept: list[Done] = []
    for event in story:
        data: Mapping[str, Any] = event.data
        before, state = state, patch(state, data["before"], data["after"])
        if event.kind == "order:undone":
            source = kept[-1].event.source
            while kept and kept[-1].event.source == source:
                kept.pop()
        else:
            kept.append(Done(event, before, state))
    return kept, state
