"""Where `group:warehouse` and `user:lina` are reached: by the rules, and the doors this process has."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from domain.catalogue import Staff
from domain.company import Company
from domain.sending import Misconfigured, Rendered, Sender

log = logging.getLogger(__name__)
FROM_ENVIRONMENT = "env:"
MOST_STRANGE = 1000

# By which way a door answers in the group it was spoken to in.
IN_CHATS = {"wecom-bot": "wecom-bot", "dingtalk": "dingtalk-group", "feishu": "feishu-chat"}


def place_of(company: Company, way: str, address: str) -> str:
    """The company's key of the group that this way leads to, or the address where the rules do not name it."""
    named = (
        key
        for key, group in company.groups.items()
        if any(one.kind == way and one.address == address for one in group.ways)
    )
    return next(named, address)


class NamedGroups:
    """A platform's groups by the company's keys, as messages come from them."""

    def __init__(self, company: Callable[[], Company], way: str) -> None:
        self._company = company
        self._way = way
        self._strange: set[str] = set()

    def place(self, chat: str) -> str:
        """As `place_of`. A group without a key is logged once: its id is what the rules want to know."""
        place = place_of(self._company(), self._way, chat)
        if place == chat and chat not in self._strange and len(self._strange) < MOST_STRANGE:
            self._strange.add(chat)
            log.info("group not in the rules", extra={"way": self._way, "chat": chat})
        return place


@dataclass(frozen=True, slots=True)
class Reach:
    """The ways to a group are the company's; a person is reached by the first door they have.

    `doors` are the platforms this process can write to; with `only` everything goes there instead (the demo).
    """

    company: Callable[[], Company]
    doors: frozenset[str]
    only: str = ""

    def __call__(self, to: str) -> Sequence[tuple[str, str]]:
        """The ways and addresses; none: nobody knows how."""
        kind, _, key = to.partition(":")
        if self.only:
            return ((self.only, to),)
        if kind == "group":
            group = self.company().groups.get(key)
            return tuple((way.kind, way.address or to) for way in group.ways) if group else ()
        if kind == "chat":
            platform, _, place = key.partition(":")
            return ((IN_CHATS[platform], place),) if platform in IN_CHATS else ()
        return self._doors(key)[:1]

    def further(self, to: str, after: str) -> Sequence[tuple[str, str]]:
        """The doors of a person behind the one that is named."""
        doors = () if self.only else self._doors(to.partition(":")[2])
        behind = [place for place, (door, _) in enumerate(doors, 1) if door == after]
        return doors[behind[0] :] if behind else ()

    def _doors(self, user_id: str) -> Sequence[tuple[str, str]]:
        staff = self.company().staff(user_id)
        if staff is None or not staff.active:
            return ()
        return tuple((door, id_on(door, staff)) for door in self.company().people_ways if door in self.doors)


def id_on(door: str, staff: Staff) -> str:
    """The colleague's id there; without one of its own the same as here."""
    own = {
        "wecom": staff.wecom_id,
        "wecom-bot": staff.wecom_id,
        "dingtalk": staff.dingtalk_id,
        "feishu": staff.feishu_id,
    }.get(door, "")
    return own or staff.user_id


@dataclass(frozen=True, slots=True)
class AddressFromEnvironment:
    """A sender whose address is a secret: rules and outbox name the variable, only here it is looked up."""

    sender: Sender
    secrets: Mapping[str, str]

    async def send(self, to: str, address: str, notice: Rendered, idempotency_key: str) -> None:
        """Deliver to what the variable says."""
        name = address.removeprefix(FROM_ENVIRONMENT)
        said = self.secrets.get(name, "") if name != address else address
        if not said:
            raise Misconfigured(f"the environment variable {name} is not set")
        await self.sender.send(to, said, notice, idempotency_key)
