"""The two requests that WeCom makes: "is this address yours" and "somebody said something".

WeCom waits five seconds, then cuts the connection and asks again, three times in all; anything but a 200
counts as failed too. So a 200 is given only for what is committed: a message that takes longer gets a 503,
and the next attempt joins the work under way (`bot.platforms.turns`).
https://developer.work.weixin.qq.com/document/path/90238
"""

import logging
from datetime import timedelta

from aiohttp import web

from bot.platforms.base import Incoming, RawRequest, Rejected
from bot.platforms.body import read_body
from bot.platforms.splitting import size
from bot.platforms.turns import Handle, Late, Turns
from bot.platforms.wecom import dialect
from bot.platforms.wecom.app import WecomApp
from bot.platforms.wecom.codec import WecomCodec
from domain.ports import Clock
from handlers.message import Reply

log = logging.getLogger(__name__)

DEADLINE = timedelta(seconds=4)
ANSWERED = {"text", "image", "voice", "video", "location", "link", "event:subscribe", "event:enter_agent"}


class WecomCallback:
    """`get` and `post` are one app's aiohttp handlers; call `close` before the database goes."""

    def __init__(
        self, app: WecomApp, handle: Handle, late: Late, clock: Clock, *, deadline: timedelta = DEADLINE
    ) -> None:
        self._codec = WecomCodec(app)
        self._turns = Turns(handle, late, deadline)
        self._clock = clock
        self._reply_cards = app.reply_cards

    async def get(self, request: web.Request) -> web.Response:
        """Answer the console, which reads the text back when the address is saved."""
        try:
            echo = self._codec.echo(RawRequest("GET", request.query), self._clock())
        except Rejected as reason:
            return _refused(reason)
        return web.Response(body=echo, content_type="text/plain")

    async def post(self, request: web.Request) -> web.Response:
        """Have a message handled and answer it; the edge turns `DatabaseAway` into a 503."""
        try:
            raw = RawRequest("POST", request.query, await read_body(request))
            incoming = self._codec.decode(raw, self._clock())
        except Rejected as reason:
            return _refused(reason)
        if incoming.message.kind not in ANSWERED:
            log.info("callback without an answer", extra={"kind": incoming.message.kind[:64]})
            return web.Response()
        reply = await self._turns.take(
            incoming.message, elsewhere=lambda reply: incoming.pressed or self._needs_a_push(reply)
        )
        return web.Response(status=503) if reply is None else self._answer(incoming, reply)

    async def close(self) -> None:
        """Let what is under way end; what does not is not committed, and WeCom asks again."""
        await self._turns.close()

    def _needs_a_push(self, reply: Reply) -> bool:
        too_long = size(dialect.passive(reply)) > dialect.PASSIVE_LIMIT
        return too_long or (self._reply_cards and bool(reply.buttons))

    def _answer(self, incoming: Incoming, reply: Reply) -> web.Response:
        if not reply.text and not incoming.pressed:
            return web.Response()
        body = self._codec.encode(incoming, reply, self._clock())
        return web.Response(body=body, content_type="application/xml")


def _refused(reason: Rejected) -> web.Response:
    log.warning("callback rejected", extra={"reason": str(reason)})
    return web.Response(status=400)
