"""Random people do random things to a few orders in a database; what was done is read back from the events alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from domain.act import Portion
from domain.amend import rate
from domain.entry import enter
from domain.errors import DomainError
from domain.facts import Change, Event
from domain.levels import after
from domain.ports import StockLevel, UnitsOfWork
from domain.snapshot import patch
from domain.undo import undo
from tests.builders import (
    COMPANY,
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
LIKELY = ("approve", "pick", "ship", "ship", "sign", "pay", "undo")


@dataclass(frozen=True)
class Move:
    """One try: after so many minutes somebody does something to one of the orders, or enters another."""

    minutes: int
    name: str
    who: int
    which: int
    boxes: int


MOVES = st.lists(
    st.builds(
        Move,
        st.integers(0, 400),
        st.sampled_from((*NAMES, *LIKELY, "enter", "enter")),
        st.integers(0, len(EVERYBODY) - 1),
        st.integers(0, 7),
        st.integers(1, 60),
    ),
    min_size=5,
    max_size=45,
)


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
        """Make every move."""
        for number, move in enumerate(moves):
            self.now += timedelta(minutes=move.minutes)
            try:
                await self._make(move, source=f"m{number}")
            except DomainError:
                continue

    async def _make(self, move: Move, source: str) -> None:
        async with self.units() as uow:
            if move.name == "enter" or not self.numbers:
                number = len(self.numbers) + 1
                seller = (SELLER, OTHER)[move.who % 2]
                goods = wanted(boxes(move.boxes), customer=CUSTOMERS[move.which % 3])
                act = an_act(seller, self.now, source=source)
                change = enter(number, goods, act, NOTHING_KNOWN, self.stock)
                self.numbers.append(number)
            else:
                number = self.numbers[move.which % len(self.numbers)]
                order = await uow.orders.get(number)
                act = an_act(EVERYBODY[move.who], self.now, source=source)
                if move.name == "undo":
                    story = await uow.events.of_order(number)
                    last = COMPANY.staff(next(one.by for one in reversed(story) if one.by != "gendan"))
                    assert last is not None
                    change = undo(order, story, replace(act, by=last), self.stock)
                elif move.name == "rate":
                    change = rate(order, act, Decimal(move.boxes))
                else:
                    part = Portion("COLA", Decimal(move.boxes), "箱")
                    change = COMMANDS[move.name](order, act, self.stock, part, NOTHING_KNOWN)
            self.stock = after(self.stock, change.moves)
            await uow.save(bare(change))
            await uow.commit()


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
