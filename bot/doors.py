"""The doors that the settings open: how each platform's messages come in."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass

from aiohttp import web

from bot.app import Mount
from bot.platforms.wecom.callback import WecomCallback
from bot.senders import wecom_app
from bot.settings import WeComSettings
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
    settings = program.settings
    return tuple([_wecom(program, settings.wecom)] if settings.wecom else [])


def _wecom(program: Program, said: WeComSettings) -> Door:
    callback = WecomCallback(wecom_app(said), program.desk.answer, program.late.bring, program.clock)

    def mount(app: web.Application) -> None:
        app.add_routes([web.get("/wecom/callback", callback.get), web.post("/wecom/callback", callback.post)])

        async def close(_: web.Application) -> None:
            await callback.close()

        app.on_shutdown.append(close)

    return Door("wecom", mount)
