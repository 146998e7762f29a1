"""Telling DingTalk where presses on cards go, in HTTP mode.

https://open.dingtalk.com/document/orgapp/register-card-callback-address
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.platforms.dingtalk.api import DingTalkApi
from bot.platforms.dingtalk.app import DingTalkApp
from domain.sending import Misconfigured, TryLater, Undeliverable

log = logging.getLogger(__name__)
PATH = "/dingtalk/card"
AGAIN = 60.0


@asynccontextmanager
async def registered(app: DingTalkApp, api: DingTalkApi, again: float = AGAIN) -> AsyncIterator[None]:
    """Say it once it can be said; every process says the same."""
    task = asyncio.create_task(_register(app, api, again))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _register(app: DingTalkApp, api: DingTalkApi, again: float) -> None:
    document = {
        "apiSecret": app.card_secret,
        "callbackUrl": f"{app.public_url}{PATH}",
        "callbackRouteKey": app.card_route,
        "forceUpdate": True,
    }
    while True:
        try:
            await api.call("POST", "card/callbacks/register", document)
        except (TryLater, Misconfigured, Undeliverable) as reason:
            log.warning("card address not registered", extra={"platform": "dingtalk", "reason": str(reason)})
            await asyncio.sleep(again)
        else:
            log.info("card address registered", extra={"platform": "dingtalk"})
            return
