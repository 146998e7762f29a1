"""People who write to the app, and a platform that sends again until somebody answers."""

import asyncio
import random
import re
from dataclasses import dataclass, field

from bot.platforms.wecom import dialect
from handlers.message import Reply
from tests.fakes.wecom_platform import Callback
from tests.fakes.wecom_server import WecomServer

AGAIN_AFTER = 0.25
LONGEST = 40.0
NUMBER = re.compile(r"#(\d+)")


@dataclass(frozen=True, slots=True)
class Answered:
    """A message that got its answer."""

    user: str
    words: str
    id: str
    text: str

    @property
    def order(self) -> int:
        """The number of the order that the answer is about."""
        found = NUMBER.search(self.text)
        assert found, f"{self.user}: {self.words} -> {self.text}"
        return int(found[1])

    def is_from(self, reply: Reply) -> bool:
        """True when the recorded reply is what was answered."""
        return dialect.passive(reply) == self.text


@dataclass
class People:
    """Whoever asks. `urls` are the server's processes; an attempt goes to any of them."""

    wecom: WecomServer
    urls: tuple[str, ...]
    chance: random.Random
    said: list[Answered] = field(default_factory=list)
    attempts: int = 0

    async def ask(self, user: str, words: str) -> Answered:
        """Say it and wait for the answer; now and then the platform sends again although it was answered."""
        message_id = self.wecom.platform.next_id()
        callback = self.wecom.platform.text(user, words, message_id)
        answered = Answered(user, words, message_id, await self._deliver(callback))
        if self.chance.random() < 0.2:
            again = await self._deliver(callback)
            assert again == answered.text, f"a redelivery of {words!r} got {again!r} after {answered.text!r}"
        self.said.append(answered)
        return answered

    async def _deliver(self, callback: Callback) -> str:
        async with asyncio.timeout(LONGEST):
            while True:
                self.attempts += 1
                self.wecom.callback = f"{self.chance.choice(self.urls)}/wecom/callback"
                status, body = await self.wecom.attempt(callback)
                if status == 200:
                    return self.wecom.platform.read(callback, body).text
                await asyncio.sleep(AGAIN_AFTER)
