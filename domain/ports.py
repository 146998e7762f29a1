"""What the rules' users need from the outside, as protocols; `storage` fits, `bot/wiring` joins them."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Protocol

from domain.accounts import Accounts
from domain.binding import Bindings
from domain.duty import NOBODY_AWAY, Duty
from domain.facts import Change, DutyChange, Event, Notice, Payment, Shipment, StockChange, Timer
from domain.figures import Figures
from domain.files import Files
from domain.forecast import Walks
from domain.habits import Habits
from domain.lessons import Lessons
from domain.misreading import Misreading
from domain.order import Order


class Clock(Protocol):
    """The moment, aware and in UTC."""

    def __call__(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class MessageKey:
    """What makes a message itself: platform, app, and the platform's own key."""

    platform: str
    app: str
    key: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.app}:{self.key}"


@dataclass(frozen=True, slots=True)
class Conversation:
    """What the bot remembers of one person in one place (`place` is empty in a 1:1 chat).

    `document` is the dialogue's own JSON (drafts, question, earlier lines); `version` 0 means not stored yet.
    """

    person: str
    place: str
    version: int = 0
    document: Mapping[str, object] = field(default_factory=dict)
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """All that a message needs to begin with, read in one round trip.

    `rules_version` and `register` say what this process must know at least.
    """

    reply: Mapping[str, object] | None
    conversation: Conversation
    rules_version: int
    duty: Duty = NOBODY_AWAY
    register: int = 0


@dataclass(frozen=True, slots=True)
class StockLevel:
    """What lies in one warehouse of one sku, in the smallest unit."""

    warehouse: str
    sku: str
    on_hand: Decimal
    reserved: Decimal

    @property
    def available(self) -> Decimal:
        """What may still be promised."""
        return self.on_hand - self.reserved


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What the automatic checks look at: open money of the customer, same orders of late, usual quantities.

    `exposure` is what is open of the customer's orders that are neither drafts, done nor cancelled;
    `usual` is the mean quantity (smallest unit) of each sku over the customer's latest orders that had it;
    `recent` are (number, fingerprint) of the customer's orders within the duplicate window.
    """

    exposure: Decimal = Decimal(0)
    recent: tuple[tuple[int, str], ...] = ()
    usual: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Search:
    """Which orders to list, newest first, or what falls due first (`by_due`); every given field narrows."""

    customer: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    not_steps: tuple[str, ...] = ()
    owner: str = ""
    salesperson: str = ""
    sku: tuple[str, ...] = ()
    created_from: datetime | None = None
    created_to: datetime | None = None
    due_before: datetime | None = None
    unpaid: bool | None = None
    staff: tuple[str, ...] = ()
    by_due: bool = False
    limit: int = 20


class Orders(Protocol):
    """The order book."""

    async def next_number(self) -> int:
        """A number nobody else gets."""

    async def get(self, number: int) -> Order:
        """The order, or raise `Unknown("order", number=…)`."""

    async def search(self, search: Search) -> tuple[Order, ...]:
        """Orders that fit, in the order asked for, at most `search.limit`."""

    async def count(self, search: Search) -> int:
        """How many orders fit."""

    async def entry_facts(self, customer: str, skus: Sequence[str], since: datetime) -> EntryFacts:
        """What the automatic checks need to know, in one round trip."""

    async def waiting_for(self, skus: Sequence[str]) -> tuple[Order, ...]:
        """Orders in a step of kind `short` that lack one of these, urgent first, then oldest."""

    async def loads(self, people: Sequence[str]) -> Mapping[str, int]:
        """How many open orders each of these has; nobody with none. Where nobody is asked about, nothing is read."""

    async def shipments(self, number: int) -> tuple[Shipment, ...]:
        """What has left, oldest first."""

    async def payments(self, number: int) -> tuple[Payment, ...]:
        """What was paid, oldest first."""


class Stock(Protocol):
    """Stock by warehouse and sku."""

    async def take(self, skus: Sequence[str]) -> Mapping[tuple[str, str], StockLevel]:
        """The levels of these, to promise from; keyed (warehouse, sku).

        What is saved on their strength holds, or is `Stale` where another was faster.
        """

    async def levels(self, skus: Sequence[str]) -> Mapping[tuple[str, str], StockLevel]:
        """The levels of these, for looking only; all when `skus` is empty."""


class Events(Protocol):
    """The chain of what was done."""

    async def of_order(self, number: int) -> tuple[Event, ...]:
        """The order's story, oldest first."""

    async def latest_by(self, person: str, since: datetime) -> tuple[Event, ...]:
        """The events of this person's newest message since then that changed an order (or several)."""


@dataclass(frozen=True, slots=True)
class Todo:
    """Something to be looked at: a message not understood, a stranger, an undeliverable notice, a bug."""

    kind: str
    at: datetime
    text: str
    person: str = ""
    source: str = ""


class UnitOfWork(Protocol):
    """One message, one transaction. Leaving without `commit` writes nothing."""

    orders: Orders
    stock: Stock
    events: Events
    figures: Figures
    accounts: Accounts
    walks: Walks
    lessons: Lessons
    habits: Habits
    bindings: Bindings
    files: Files

    async def open(self, key: MessageKey, person: str, place: str, today: date = date.max) -> Opening:
        """Recorded reply (or None), conversation, the versions of rules and register, who is away; one round trip.

        Absences are those that last until `today` or longer.
        """

    async def duty(self, today: date) -> Duty:
        """The absences that last until `today` or longer."""

    async def save(self, change: Change | StockChange | DutyChange) -> None:
        """Write everything a decision causes, or raise `Stale`."""

    async def take(self, timer: Timer) -> bool:
        """True when this timer is ours to decide in this transaction; False when it was decided already."""

    async def take_late(self, timer: Timer, before: datetime) -> tuple[Timer, ...]:
        """This timer and all of its step entry that fell due by `before`, those that were not decided already."""

    async def take_run(self, name: str, slot: str, now: datetime) -> bool:
        """True when this run (`report.daily`, `2026-11-23`) is ours to do in this transaction; once for ever."""

    async def remember(self, conversation: Conversation) -> None:
        """Write the conversation, or raise `Stale` when another message wrote it since."""

    async def note(self, conversation: Conversation) -> None:
        """Write what of the conversation may be lost; where another message wrote it since, that stands."""

    async def tell(
        self, notices: Sequence[Notice], at: datetime, source: str, *, held: timedelta = timedelta()
    ) -> tuple[str, ...]:
        """Put notices into the outbox that belong to no order change, due once `held` is over; says their ids there."""

    async def mute(self, person: str, until: datetime) -> None:
        """Until then this person is told personally only what is urgent; a moment that is past ends it."""

    async def todo(self, todo: Todo) -> None:
        """Put something onto the process owner's list."""

    async def todos(self, limit: int) -> tuple[Todo, ...]:
        """What the process owner has to look at, newest first: a flood of old ones hides no new one."""

    async def close_todos(self, at: datetime, by: str) -> int:
        """Take everything off the process owner's list; says how many there were."""

    async def misread(self, asked: Misreading) -> None:
        """Keep a question with its outcome."""

    async def record(
        self, key: MessageKey, person: str, text: str, at: datetime, reply: Mapping[str, object]
    ) -> None:
        """Write the inbox row with its reply, or raise `Stale` when the same key was recorded meanwhile."""

    async def commit(self) -> None:
        """Make it so; raises `Stale` when the database says somebody else was first."""


class UnitsOfWork(Protocol):
    """Makes units of work."""

    def __call__(self) -> AbstractAsyncContextManager[UnitOfWork]: ...
