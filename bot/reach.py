"""Where `group:warehouse` and `user:lina` are reached: by the rules, and the doors this process has."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from domain.company import Company
from domain.identity import id_on
from domain.sending import Misconfigured, Rendered, Sender

log = logging.getLogger(__name__)
FROM_ENVIRONMENT = "env:"
MOST_STRANGE = 1000
PERSONAL = ("user", "everywhere")

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


def _nowhere(person: str) -> Sequence[str]:
    """Where nobody noted on which platforms people write."""
    return ()


@dataclass(frozen=True, slots=True)
class Reach:
    """The ways to a group are the company's; a person is reached at the door they prefer, else where they wrote last.

    `doors` are the platforms this process can write to, `lately` those where somebody wrote, the latest first; with
    `only` everything goes there instead (the demo).
    """

    company: Callable[[], Company]
    doors: frozenset[str]
    only: str = ""
    lately: Callable[[str], Sequence[str]] = _nowhere

    def __call__(self, to: str) -> Sequence[tuple[str, str]]:
        """The ways and addresses; none: nobody knows how. `everywhere:lina` is every door of hers."""
        kind, _, key = to.partition(":")
        personal = kind in PERSONAL
        if self.only:
            gone = personal and self._left(key)
            return () if gone else ((self.only, f"user:{key}" if personal else to),)
        if kind == "group":
            group = self.company().groups.get(key)
            return tuple((way.kind, way.address or to) for way in group.ways) if group else ()
        platform, _, place = key.partition(":")
        if kind == "chat":
            return ((IN_CHATS[platform], place),) if platform in IN_CHATS else ()
        if kind == "account":
            return ((platform, place),) if platform in self.doors else ()
        doors = self._doors(key) if personal else ()
        return doors if kind == "everywhere" else doors[:1]

    def further(self, to: str, tried: Collection[str]) -> Sequence[tuple[str, str]]:
        """The doors of a person where it was not tried yet."""
        doors = () if self.only else self._doors(to.partition(":")[2])
        return tuple((door, address) for door, address in doors if door not in tried)

    @property
    def several(self) -> bool:
        """True where there is more than one door to tell a person at."""
        return not self.only and len(self.doors.intersection(self.company().people_ways)) > 1

    def _left(self, user_id: str) -> bool:
        staff = self.company().staff(user_id)
        return staff is not None and not staff.active

    def _doors(self, user_id: str) -> Sequence[tuple[str, str]]:
        company = self.company()
        staff = company.staff(user_id)
        if staff is None or not staff.active:
            return ()
        usable = self.doors.intersection(company.people_ways)
        wanted = dict.fromkeys((staff.door, *self.lately(user_id), *company.people_ways))
        return tuple((door, id_on(door, staff)) for door in wanted if door in usable)


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
