"""DingTalk's requests in HTTP mode: somebody said something, somebody pressed a button.

Neither signature covers the body, so both are believed for five minutes only. How long DingTalk waits for a message
to be confirmed, and whether it asks again, stands in no document: it is confirmed once it is committed, and worked on
to its end whether or not anybody waits. A press must be answered within two seconds.
https://open.dingtalk.com/document/orgapp/receive-message; event-callback-card
"""

import logging
from collections.abc import Callable, Mapping

from aiohttp import web

from bot.platforms.base import Rejected
from bot.platforms.body import read_body
from bot.platforms.dingtalk import fields, presses, signing
from bot.platforms.dingtalk.answering import Answers
from bot.platforms.dingtalk.app import DingTalkApp
from bot.platforms.dingtalk.codec import DingTalkCodec
from domain.ports import Clock

log = logging.getLogger(__name__)

NOTHING: Mapping[str, object] = {"msgtype": "empty"}


class DingTalkCallback:
    """`message` and `card` are one app's aiohttp handlers. `messages` and `pressed` differ in how long they wait."""

    def __init__(
        self,
        app: DingTalkApp,
        messages: Answers,
        pressed: Answers,
        place_of: Callable[[str], str],
        clock: Clock,
    ) -> None:
        self._app = app
        self._messages = messages
        self._pressed = pressed
        self._place_of = place_of
        self._codec = DingTalkCodec(app, place_of)
        self._clock = clock

    async def message(self, request: web.Request) -> web.Response:
        """Have a message handled; its reply goes its own way."""
        try:
            timestamp = request.headers.get("timestamp", "")
            expected = signing.with_secret(self._app.app_secret, timestamp)
            signing.check(request.headers.get("sign", ""), expected, timestamp, self._clock())
            said = self._codec.said(fields.document(await read_body(request)), self._clock())
        except Rejected as reason:
            return _refused(reason)
        if await self._messages.take(said) is None:
            return web.Response(status=503)
        return web.json_response(NOTHING)

    async def card(self, request: web.Request) -> web.Response:
        """Have a press handled, and answer what the card shows whoever pressed."""
        try:
            timestamp = request.headers.get("x-ddpaas-signature-timestamp", "")
            expected = signing.of_card(self._app.card_secret, timestamp)
            signing.check(request.headers.get("x-ddpaas-signature", ""), expected, timestamp, self._clock())
            document = fields.document(await read_body(request))
            said = presses.pressed(document, timestamp, self._app, self._place_of, self._clock())
        except Rejected as reason:
            return _refused(reason)
        reply = await self._pressed.take(said)
        return web.Response(status=503) if reply is None else web.json_response(presses.answer(reply))


def _refused(reason: Rejected) -> web.Response:
    log.warning("callback rejected", extra={"reason": str(reason)})
    return web.Response(status=400)
