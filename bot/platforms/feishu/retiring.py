"""Cards whose time is over: a newer one stands below them, or their order has moved on.

https://open.feishu.cn/document/server-docs/im-v1/message-card/patch: a card can be changed for 14 days.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta

from bot.platforms.feishu import cards
from bot.platforms.feishu.api import FeishuApi
from bot.platforms.feishu.app import PLATFORM
from domain.live_cards import LiveCard, LiveCards
from domain.ports import Clock
from domain.sending import Misconfigured, Rendered, TryLater, Undeliverable

log = logging.getLogger(__name__)
CHANGEABLE = timedelta(days=14)
PATIENCE = timedelta(seconds=6)


class Retiring:
    """Takes the buttons off such cards. What fails costs nothing but an old button, which answers with the newest state."""

    def __init__(self, api: FeishuApi, live: LiveCards, clock: Clock) -> None:
        self._api = api
        self._live = live
        self._clock = clock

    async def stale(self, notice: Rendered, address: str) -> Sequence[LiveCard]:
        """The cards about its order that this notice outdates, the newest first."""
        if notice.order is None:
            return ()
        since = self._clock() - CHANGEABLE
        found = await self._live.of_order(PLATFORM, notice.order)
        return [card for card in found if card.at > since and _outdated(card, notice, address)]

    async def retire(self, stale: Sequence[LiveCard]) -> None:
        """Change them all; a press that is under way on one of them changes it itself."""
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                await asyncio.gather(*map(self._retire, stale))
        except TimeoutError:
            log.info("cards not changed in time")

    async def _retire(self, card: LiveCard) -> None:
        if await self._live.take(PLATFORM, card.message) is None:
            return
        content = cards.content(cards.over(card.text, card.title))
        try:
            await self._api.call("PATCH", f"im/v1/messages/{card.message}", {"content": content})
        except (TryLater, Misconfigured, Undeliverable) as error:
            log.info("card not changed", extra={"card": card.message, "reason": str(error)})


def _outdated(card: LiveCard, notice: Rendered, address: str) -> bool:
    moved_on = card.entry is not None and notice.entry is not None and card.entry < notice.entry
    return card.address == address or moved_on
