"""The door of WeCom's AI bot, joined from the program: by callbacks, or over a connection of our own making."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import TypeAlias

from aiohttp import web

from bot.app import Mount
from bot.platforms.wecom.api import WecomApi
from bot.platforms.wecombot.attendance import Attendance
from bot.platforms.wecombot.bot import PLATFORM, WAY, AiBot
from bot.platforms.wecombot.callback import BotCallback
from bot.platforms.wecombot.door import on_the_line, taking_up
from bot.platforms.wecombot.later import Later
from bot.platforms.wecombot.line import Line
from bot.platforms.wecombot.people import People
from bot.platforms.wecombot.reception import Behind, Reception
from bot.reach import NamedGroups
from bot.senders import wecom_app
from bot.wiring import Program
from handlers.identity import identify

Running: TypeAlias = Callable[[], AbstractAsyncContextManager[None]]


def by_callbacks(program: Program, bot: AiBot) -> tuple[Mount, Running]:
    """WeCom calls us."""
    inside = reception(program, bot)
    callback = BotCallback(bot, inside, program.store.inbox.reply, Later(program.http, bot.api_base))

    def mount(app: web.Application) -> None:
        app.add_routes([web.get("/wecom/bot", callback.get), web.post("/wecom/bot", callback.post)])

        async def close(_: web.Application) -> None:
            await callback.close()

        app.on_shutdown.append(close)

    return mount, lambda: taking_up(inside, to_chat=False)


def by_connection(program: Program, bot: AiBot, line: Line) -> tuple[Mount, Running]:
    """We call WeCom: nothing to serve."""
    inside = reception(program, bot)
    attendance = Attendance(bot, inside, line, program.limiter)
    return lambda _: None, lambda: on_the_line(inside, line, attendance, program.worker.wake)


def reception(program: Program, bot: AiBot) -> Reception:
    """Where this bot's messages come in, whichever way."""
    app = program.settings.wecom
    api = WecomApi(wecom_app(app), program.http, program.clock, program.cache) if app else None
    company = program.rulebook.company

    def known(user_id: str) -> bool:
        return identify(company(), PLATFORM, user_id) is not None

    store = program.store
    behind = Behind(
        handle=program.desk.answer,
        late=program.late.bring,
        todo=store.todos.add,
        rest=store.outbox.rest,
        place_of=NamedGroups(company, WAY).place,
        clock=program.clock,
    )
    people = People(bot, known, store.aliases, program.clock, api)
    return Reception(bot, people, store.intake, store.chats, behind)
