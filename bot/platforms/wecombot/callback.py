"""The requests that WeCom makes for a bot in URL mode: "is this address yours", "somebody said something", "go on".

WeCom waits five seconds. A message that is ready by then is answered in full; one that is not is kept, so that it
cannot be lost, and answered with the beginning of a stream, after which WeCom asks for the rest until it stands
(six minutes at most). A press on a card comes once only: it is kept before anything else. What nobody asked for in time
goes to the message's `response_url`, once. https://developer.work.weixin.qq.com/document/path/101031
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aiohttp import web

from bot.platforms.base import RawRequest, Rejected
from bot.platforms.body import read_body
from bot.platforms.turns import CLOSING, Turns
from bot.platforms.wecombot import answers
from bot.platforms.wecombot.bot import AiBot
from bot.platforms.wecombot.envelope import BotEnvelope
from bot.platforms.wecombot.heard import ENTERED, Heard, hear
from bot.platforms.wecombot.later import Later
from bot.platforms.wecombot.pending import Pending
from bot.platforms.wecombot.reception import ANSWERED, Reception
from domain.errors import DatabaseAway
from domain.ports import MessageKey
from domain.sending import Misconfigured, TryLater, Undeliverable
from handlers.message import Message, Reply

log = logging.getLogger(__name__)
Recorded = Callable[[MessageKey], Awaitable[Mapping[str, object] | None]]


@dataclass(frozen=True, slots=True)
class Deadlines:
    """An attempt is answered after `answer`; a stream nobody asks for is given up `asked` after its end."""

    answer: timedelta = timedelta(seconds=3.5)
    asked: timedelta = timedelta(seconds=15)


class BotCallback:
    """`get` and `post` are one bot's aiohttp handlers; call `close` before the database goes."""

    def __init__(
        self,
        bot: AiBot,
        reception: Reception,
        recorded: Recorded,
        later: Later,
        deadlines: Deadlines | None = None,
    ) -> None:
        self._bot = bot
        self._envelope = BotEnvelope(bot)
        self._reception = reception
        self._recorded = recorded
        self._later = later
        self._deadlines = deadlines or Deadlines()
        self._turns = Turns(reception.reply, self._afterwards, self._deadlines.answer)
        self._pending = Pending()
        self._saying: set[asyncio.Task[None]] = set()

    async def get(self, request: web.Request) -> web.Response:
        """Answer the console, which reads the text back when the address is saved."""
        try:
            echo = self._envelope.echo(RawRequest("GET", request.query), self._reception.behind.clock())
        except Rejected as reason:
            return _refused(reason)
        return web.Response(body=echo, content_type="text/plain")

    async def post(self, request: web.Request) -> web.Response:
        """Have a message handled and answer it; the edge turns `DatabaseAway` into a 503."""
        try:
            raw = RawRequest("POST", request.query, await read_body(request))
            heard = hear(self._envelope.open(raw, self._reception.behind.clock()), self._bot)
        except Rejected as reason:
            return _refused(reason)
        if heard.stream:
            return self._sealed(request, await self._so_far(heard.stream))
        if heard.kind not in ANSWERED or not heard.sender:
            log.info("callback without an answer", extra={"kind": heard.kind[:64]})
            return web.Response()
        try:
            answer = await self._answer(heard, self._reception.message(heard))
        except TryLater as reason:
            log.info("message waits", extra={"key": heard.id, "reason": str(reason)})
            return web.Response(status=503)
        return web.Response() if answer is None else self._sealed(request, answer)

    async def close(self) -> None:
        """Let what is under way end; what does not is kept, or WeCom asks again."""
        await self._turns.close()
        if self._saying:
            await asyncio.wait(self._saying, timeout=CLOSING.total_seconds())

    async def _answer(self, heard: Heard, message: Message) -> answers.Body | None:
        """What goes back now; None: nothing."""
        if heard.pressed:
            await self._reception.keep(message)
        self._pending.add(heard, message.key)
        reply = await self._turns.take(message)
        if reply is None:
            return await self._not_yet(heard, message)
        self._pending.take(message.key)
        if heard.pressed:
            return await self._pressed(heard, message, reply)
        if not reply.text:
            return None
        if heard.kind == f"event:{ENTERED}":
            return answers.welcome(reply.text)
        return self._whole(heard, message, reply)

    async def _not_yet(self, heard: Heard, message: Message) -> answers.Body | None:
        """From here on WeCom will not send it again, so it must not be lost."""
        if heard.pressed or heard.kind == f"event:{ENTERED}":
            return None
        await self._reception.keep(message)
        self._pending.stream(message.key)
        return answers.stream(heard.id, answers.AT_WORK, finish=False)

    async def _pressed(self, heard: Heard, message: Message, reply: Reply) -> answers.Body | None:
        """The card as it looks now; what does not fit on it follows."""
        update, whole = answers.decided(heard.task, reply, heard.sender if heard.chat else "")
        if reply.text and not whole:
            self._begin(self._say_later(heard, message, reply))
            return update
        await self._reception.done(message)
        return update if reply.text else None

    def _whole(self, heard: Heard, message: Message, reply: Reply) -> answers.Body:
        said = answers.said(reply.text, reply.buttons, str(message.key))
        if (second := answers.second(said)) is not None and heard.response_url:
            self._begin(self._more(heard, second))
        return answers.at_once(heard.id, said)

    async def _so_far(self, stream: str) -> answers.Body:
        """Whichever process is asked knows what is recorded; what is not is still at work."""
        key = self._bot.key(stream)
        recorded = await self._recorded(key)
        if recorded is None:
            return answers.stream(stream, answers.AT_WORK, finish=False)
        await self._reception.intake.done(key)
        reply = Reply.from_document(recorded)
        said = answers.said(reply.text or answers.NOTHING, reply.buttons, str(key))
        return answers.finished(stream, said)

    async def _afterwards(self, message: Message, reply: Reply) -> None:
        """The work has ended with no attempt waiting: whoever asks for the stream gets it, else it is said later."""
        heard, streaming = self._pending.take(message.key)
        if streaming:
            await asyncio.sleep(self._deadlines.asked.total_seconds())
            if not await self._reception.done(message):
                return
        if heard is None or heard.kind == f"event:{ENTERED}":
            return
        await self._say_later(heard, message, reply)

    async def _say_later(self, heard: Heard, message: Message, reply: Reply) -> None:
        """At the message's own address, once; where that bears nothing, to the person."""
        said = answers.said(reply.text, reply.buttons, str(message.key))
        try:
            await self._later.say(heard.response_url, answers.in_one(said))
        except (TryLater, Misconfigured, Undeliverable) as reason:
            log.info("answer goes another way", extra={"key": heard.id, "reason": str(reason)})
            await self._reception.late(message, reply, to_chat=False)
        await self._reception.done(message)

    async def _more(self, heard: Heard, body: answers.Body) -> None:
        try:
            await self._later.say(heard.response_url, body)
        except (TryLater, Misconfigured, Undeliverable) as reason:
            log.warning("second part not said", extra={"key": heard.id, "reason": str(reason)})

    def _begin(self, saying: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(self._guarded(saying))
        self._saying.add(task)
        task.add_done_callback(self._saying.discard)

    async def _guarded(self, saying: Coroutine[Any, Any, None]) -> None:
        try:
            await saying
        except DatabaseAway:
            log.warning("database away")  # it is kept and will be taken up again

    def _sealed(self, request: web.Request, answer: answers.Body) -> web.Response:
        body = self._envelope.seal(answer, request.query.get("nonce", ""), self._reception.behind.clock())
        return web.Response(body=body, content_type="application/json")


def _refused(reason: Rejected) -> web.Response:
    log.warning("callback rejected", extra={"reason": str(reason)})
    return web.Response(status=400)
