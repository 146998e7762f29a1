"""One message, one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta

from domain.accounts import Accounts
from domain.binding import Bindings
from domain.duty import Duty
from domain.facts import Change, DutyChange, Notice, StockChange, Timer
from domain.figures import Figures
from domain.files import Files
from domain.forecast import Walks
from domain.habits import Habits
from domain.lessons import Lessons
from domain.misreading import Misreading
from domain.ports import Conversation, Events, MessageKey, Opening, Orders, Stock, Todo
from storage import destinations, writes
from storage import todo_statements as todos
from storage.accounts import SqlAccounts
from storage.bindings import SqlBindings
from storage.duty import AWAY, duty_of
from storage.events import SqlEvents, append, append_to_stream
from storage.figures import SqlFigures
from storage.habits import SqlHabits
from storage.lesson_rows import misreading_row
from storage.lessons import SqlLessons
from storage.message_statements import OPEN, TAKE_LATE, TAKE_RUN, TAKE_TIMER
from storage.notices import Routes, notice_rows
from storage.orders import SqlOrders
from storage.records import line_row, order_row
from storage.rows import (
    absence_row,
    deed_row,
    moved_timer_row,
    passage_row,
    payment_row,
    shipment_row,
    timer_key,
    timer_of,
    timer_row,
)
from storage.searches import KindOf
from storage.session import Session
from storage.stock import SqlStock
from storage.uploads import SqlFiles
from storage.walks import SqlWalks


class SqlUnitOfWork:
    """`domain.ports.UnitOfWork`: what is saved is gathered and written together, so `Stale` may come at `commit`."""

    def __init__(self, session: Session, routes: Routes, kind_of: KindOf) -> None:
        self._session = session
        self._routes = routes
        self._kind_of = kind_of
        self.orders: Orders = SqlOrders(session, kind_of)
        self._stock = SqlStock(session)
        self.stock: Stock = self._stock
        self.events: Events = SqlEvents(session)
        self.figures: Figures = SqlFigures(session)
        self.accounts: Accounts = SqlAccounts(session)
        self.walks: Walks = SqlWalks(session)
        self.lessons: Lessons = SqlLessons(session)
        self.habits: Habits = SqlHabits(session)
        self.bindings: Bindings = SqlBindings(session)
        self.files: Files = SqlFiles(session)

    async def open(self, key: MessageKey, person: str, place: str, today: date = date.max) -> Opening:
        """All that a message begins with, in one round trip."""
        (row,) = await self._session.rows(OPEN, **asdict(key), person=person, place=place, today=today)
        known = row["version"] is not None
        return Opening(
            row["reply"],
            Conversation(person, place, row["version"], row["document"], row["expires_at"])
            if known
            else Conversation(person, place),
            row["rules_version"],
            duty_of(row["absences"]),
            row["register"],
        )

    async def duty(self, today: date) -> Duty:
        """The absences that last until `today` or longer."""
        (row,) = await self._session.rows(AWAY, today=today)
        return duty_of(row["absences"])

    async def save(self, change: Change | StockChange | DutyChange) -> None:
        """Gather everything the decision causes."""
        if not isinstance(change, Change):
            event = change.event
            await append_to_stream(self._session, event)
            if isinstance(change, StockChange):
                await self._stock.move(change.moves, event.at, event.source)
            else:
                self._duty(change)
            await self.tell(change.notices, event.at, event.source)
            return
        at, source = change.events[-1].at, change.events[-1].source
        if change.moved:
            # Before the order, as whoever lets a timer ring takes it before the order: neither waits in a circle.
            moved = [moved_timer_row(timer) for timer in change.moved]
            await self._session.add_now(writes.MOVED_TIMER, moved)
        self._order(change)
        await self._stock.move(change.moves, at, source)
        self._around(change)
        await self.tell(change.notices, at, source)

    def _order(self, change: Change) -> None:
        order = change.order
        self._counted(change)
        head = append(self._session, order.head, *change.events)
        row = order_row(order, self._kind_of(order.step), head)
        self._session.add(writes.ORDER if order.version else writes.NEW_ORDER, row)
        for line in order.lines:
            self._session.add(writes.LINE, line_row(order, line))
            if order.version:
                self._session.add(writes.LINES_KEPT, {"order_number": order.number, "no": line.no})

    def _counted(self, change: Change) -> None:
        """What reports count; of what is taken back nothing stays, and of an order's ratings the latest."""
        first = change.order.head.seq + 1
        for deed in change.deeds:
            if deed.kind == "rated":
                self._session.add(writes.UNRATED, {"order_number": deed.order})
            self._session.add(writes.DEED, deed_row(deed, first))
        for passage in change.passages:
            self._session.add(writes.PASSAGE, passage_row(passage, first))
        if change.takes_back is not None:
            back = {"order_number": change.order.number, "seq": change.takes_back}
            self._session.add(writes.DEEDS_BACK, back)
            self._session.add(writes.PASSAGES_BACK, back)

    def _around(self, change: Change) -> None:
        """Timers, shipments and payments."""
        for timer in change.timers:
            self._session.add(writes.TIMER, timer_row(timer))
        for shipment in change.shipments:
            self._session.add(writes.SHIPMENT, shipment_row(shipment))
        for payment in change.payments:
            self._session.add(writes.PAYMENT, payment_row(payment))

    def _duty(self, change: DutyChange) -> None:
        for absence in change.absences:
            self._session.add(writes.ABSENCE, absence_row(absence, change.event))
        for absence in change.ended:
            self._session.add(writes.ENDED_ABSENCE, {"id": absence.number, "ended_at": change.event.at})

    async def take(self, timer: Timer) -> bool:
        """True when this timer is ours to decide in this transaction."""
        key = {f"of_{name}": value for name, value in timer_key(timer).items()}
        return bool(await self._session.locking(TAKE_TIMER, **key, known_due=timer.due))

    async def take_late(self, timer: Timer, before: datetime) -> tuple[Timer, ...]:
        """Those of this step entry that fell due by then and are ours to decide in this transaction."""
        rows = await self._session.locking(
            TAKE_LATE, order_number=timer.order, of_entry=timer.entry, before=before
        )
        return tuple(sorted((timer_of(row) for row in rows), key=lambda one: (one.rung, one.repeat)))

    async def take_run(self, name: str, slot: str, now: datetime) -> bool:
        """True when this run is ours to do in this transaction."""
        return bool(await self._session.locking(TAKE_RUN, name=name, slot=slot, now=now))

    async def remember(self, conversation: Conversation) -> None:
        """Gather the conversation; a version that is not the newest is `Stale`."""
        kind = writes.CONVERSATION if conversation.version else writes.NEW_CONVERSATION
        self._session.add(kind, asdict(replace(conversation, version=conversation.version + 1)))

    async def note(self, conversation: Conversation) -> None:
        """Gather the conversation under its own version; another one stands."""
        kind = writes.NOTED if conversation.version else writes.FIRST_NOTED
        self._session.add(kind, asdict(replace(conversation, version=conversation.version or 1)))

    async def tell(
        self, notices: Sequence[Notice], at: datetime, source: str, *, held: timedelta = timedelta()
    ) -> tuple[str, ...]:
        """Gather notices, one for each way that reaches the destination."""
        routed = ((notice, self._routes(notice.to)) for notice in notices)
        rows = [row for notice, ways in routed for row in notice_rows(notice, ways, at, source, held)]
        for row in rows:
            self._session.add(writes.NOTICE, row)
        return tuple(row["id"] for row in rows)

    async def mute(self, person: str, until: datetime) -> None:
        """Note it at every way that leads to the person."""
        for way, address in self._routes(f"everywhere:{person}"):
            await self._session.locking(destinations.MUTE, way=way, address=address, until=until)

    async def todo(self, todo: Todo) -> None:
        """Gather something for the process owner's list."""
        self._session.add(writes.TODO, {**asdict(todo), "closed_at": None, "closed_by": None})

    async def todos(self, limit: int) -> tuple[Todo, ...]:
        """What the process owner has to look at, newest first."""
        rows = await self._session.rows(todos.LISTED, limit=limit)
        return tuple(todos.todo_of(row) for row in rows)

    async def close_todos(self, at: datetime, by: str) -> int:
        """Take everything off the process owner's list; says how many there were."""
        return len(await self._session.locking(todos.CLOSE, at=at, by=by))

    async def misread(self, asked: Misreading) -> None:
        """Gather a question with its outcome."""
        self._session.add(writes.MISREADING, misreading_row(asked))

    async def record(
        self, key: MessageKey, person: str, text: str, at: datetime, reply: Mapping[str, object]
    ) -> None:
        """Gather the inbox row; a key recorded meanwhile is `Stale`."""
        self._session.add(
            writes.INBOX, {**asdict(key), "person": person, "text": text, "at": at, "reply": reply}
        )

    async def commit(self) -> None:
        """Write everything gathered and make it durable, or raise `Stale`."""
        await self._session.commit()
