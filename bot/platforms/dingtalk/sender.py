"""How a notice reaches a group or a person: a message of the app's robot, or a card of the app.

https://open.dingtalk.com/document/orgapp/chatbots-send-one-on-one-chat-messages-in-batches;
robots-send-group-chat-messages. Neither call has an idempotency key: what may have arrived may arrive twice. A card has
one, its outTrackId.
"""

import json
from collections.abc import Mapping

from bot.platforms.dingtalk import dialect, errcodes, fields
from bot.platforms.dingtalk.api import DingTalkApi
from bot.platforms.dingtalk.app import DingTalkApp
from bot.platforms.dingtalk.cardroom import CardRoom, Space
from bot.platforms.dingtalk.parts import PARAM
from bot.platforms.dingtalk.session import messages
from domain.destinations import DESTINATIONS
from domain.sending import Rendered, TryLater, Undeliverable
from handlers.message import Button

__all__ = ["GroupSender", "PersonSender"]
ROOM = DESTINATIONS["dingtalk-group"].bytes


class GroupSender:
    """`domain.sending.Sender` to the group whose conversation id is the address. It calls nobody but by a card."""

    def __init__(self, app: DingTalkApp, api: DingTalkApi, cards: CardRoom | None = None) -> None:
        self._app = app
        self._api = api
        self._cards = cards

    async def send(self, to: str, address: str, notice: Rendered, idempotency_key: str) -> None:
        """Deliver all parts."""
        if self._cards and await self._cards.show(Space.of_group(address), notice, idempotency_key):
            return
        for words in _contents(notice, alone=False):
            document = {"robotCode": self._app.robot, "openConversationId": address, **_markdown(words)}
            await self._api.call("POST", "robot/groupMessages/send", document)


class PersonSender:
    """`domain.sending.Sender` to the person whose DingTalk user id is the address."""

    def __init__(self, app: DingTalkApp, api: DingTalkApi, cards: CardRoom | None = None) -> None:
        self._app = app
        self._api = api
        self._cards = cards

    async def send(self, to: str, address: str, notice: Rendered, idempotency_key: str) -> None:
        """Deliver all parts."""
        if not dialect.is_user_id(address):
            raise Undeliverable("钉钉账号不合法，请核对员工表的 dingtalk_id")
        if self._cards and await self._cards.show(Space.of_person(address), notice, idempotency_key):
            return
        for words in _contents(notice, alone=True):
            document = {"robotCode": self._app.robot, "userIds": [address], **_markdown(words)}
            _arrived(await self._api.call("POST", "robot/oToMessages/batchSend", document), address)


def _arrived(answer: Mapping[str, object], address: str) -> None:
    """A success may still name the person as not reached."""
    listed = address.lower()
    if listed in (one.lower() for one in fields.texts(answer, "flowControlledStaffIdList")):
        raise TryLater("钉钉暂时限制给这个成员发消息", errcodes.MUTE)
    if listed in (one.lower() for one in fields.texts(answer, "invalidStaffIdList")):
        raise Undeliverable("钉钉里没有这个成员，或机器人对他不可见，请核对员工表的 dingtalk_id")


def _contents(notice: Rendered, *, alone: bool) -> tuple[str, ...]:
    buttons = tuple(Button(label, say) for label, say in notice.buttons)
    return messages(notice.text, buttons, alone=alone, room=ROOM, limit=PARAM)


def _markdown(words: str) -> Mapping[str, object]:
    param = {"title": dialect.title(words), "text": words}
    return {"msgKey": "sampleMarkdown", "msgParam": json.dumps(param, ensure_ascii=False)}
