"""The two requests that WeCom makes: "is this address yours" and "somebody said something".

WeCom waits five seconds, then cuts the connection and asks again, three times in all; anything but a 200
counts as failed too. So a 200 is given only for what is committed: a message that takes longer gets a 503,
the next attempt joins the work under way and takes its answer; when the work ends with no attempt waiting,
the reply goes by the outbox. https://developer.work.weixin.qq.com/document/path/90238
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
from aiohttp import web

from bot.platforms.base import Incoming, RawRequest, Rejected
from bot.platforms.wecom import dialect
from bot.platforms.wecom.app import WecomApp
from bot.platforms.wecom.codec import WecomCodec
from bot.platforms.wecom.splitting import size
from domain.ports import Clock, MessageKey
from handlers.message import Message, Reply

log = logging.getLogger(__name__)

LONGEST = 1 << 20
READING = timedelta(seconds=3)
DEADLINE = timedelta(seconds=4)
CLOSING = timedelta(seconds=5)
SILENT = Reply("")
ANSWERED = {"text", "image", "voice", "video", "location", "link", "event:subscribe", "event:enter_agent"}

Handle = Callable[[Message], Awaitable[Reply]]
# Puts the reply into the outbox, to the message's sender; for the same message again it does nothing.
Late = Callable[[Message, Reply], Awaitable[None]]


@dataclass(slots=True)
class _Turn:
    """A message at work: how many attempts wait for it, and whether its reply went by the outbox instead."""

    task: asyncio.Task[Reply]
    waiting: int = 0
    late: bool = False


class WecomCallback:
    """`get` and `post` are one app's aiohttp handlers; call `close` before the database goes."""

    def __init__(
        self, app: WecomApp, handle: Handle, late: Late, clock: Clock, *, deadline: timedelta = DEADLINE
    ) -> None:
        self._codec = WecomCodec(app)
        self._handle = handle
        self._late = late
        self._clock = clock
        self._reply_cards = app.reply_cards
        self._deadline = deadline.total_seconds()
        self._turns: dict[MessageKey, _Turn] = {}
        self._bringing: set[asyncio.Task[None]] = set()
        self._closing = asyncio.Event()

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
            raw = RawRequest("POST", request.query, await _body(request))
            incoming = self._codec.decode(raw, self._clock())
        except Rejected as reason:
            return _refused(reason)
        if incoming.message.kind not in ANSWERED:
            log.info("callback without an answer", extra={"kind": incoming.message.kind[:64]})
            return web.Response()
        turn = self._turn(incoming)
        turn.waiting += 1
        try:
            done, _ = await asyncio.wait({turn.task}, timeout=self._deadline)
        finally:
            turn.waiting -= 1
        if not done:
            return web.Response(status=503)
        return self._answer(incoming, SILENT if turn.late else turn.task.result())

    async def close(self) -> None:
        """Let what is under way end; what does not is not committed, and WeCom asks again."""
        self._closing.set()
        if turns := {turn.task for turn in self._turns.values()}:
            await asyncio.wait(turns, timeout=CLOSING.total_seconds())
        if self._bringing:
            await asyncio.wait(self._bringing, timeout=CLOSING.total_seconds())

    def _turn(self, incoming: Incoming) -> _Turn:
        """The work on this message, begun if nobody has."""
        key = incoming.message.key
        if key not in self._turns:
            turn = self._turns[key] = _Turn(asyncio.create_task(self._work(incoming)))
            turn.task.add_done_callback(lambda _: self._end(incoming.message, turn))
        return self._turns[key]

    async def _work(self, incoming: Incoming) -> Reply:
        """The reply to give on the connection, `SILENT` when it took another way."""
        reply = await self._handle(incoming.message)
        if reply.text and (incoming.pressed or self._needs_a_push(reply)):
            # One way for one reply: halves of it could overtake each other.
            await self._late(incoming.message, reply)
            return SILENT
        return reply

    def _needs_a_push(self, reply: Reply) -> bool:
        too_long = size(dialect.passive(reply)) > dialect.PASSIVE_LIMIT
        return too_long or (self._reply_cards and bool(reply.buttons))

    def _end(self, message: Message, turn: _Turn) -> None:
        """Forget a turn that somebody takes; what nobody waits for is brought otherwise, or logged."""
        if turn.waiting or turn.task.cancelled():
            del self._turns[message.key]
        elif error := turn.task.exception():
            del self._turns[message.key]
            log.error("message failed with nobody waiting", exc_info=error, extra={"key": str(message.key)})
        else:
            turn.late = True
            bringing = asyncio.create_task(self._bring(message, turn))
            self._bringing.add(bringing)
            bringing.add_done_callback(self._bringing.discard)

    async def _bring(self, message: Message, turn: _Turn) -> None:
        """By the outbox; an attempt that comes a little later gets silence, not a second copy."""
        try:
            if (reply := turn.task.result()).text:
                await self._late(message, reply)
            async with asyncio.timeout(3 * self._deadline):
                await self._closing.wait()
        except TimeoutError:
            pass
        except Exception:
            # Recorded it is: whoever asks again gets it. Nobody else would hear of this.
            log.exception("late reply not queued", extra={"key": str(message.key)})
        finally:
            del self._turns[message.key]

    def _answer(self, incoming: Incoming, reply: Reply) -> web.Response:
        if not reply.text and not incoming.pressed:
            return web.Response()
        body = self._codec.encode(incoming, reply, self._clock())
        return web.Response(body=body, content_type="application/xml")


def _refused(reason: Rejected) -> web.Response:
    log.warning("callback rejected", extra={"reason": str(reason)})
    return web.Response(status=400)


async def _body(request: web.Request) -> bytes:
    """The body, or raise `Rejected` when it is too long or does not arrive."""
    body = bytearray()
    try:
        async with asyncio.timeout(READING.total_seconds()):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > LONGEST:
                    raise Rejected("body over 1 MB")
    except (TimeoutError, aiohttp.ClientError, web.PayloadAccessError) as error:
        raise Rejected("body did not arrive") from error
    return bytes(body)
