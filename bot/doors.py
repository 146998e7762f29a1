"""The doors that the settings open: how each platform's messages come in."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass

from aiohttp import web

from bot.app import Mount
from bot.platforms.dingtalk.door import Desk as DingTalkDesk
from bot.platforms.dingtalk.door import HttpDoor, StreamDoor
from bot.platforms.wecom.callback import WecomCallback
from bot.reach import IN_CHATS, NamedGroups
from bot.senders import dingtalk_app, wecom_app
from bot.settings import DingTalkSettings, WeComSettings
from bot.wiring import Program


def _nothing() -> AbstractAsyncContextManager[None]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Door:
    """One platform's way in: addresses to serve, and what runs meanwhile (a long connection)."""

    name: str
    mount: Mount
    running: Callable[[], AbstractAsyncContextManager[None]] = _nothing


def doors(program: Program) -> Sequence[Door]:
    """One for each platform that has settings."""
    return tuple(_doors(program))


def _doors(program: Program) -> Iterator[Door]:
    settings = program.settings
    if settings.wecom:
        yield _wecom(program, settings.wecom)
    if settings.dingtalk:
        yield _dingtalk(program, settings.dingtalk)


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
