"""The two ways in, joined: by requests, or by connections of our own."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
from aiohttp import web

from bot.platforms.dingtalk.answering import Answers, Owed
from bot.platforms.dingtalk.api import DingTalkApi
from bot.platforms.dingtalk.app import DingTalkApp
from bot.platforms.dingtalk.callback import DingTalkCallback
from bot.platforms.dingtalk.pushes import Pushes
from bot.platforms.dingtalk.registration import PATH, registered
from bot.platforms.dingtalk.session import SessionLine
from bot.platforms.dingtalk.stream import Pace, Stream
from bot.platforms.http import Http
from bot.platforms.turns import Handle
from domain.ports import Clock
from domain.sending import Sender

CONFIRMED = timedelta(seconds=2.5)
"""How long a request waits, where no document says how long DingTalk does."""
PUSHED = timedelta(seconds=30)
"""How long a push waits: it comes again after 5 to 60 seconds, if at all, and joins the work then."""
PRESSED = timedelta(seconds=1.7)
"""DingTalk gives a card two seconds."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a door leads to. `place_of` gives the company's key of a group, or its id; `ways` are all senders."""

    handle: Handle
    owed: Owed
    place_of: Callable[[str], str]
    clock: Clock
    http: Http
    ways: Mapping[str, Sender]

    def answers(self, app: DingTalkApp, deadline: timedelta) -> Answers:
        """Whoever answers within that time."""
        line = SessionLine(app, self.http, self.clock)
        cards = self.ways if app.card_template else None
        return Answers(self.handle, self.owed, line, cards, deadline=deadline)


class HttpDoor:
    """`/dingtalk/callback` and `/dingtalk/card`."""

    def __init__(self, app: DingTalkApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk
        self._messages, self._pressed = desk.answers(app, CONFIRMED), desk.answers(app, PRESSED)

    def mount(self, web_app: web.Application) -> None:
        """Serve both."""
        desk = self._desk
        callback = DingTalkCallback(self._app, self._messages, self._pressed, desk.place_of, desk.clock)
        web_app.add_routes([web.post("/dingtalk/callback", callback.message), web.post(PATH, callback.card)])

        async def close(_: web.Application) -> None:
            await self._messages.close()
            await self._pressed.close()

        web_app.on_shutdown.append(close)

    def running(self) -> AbstractAsyncContextManager[None]:
        """Meanwhile tell DingTalk where presses go, if there are cards."""
        if not self._app.public_url:
            return nullcontext()
        return registered(self._app, DingTalkApi(self._app, self._desk.http, self._desk.clock))


class StreamDoor:
    """Connections to DingTalk; nothing of ours is served."""

    def __init__(self, app: DingTalkApp, desk: Desk, *, connections: int = 2, pace: Pace = Pace()) -> None:  # noqa: B008 - frozen
        self._app = app
        self._desk = desk
        self._connections = connections
        self._pace = pace

    def mount(self, web_app: web.Application) -> None:
        """Nothing."""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Listen."""
        app, desk = self._app, self._desk
        pushes = Pushes(app, desk.answers(app, PUSHED), desk.answers(app, PRESSED), desk.place_of, desk.clock)
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
            stream = Stream(app, desk.http, session, pushes, connections=self._connections, pace=self._pace)
            async with stream.running():
                yield
