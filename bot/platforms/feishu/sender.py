"""How a notice or an answer reaches a group or a person: a message of the app's bot.

https://open.feishu.cn/document/server-docs/im-v1/message/create, …/im-v1/message-card/patch
"""

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.platforms.feishu import cards, dialect, errcodes
from bot.platforms.feishu.api import FeishuApi
from bot.platforms.feishu.app import PLATFORM
from bot.platforms.feishu.retiring import Retiring
from bot.platforms.feishu.texts import content, texts
from domain.destinations import DESTINATIONS
from domain.live_cards import LiveCard, LiveCards
from domain.ports import Clock
from domain.sending import Rendered, Undeliverable
from handlers.message import Button

log = logging.getLogger(__name__)
ROOM = DESTINATIONS["feishu-chat"].bytes
MENTIONED = ROOM // 4
"""So much of a message may call people; the rest is for the words."""
KINDS = {"oc_": "chat_id", "ou_": "open_id", "on_": "union_id"}


class FeishuSender:
    """`domain.sending.Sender` to the chat or the person whose Feishu id, of whichever kind, is the address.

    `feishu_id` gives the id of one of ours, or an empty string: who has none cannot be mentioned. `api` is for the
    app's door as well: one token serves both.
    """

    def __init__(
        self, api: FeishuApi, live: LiveCards, feishu_id: Callable[[str], str], clock: Clock
    ) -> None:
        self.api = api
        self._live = live
        self._retiring = Retiring(api, live, clock)
        self._feishu_id = feishu_id
        self._clock = clock

    async def send(self, to: str, address: str, notice: Rendered, idempotency_key: str) -> None:
        """Deliver all parts; a part that an earlier attempt delivered is not shown again.

        Earlier cards about the same order are changed afterwards: what they offered in the same step is offered here.
        """
        kind = kind_of(address)
        stale = await self._retiring.stale(notice, address)
        notice = replace(notice, buttons=_offers(notice, stale, address))
        try:
            shown = await self._show(address, kind, notice, idempotency_key)
        except errcodes.Malformed:
            if not notice.mentions:
                raise
            # One id that names nobody, and Feishu refuses the card for everybody: told without a call is better.
            log.warning("notice sent without its mentions", extra={"to": to})
            shown = await self._show(address, kind, replace(notice, mentions=()), idempotency_key)
        # Where this is a repetition, the card of the first attempt is among them.
        await self._retiring.retire([card for card in stale if card.message != shown])

    async def _show(self, address: str, kind: str, notice: Rendered, key: str) -> str:
        """All parts; gives the platform's id of the last one, which is kept where it has buttons that end one day."""
        messages = self._contents(notice, alone=kind != "chat_id")
        shown = ""
        for number, (form, said) in enumerate(messages):
            document = {"receive_id": address, "msg_type": form, "content": said}
            shown = await self._create(kind, {**document, "uuid": _uuid(key, number)})
        if shown and notice.buttons and (notice.order is not None or notice.asker):
            await self._live.keep(self._card(shown, address, notice, whole=len(messages) == 1))
        return shown

    async def _create(self, kind: str, document: Mapping[str, object]) -> str:
        """The platform's id of the message."""
        data = await self.api.call("POST", "im/v1/messages", document, {"receive_id_type": kind})
        return str(data.get("message_id") or "")

    def _contents(self, notice: Rendered, *, alone: bool) -> Sequence[tuple[str, str]]:
        """As a text where nothing is lost: it is read on any client and in any list of messages."""
        ids = [self._feishu_id(user_id) for user_id in notice.mentions]
        buttons = [Button(label, say) for label, say in notice.buttons]
        if not buttons and not dialect.has_marks(notice.text):
            calls = dialect.called_in_text(ids, MENTIONED)
            return [("text", content(part)) for part in texts(dialect.plain(notice.text), calls, ROOM)]
        typed = dialect.twins(buttons[cards.MOST_BUTTONS :], beside=notice.text)
        words = f"{notice.text}\n\n{typed}" if typed else notice.text
        calls = dialect.called_in_card(ids, MENTIONED)
        made = cards.cards(words, notice.title, buttons, alone=alone, calls=calls)
        return [("interactive", cards.content(card)) for card in made]

    def _card(self, message: str, address: str, notice: Rendered, *, whole: bool) -> LiveCard:
        return LiveCard(
            PLATFORM,
            message,
            address,
            self._clock(),
            notice.text if whole else "",
            notice.title,
            notice.buttons,
            notice.order,
            notice.entry,
            notice.asker,
        )


def kind_of(address: str) -> str:
    """Which kind of id this is, or raise `Undeliverable`."""
    if not (dialect.is_person_id(address) or (address.startswith("oc_") and address.isascii())):
        raise Undeliverable("飞书账号不合法，请核对员工表的 feishu_id 或群的 chat")
    return KINDS.get(address[:3], "user_id")


def _offers(notice: Rendered, stale: Sequence[LiveCard], address: str) -> tuple[tuple[str, str], ...]:
    """What can be done here: also what could be done on the cards it replaces, while the step is the same."""
    kept = [
        button
        for card in stale
        if card.address == address and card.entry == notice.entry is not None
        for button in card.buttons
    ]
    return tuple({say: (label, say) for label, say in (*kept, *notice.buttons)}.values())


def _uuid(key: str, number: int) -> str:
    """At most one message an hour is shown for each."""
    return hashlib.sha256(f"{key}/{number}".encode()).hexdigest()[:40]
