"""What Stream pushes, answered: a message once it is committed, a press with what its card shows."""

import logging
from collections.abc import Callable

from bot.platforms.base import Rejected
from bot.platforms.dingtalk import frames, presses
from bot.platforms.dingtalk.answering import Answers
from bot.platforms.dingtalk.app import DingTalkApp
from bot.platforms.dingtalk.codec import DingTalkCodec
from bot.platforms.dingtalk.frames import Frame
from domain.errors import DatabaseAway
from domain.ports import Clock

log = logging.getLogger(__name__)


class Pushes:
    """`take` gives the frame that confirms a push, or nothing where it must not be confirmed."""

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

    async def take(self, frame: Frame) -> str:
        """Never raises: whatever a push holds, the line stays open for the others."""
        try:
            return await self._answered(frame)
        except Rejected as reason:
            # Confirmed: it would be no better the next time.
            log.warning("push rejected", extra={"platform": "dingtalk", "reason": str(reason)})
            return frames.confirmed(frame, frames.DONE, {"response": None})
        except DatabaseAway:
            log.warning("database away", extra={"platform": "dingtalk"})
        except Exception:
            log.exception("push failed", extra={"platform": "dingtalk", "topic": frame.topic[:64]})
        return frames.confirmed(frame, frames.FAILED, {"response": None})

    async def close(self) -> None:
        """Let what is under way end."""
        await self._messages.close()
        await self._pressed.close()

    async def _answered(self, frame: Frame) -> str:
        now = self._clock()
        if frame.topic == frames.MESSAGES:
            reply = await self._messages.take(self._codec.said(frame.document(), now))
            return "" if reply is None else frames.confirmed(frame, frames.DONE, {"response": None})
        if frame.topic == frames.PRESSES:
            said = presses.pressed(frame.document(), frame.id, self._app, self._place_of, now)
            reply = await self._pressed.take(said)
            return (
                ""
                if reply is None
                else frames.confirmed(frame, frames.DONE, {"response": presses.answer(reply)})
            )
        return frames.confirmed(frame, frames.UNKNOWN, {})
