"""Interactive cards where a template is configured: shown once for each notice, and settled by the next one.

https://open.dingtalk.com/document/orgapp/create-and-deliver-cards; update interactive-card-update-interface
"""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.platforms.base import SharedCache
from bot.platforms.dingtalk import cards, dialect
from bot.platforms.dingtalk.api import DingTalkApi
from bot.platforms.dingtalk.app import DingTalkApp
from domain.sending import Misconfigured, Rendered, TryLater, Undeliverable

log = logging.getLogger(__name__)
REMEMBERED = timedelta(days=14)
MOST_REMEMBERED = 4096
BY_KEY = {"updateCardDataByKey": True, "updatePrivateDataByKey": True}
"""Without it every variable that is not named would be emptied."""


@dataclass(frozen=True, slots=True)
class Space:
    """Where a card lies: in a group, or in the chat of one person with the robot."""

    id: str
    group: bool

    @staticmethod
    def of_group(conversation: str) -> "Space":
        return Space(conversation, group=True)

    @staticmethod
    def of_person(user_id: str) -> "Space":
        return Space(user_id, group=False)


class CardRoom:
    """Cards by the company's template. `dingtalk_id` gives the DingTalk user id of one of ours, `name` their name.

    Which card of an order lies where is remembered as long as it may be lost: then the old one keeps its buttons, and
    what they say is answered with how things stand.
    """

    def __init__(
        self,
        app: DingTalkApp,
        api: DingTalkApi,
        called: Callable[[str], tuple[str, str]],
        cache: SharedCache | None = None,
    ) -> None:
        self._app = app
        self._api = api
        self._called = called
        self._cache = cache
        self._here: dict[str, str] = {}

    async def show(self, space: Space, notice: Rendered, key: str) -> bool:
        """Deliver as a card; False when nothing of it needs one, or it fits on none.

        In a group only a card calls people. The same key again shows nothing new.
        """
        wanted = bool(notice.buttons) or (space.group and bool(notice.mentions))
        variables = cards.variables(notice, space.id if space.group else "") if wanted else None
        if variables is not None:
            await self._api.call(
                "POST", "card/instances/createAndDeliver", self._card(space, notice, key, variables)
            )
        await self._follow(space, notice, key if variables is not None else "")
        return variables is not None

    def _card(
        self, space: Space, notice: Rendered, key: str, variables: Mapping[str, str]
    ) -> Mapping[str, object]:
        by = (
            {"callbackType": "HTTP", "callbackRouteKey": self._app.card_route}
            if self._app.public_url
            else {"callbackType": "STREAM"}
        )
        return {
            "cardTemplateId": self._app.card_template,
            "outTrackId": key,
            "userIdType": 1,
            **by,
            "cardData": {"cardParamMap": dict(variables)},
            **(self._in_group(space, notice) if space.group else self._alone(space, notice)),
        }

    def _in_group(self, space: Space, notice: Rendered) -> Mapping[str, object]:
        called = dict(filter(lambda one: dialect.is_user_id(one[0]), map(self._called, notice.mentions)))
        return {
            "openSpaceId": f"dtv1.card//IM_GROUP.{space.id}",
            "imGroupOpenSpaceModel": {"supportForward": False, "lastMessageI18n": _last(notice)},
            "imGroupOpenDeliverModel": {
                "robotCode": self._app.robot,
                **({"atUserIds": called} if called else {}),
            },
        }

    def _alone(self, space: Space, notice: Rendered) -> Mapping[str, object]:
        return {
            "openSpaceId": f"dtv1.card//IM_ROBOT.{space.id}",
            "imRobotOpenSpaceModel": {"supportForward": False, "lastMessageI18n": _last(notice)},
            "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT", "robotCode": self._app.robot},
        }

    async def _follow(self, space: Space, notice: Rendered, key: str) -> None:
        """Settle the card before it about the same order here, unless the order stands where that one showed it."""
        if notice.order is None:
            return
        where = f"dingtalk-card:{self._app.name}:{space.id}:{notice.order}"
        before = _Shown.read(await self._recall(where))
        offers = bool(key) and bool(notice.buttons)
        moved = notice.entry is not None and before is not None and notice.entry != before.entry
        if offers or moved:
            await self._remember(where, _Shown(key, notice.entry).written() if offers else "")
            if before is not None and before.card != key:
                await self._settle(before.card)

    async def _settle(self, card: str) -> None:
        document = {
            "outTrackId": card,
            "cardData": {"cardParamMap": dict(cards.settled())},
            "cardUpdateOptions": BY_KEY,
        }
        try:
            await self._api.call("PUT", "card/instances", document)
        except (TryLater, Undeliverable, Misconfigured):
            # What is new has arrived; to send it again for the sake of an old card's look would only repeat it.
            log.warning("old card not settled", extra={"card": card})

    async def _recall(self, where: str) -> str:
        shared = await self._cache.get(where) if self._cache else None
        return shared or self._here.get(where, "")

    async def _remember(self, where: str, shown: str) -> None:
        if self._cache:
            await self._cache.set(where, shown, REMEMBERED)
        self._here.pop(where, None)
        self._here[where] = shown
        if len(self._here) > MOST_REMEMBERED:
            del self._here[next(iter(self._here))]


@dataclass(frozen=True, slots=True)
class _Shown:
    """The live card of an order at one place, and the entry of the step it shows."""

    card: str
    entry: int | None

    def written(self) -> str:
        return json.dumps([self.card, self.entry])

    @staticmethod
    def read(said: str) -> "_Shown | None":
        try:
            card, entry = json.loads(said or "null")
        except (ValueError, TypeError):
            return None
        return _Shown(str(card), entry if type(entry) is int else None)


def _last(notice: Rendered) -> Mapping[str, str]:
    return {"ZH_CN": dialect.title(notice.title or notice.text)}
