"""A press on a card to a message, and the answer that the card shows whoever pressed. Pure.

https://open.dingtalk.com/document/orgapp/event-callback-card
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime

from bot.platforms.base import Rejected
from bot.platforms.dingtalk import cards, fields
from bot.platforms.dingtalk.app import DingTalkApp
from bot.platforms.dingtalk.codec import STRANGER, Said
from domain.ports import MessageKey
from handlers.message import Reply

BY_STAFF_ID = {"", "1"}


def pressed(
    document: Mapping[str, object],
    delivery: str,
    app: DingTalkApp,
    place_of: Callable[[str], str],
    at: datetime,
) -> Said:
    """What the button says, by the person whom DingTalk names; nothing in the card says who pressed.

    `delivery` is what tells this press from the next one on the same button, which may find things changed. Should
    DingTalk bring one press twice under two names, what the button says is pinned to what it was shown with.
    """
    staff_id, card = fields.text(document, "userId").strip(), fields.text(document, "outTrackId")
    who = staff_id.lower()
    content = fields.document(fields.text(document, "content") or fields.text(document, "value"))
    private = fields.mapping(content, "cardPrivateData")
    params = fields.mapping(private, "params")
    words, chat = fields.text(params, cards.SAY), fields.text(params, cards.CHAT)
    if not who or not card or not words:
        raise Rejected("no press on a button of ours")
    if fields.text(document, "userIdType") not in BY_STAFF_ID:
        who = STRANGER + who
    parts = (card, who, *fields.texts(private, "actionIds"), words, delivery)
    key = "press-" + hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
    return Said(
        MessageKey("dingtalk", app.name, key),
        who,
        words,
        at,
        place=place_of(chat) if chat else "",
        chat=chat,
        staff_id=staff_id,
    )


def answer(reply: Reply) -> Mapping[str, object]:
    """What the card shows whoever pressed; the others see the same in the chat."""
    return {
        "cardUpdateOptions": {"updateCardDataByKey": True, "updatePrivateDataByKey": True},
        "cardData": {"cardParamMap": {}},
        "userPrivateData": {"cardParamMap": {cards.ANSWER: cards.first_words(reply.text)}},
    }
