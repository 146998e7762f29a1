"""Which colleague it is: where the bot's owner is no super administrator, WeCom shows it encrypted ids.

https://developer.work.weixin.qq.com/document/path/101521
"""

import logging
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.platforms.wecom import errcodes
from bot.platforms.wecom.api import WecomApi
from bot.platforms.wecombot.bot import PLATFORM, AiBot
from domain.intake import Aliases
from domain.ports import Clock
from domain.sending import Misconfigured, Undeliverable

log = logging.getLogger(__name__)
REMEMBERED = 10_000
UNKNOWN_FOR = timedelta(minutes=10)
"""So long nobody asks again for an id that WeCom did not know: the app's range may be widened meanwhile."""


class People:
    """`api` is the self-built app's; without one an id is what it is. Each is looked up once and kept."""

    def __init__(
        self,
        bot: AiBot,
        known: Callable[[str], bool],
        aliases: Aliases,
        clock: Clock,
        api: WecomApi | None = None,
    ) -> None:
        self._bot = bot
        self._known = known
        self._aliases = aliases
        self._clock = clock
        self._api = api
        self._found: OrderedDict[str, tuple[str, datetime | None]] = OrderedDict()

    async def resolve(self, shown: str) -> str:
        """The id that stands in the staff's table, or `shown` itself where nobody knows better.

        Raises `TryLater` while WeCom cannot be asked.
        """
        if self._api is None or not shown or "/" in shown or self._known(shown):
            return shown
        found, until = self._found.get(shown, ("", self._clock()))
        if found and (until is None or until > self._clock()):
            return found
        kept = await self._aliases.get(PLATFORM, self._bot.bot_id, shown)
        user_id = kept or await self._asked(self._api, shown)
        if user_id and not kept:
            await self._aliases.keep(PLATFORM, self._bot.bot_id, shown, user_id, self._clock())
        self._remember(shown, user_id)
        return user_id or shown

    async def _asked(self, api: WecomApi, shown: str) -> str:
        """The id, or nothing where it is none of ours or the app may not see them."""
        try:
            answer = await api.post("batch/openuserid_to_userid", {"open_userid_list": [shown]})
            errcodes.check(answer.code(), str(answer.document.get("errmsg", "")))
        except (Misconfigured, Undeliverable) as wrong:
            log.warning("ids not looked up", extra={"reason": str(wrong)})
            return ""
        pairs = answer.document.get("userid_list")
        for pair in pairs if isinstance(pairs, list) else []:
            if (
                isinstance(pair, dict)
                and pair.get("open_userid") == shown
                and isinstance(pair.get("userid"), str)
            ):
                return str(pair["userid"])
        return ""

    def _remember(self, shown: str, user_id: str) -> None:
        until = None if user_id else self._clock() + UNKNOWN_FOR
        self._found[shown] = (user_id or shown, until)
        while len(self._found) > REMEMBERED:
            self._found.popitem(last=False)
