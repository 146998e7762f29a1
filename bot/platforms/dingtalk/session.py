"""Answering on the line that came with a message: an address that takes words for a while, without a token.

https://open.dingtalk.com/document/orgapp/receive-message
"""

from collections.abc import Mapping

from bot.platforms.dingtalk import dialect, errcodes
from bot.platforms.dingtalk.app import DingTalkApp
from bot.platforms.dingtalk.codec import Line
from bot.platforms.dingtalk.parts import BODY, fits, parts
from bot.platforms.http import Http
from bot.robots import strange_host
from domain.destinations import DESTINATIONS
from domain.ports import Clock
from domain.sending import Undeliverable
from handlers.message import Button

ROOM = DESTINATIONS["dingtalk-robot"].bytes
OVER = "会话地址已失效"


class SessionLine:
    """Says a reply on a line. Raises as senders do; `Undeliverable` also where the line is over."""

    def __init__(self, app: DingTalkApp, http: Http, clock: Clock) -> None:
        self._app = app
        self._http = http
        self._clock = clock

    async def say(self, line: Line, text: str, buttons: tuple[Button, ...], *, alone: bool) -> None:
        """All parts of it; `alone` in a chat with one person."""
        # The address stands in a body that no signature covers: only DingTalk is ever called.
        if "://" not in line.webhook or strange_host(
            "dingtalk-robot", line.webhook, self._app.oapi_base, self._app.api_base
        ):
            raise Undeliverable("会话地址不是钉钉的")
        for words in messages(text, buttons, alone=alone):
            if not line.open(self._clock()):
                raise Undeliverable(OVER)
            answer = await self._http.call("POST", line.webhook, document=_markdown(words))
            if answer.code() in errcodes.SESSION_OVER:
                raise Undeliverable(OVER)
            errcodes.check(answer)


def messages(
    text: str, buttons: tuple[Button, ...], *, alone: bool, room: int = ROOM, limit: int = BODY
) -> tuple[str, ...]:
    """The words in DingTalk's markdown, in parts it takes, and how to choose below them."""
    typed = dialect.twins(buttons, beside=text, called=not alone)
    said = dialect.marked(f"{text}\n\n{typed}" if typed else text)
    choices = dialect.links(buttons) if alone and buttons else ""
    *before, last = parts(said, room, limit)
    if not choices or not fits(choices, room, limit):
        return (*before, last)
    joined = f"{last}\n\n{choices}"
    return (*before, joined) if fits(joined, room, limit) else (*before, last, choices)


def _markdown(words: str) -> Mapping[str, object]:
    return {"msgtype": "markdown", "markdown": {"title": dialect.title(words), "text": words}}
