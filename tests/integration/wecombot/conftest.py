"""One bot's door on a real database, with a stand-in for what is said behind it."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.platforms.tenure import Tenure, Term
from bot.platforms.wecombot.attendance import Attendance, Patience
from bot.platforms.wecombot.bot import AiBot
from bot.platforms.wecombot.connection import Pace
from bot.platforms.wecombot.door import on_the_line
from bot.platforms.wecombot.line import Line, Rhythm
from bot.platforms.wecombot.people import People
from bot.platforms.wecombot.reception import Behind, Reception
from domain.ports import Todo
from handlers.message import Message, Reply
from storage.chats import SqlAliases, SqlChats
from storage.engine import Database, connect
from storage.intake import SqlIntake
from storage.leases import SqlLeases
from storage.limits import ProcessLimiter
from storage.schema import upgrade
from tests.fakes.wecombot_socket import BotSocket
from tests.services.postgres import in_a_loop_of_its_own

TERM = Term(lives=timedelta(seconds=0.8), renewed=timedelta(seconds=0.2), look=timedelta(seconds=0.1))
RHYTHM = Rhythm(
    first=timedelta(seconds=0.05),
    longest=timedelta(seconds=0.2),
    rest=timedelta(seconds=30),
    longest_rest=timedelta(seconds=60),
    reached=timedelta(seconds=0.5),
)
PACE = Pace(answer=timedelta(seconds=0.5), ping=timedelta(seconds=0.3))
PATIENCE = Patience(placeholder=timedelta(seconds=0.3))


def clock() -> datetime:
    """The machine's."""
    return datetime.now(UTC)


@dataclass
class Desk:
    """Answers each message once and gives the recorded reply after that, as the dispatcher does."""

    reply: Reply = field(default_factory=lambda: Reply("好"))
    takes: timedelta = timedelta()
    heard: list[Message] = field(default_factory=list)
    late: list[tuple[str, str, str]] = field(default_factory=list)
    todos: list[Todo] = field(default_factory=list)
    rested: list[tuple[str, str]] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    recorded: dict[str, Reply] = field(default_factory=dict)
    hangs: bool = False
    at_once: int = 0
    most_at_once: int = 0

    async def answer(self, message: Message) -> Reply:
        key = str(message.key)
        if key not in self.recorded:
            self.heard.append(message)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            await asyncio.sleep(3600 if self.hangs else self.takes.total_seconds())
            self.at_once -= 1
            if self.failures:
                raise self.failures.pop()
            self.recorded[key] = self.reply
        return self.recorded[key]

    async def bring(self, message: Message, reply: Reply) -> None:
        self.late.append((message.chat, message.sender, reply.text))

    async def todo(self, todo: Todo) -> None:
        self.todos.append(todo)

    async def rest(self, way: str, address: str, until: datetime) -> None:
        self.rested.append((way, address))

    def behind(self) -> Behind:
        """As a door sees it."""
        return Behind(self.answer, self.bring, self.todo, self.rest, str, clock)


@pytest.fixture(scope="session")
def wecombot_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file in the newest schema, to be copied."""
    path = tmp_path_factory.mktemp("wecombot") / "gendan.db"
    in_a_loop_of_its_own(upgrade(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
async def database(tmp_path: Path, wecombot_template: Path) -> AsyncIterator[Database]:
    path = tmp_path / "gendan.db"
    shutil.copy(wecombot_template, path)
    async with connect(f"sqlite+aiosqlite:///{path}") as made:
        yield made


@pytest.fixture
def desk() -> Desk:
    return Desk()


def reception(bot: AiBot, database: Database, desk: Desk) -> Reception:
    """A bot's reception, without an app that could look ids up."""
    people = People(bot, lambda _: True, SqlAliases(database), clock)
    return Reception(bot, people, SqlIntake(database), SqlChats(database), desk.behind())


@dataclass
class Process:
    """As much of a process as holds the line."""

    line: Line
    inside: Reception


Start = Callable[..., "asyncio.Task[None]"]


@asynccontextmanager
async def process(
    wecom: BotSocket, database: Database, desk: Desk, name: str = "p1", rhythm: Rhythm = RHYTHM
) -> AsyncIterator[Process]:
    """A process that wants to hold the connection."""
    bot = wecom.bot
    tenure = Tenure(SqlLeases(database), f"wecom-bot:{bot.bot_id}", name, clock, term=TERM)
    line = Line(bot, tenure, rhythm=rhythm, pace=PACE)
    inside = reception(bot, database, desk)
    attendance = Attendance(bot, inside, line, ProcessLimiter(lambda: 1), PATIENCE)
    async with on_the_line(inside, line, attendance, lambda: None):
        yield Process(line, inside)


@pytest.fixture
async def wecom() -> AsyncIterator[BotSocket]:
    async with BotSocket() as server:
        yield server


@pytest.fixture
async def held(wecom: BotSocket, database: Database, desk: Desk) -> AsyncIterator[Process]:
    """One process that holds the connection."""
    async with process(wecom, database, desk) as made:
        await wecom.connected()
        yield made
