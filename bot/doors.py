"""The doors that the settings open: how each platform's messages come in."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass

from aiohttp import web

from bot import bot_door
from bot.ai_bot import ai_bot
from bot.app import Mount
from bot.platforms.dingtalk.door import Desk as DingTalkDesk
from bot.platforms.dingtalk.door import HttpDoor, StreamDoor
from bot.platforms.feishu.api import FeishuApi
from bot.platforms.feishu.app import PLATFORM as FEISHU
from bot.platforms.feishu.callback import FeishuCallback
from bot.platforms.feishu.pressing import Presses
from bot.platforms.feishu.reception import Reception
from bot.platforms.feishu.sender import FeishuSender
from bot.platforms.feishu.socket import LongConnection
from bot.platforms.wecom.callback import WecomCallback
from bot.platforms.wecombot.bot import PLATFORM
from bot.reach import IN_CHATS, NamedGroups
from bot.senders import dingtalk_app, feishu_app, wecom_app
from bot.settings import DingTalkSettings, FeishuSettings, WeComSettings
from bot.wiring import Program
from domain.catalogue import Staff
from handlers.identity import identify, known_as


def _nothing() -> AbstractAsyncContextManager[None]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Door:
    """One platform's way in: addresses to serve, and what runs meanwhile (a long connection).

    One that `delivers` runs where notices are delivered: they leave over its connection.
    """

    name: str
    mount: Mount
    running: Callable[[], AbstractAsyncContextManager[None]] = _nothing
    delivers: bool = False


def doors(program: Program, *, web: bool, worker: bool) -> Sequence[Door]:
    """One for each platform that has settings, as far as this process opens it."""
    return (*(_served(program) if web else ()), *(_delivering(program) if worker else ()))


def _delivering(program: Program) -> Iterator[Door]:
    bot, line = ai_bot(program.settings), program.line
    if bot is not None and line is not None:
        program.health.watch(PLATFORM, line.probe)
        yield Door(PLATFORM, *bot_door.by_connection(program, bot, line), delivers=True)


def _served(program: Program) -> Iterator[Door]:
    settings = program.settings
    if settings.wecom:
        yield _wecom(program, settings.wecom)
    if (bot := ai_bot(settings)) is not None and program.line is None:
        yield Door(PLATFORM, *bot_door.by_callbacks(program, bot))
    if settings.dingtalk:
        yield _dingtalk(program, settings.dingtalk)
    sender = program.ways.get(FEISHU)
    if settings.feishu and isinstance(sender, FeishuSender):
        yield _feishu(program, settings.feishu, sender.api)


def _wecom(program: Program, said: WeComSettings) -> Door:
    callback = WecomCallback(wecom_app(said), program.desk.answer, program.late.bring, program.clock)

    def mount(app: web.Application) -> None:
        app.add_routes([web.get("/wecom/callback", callback.get), web.post("/wecom/callback", callback.post)])

        async def close(_: web.Application) -> None:
            await callback.close()

        app.on_shutdown.append(close)

    return Door("wecom", mount)


def _dingtalk(program: Program, said: DingTalkSettings) -> Door:
    named = NamedGroups(program.rulebook.company, IN_CHATS["dingtalk"])
    desk = DingTalkDesk(
        program.desk.answer, program.late, named.place, program.clock, program.http, program.ways
    )
    door = (HttpDoor if said.mode == "http" else StreamDoor)(dingtalk_app(said), desk)
    return Door("dingtalk", door.mount, door.running)


def _feishu(program: Program, said: FeishuSettings, api: FeishuApi) -> Door:
    reception = _feishu_reception(program, said.app_id, api)
    callback = FeishuCallback(feishu_app(said), reception, program.clock)

    def mount(app: web.Application) -> None:
        if said.mode == "http":
            posts = ("/feishu/event", "/feishu/card")
            app.add_routes([web.post(path, callback.post) for path in posts])

        async def close(_: web.Application) -> None:
            await reception.close()

        app.on_shutdown.append(close)

    if said.mode == "http":
        return Door(FEISHU, mount)
    connection = LongConnection(api.endpoint, reception.take)
    program.health.watch(FEISHU, connection.probe)
    return Door(FEISHU, mount, connection.running)


def _feishu_reception(program: Program, app_id: str, api: FeishuApi) -> Reception:
    company = program.rulebook.company

    def who(sender: str) -> Staff | None:
        return identify(company(), FEISHU, sender)

    store, late = program.store, program.late.bring
    return Reception(
        app_id,
        program.desk.answer,
        late,
        Presses(store.cards, store.standings, late, who, program.clock),
        known_as=lambda ids: known_as(company(), FEISHU, ids),
        place=NamedGroups(company, IN_CHATS[FEISHU]).place,
        bot=api.bot,
    )
