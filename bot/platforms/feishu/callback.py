"""Feishu over HTTP: events and presses on cards, at one address or at two.

An event is answered within three seconds or comes again, up to seven hours later; a press is answered within three
seconds or its user reads an error. The question whether the address is ours must be answered within one.
"""

import logging

from aiohttp import web

from bot.platforms.base import Rejected
from bot.platforms.body import read_body
from bot.platforms.feishu.app import FeishuApp
from bot.platforms.feishu.codec import FeishuCodec, challenge
from bot.platforms.feishu.reception import Reception
from domain.ports import Clock

log = logging.getLogger(__name__)


class FeishuCallback:
    """`post` is one app's aiohttp handler."""

    def __init__(self, app: FeishuApp, reception: Reception, clock: Clock) -> None:
        self._codec = FeishuCodec(app)
        self._reception = reception
        self._clock = clock

    async def post(self, request: web.Request) -> web.Response:
        """Confirm only what is committed; the edge turns `DatabaseAway` into a 503, after which Feishu sends again."""
        try:
            document = self._codec.opened(request.headers, await read_body(request), self._clock())
            if (echo := challenge(document)) is not None:
                return web.json_response({"challenge": echo})
            answer = await self._reception.take(document)
        except Rejected as reason:
            log.warning("callback rejected", extra={"reason": str(reason)})
            return web.Response(status=400)
        return web.Response(status=503) if answer is None else web.json_response(answer)
