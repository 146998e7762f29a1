"""Binding an id of a platform to a colleague: with a code from a door where they are known, or by the process owner's yes.

Whoever writes first of two decides nothing: a code is spent once, an id belongs to one person, a person has one id on a
platform, and the database holds all three.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.act import Act
from domain.catalogue import Staff
from domain.company import Company
from domain.errors import Invalid
from domain.facts import Event
from domain.identity import BOUND_ON, Binding, Preference, Register, anybody, home, own_id

STREAM = "bindings"
"""The chain of events that tells who was bound to what, and where people want to be told; its length is the version."""

DIGITS = 6
CODE_LIVES = timedelta(minutes=10)
REQUEST_LIVES = timedelta(days=2)
TRIES, TRIES_WITHIN = 5, timedelta(hours=1)
"""So often an id that nobody knows may try to be bound, whatever it says."""
WRONG = 20
"""After so many wrong codes, whoever typed them, no code that was live meanwhile counts any more."""
MOST_REQUESTS = 50
"""So many requests wait for the process owner at most: a flood of them would hide the real ones."""
LONGEST_CLAIM = 30


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody on a platform, in lower case, what else that platform calls them, and how it writes the id."""

    platform: str
    id: str
    also: tuple[str, ...] = ()
    written: str = ""

    @property
    def ids(self) -> tuple[str, ...]:
        """All of them."""
        return (self.id, *self.also)


@dataclass(frozen=True, slots=True)
class Code:
    """What is kept of a code: nothing that says it. One for each person, the newest.

    `platform` is where it was given: there the person is known, and has nothing to bind.
    """

    person: str
    platform: str
    salt: str
    digest: str
    at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Request:
    """A stranger says who they are and waits for the process owner; `number` is given when it is written."""

    platform: str
    account: str
    written: str
    claimed: str
    at: datetime
    source: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Bound:
    """A binding begins."""

    binding: Binding
    event: Event


@dataclass(frozen=True, slots=True)
class Unbound:
    """A binding is over."""

    binding: Binding
    event: Event


@dataclass(frozen=True, slots=True)
class Refused:
    """A request that the process owner did not grant."""

    event: Event


@dataclass(frozen=True, slots=True)
class Preferred:
    """Somebody wants to be told elsewhere."""

    preference: Preference
    event: Event


class Bindings(Protocol):
    """What is known of ids beside the table of staff, and who wants to be bound, within one transaction."""

    async def register(self) -> Register:
        """All that people have said of themselves."""

    async def attempt(self, account: Account, now: datetime) -> int:
        """Count one more try of this id; says how many there were within `TRIES_WITHIN`. Two at once count as two."""

    async def offer(self, code: Code) -> None:
        """Keep a code in the place of this person's earlier one."""

    async def codes(self, now: datetime) -> tuple[Code, ...]:
        """The codes that still count."""

    async def spend(self, code: Code) -> bool:
        """True for the one who uses this code up."""

    async def missed(self, now: datetime) -> None:
        """A wrong code was typed: every live one bears it."""

    async def ask(self, request: Request) -> int | None:
        """Keep a request in the place of an earlier one of the same id; says its number. None: too many wait."""

    async def request(self, number: int, now: datetime) -> Request | None:
        """The request that waits under this number."""

    async def requests(self, now: datetime, limit: int) -> tuple[Request, ...]:
        """Those that wait, oldest first."""

    async def settle(self, request: Request) -> bool:
        """True for the one who decides this request."""

    async def keep(self, change: Bound | Unbound | Refused | Preferred) -> None:
        """Write it, or raise `Stale` where the id or the person's place there was taken meanwhile."""


def digest(code: str, salt: str) -> str:
    """What is kept of a code."""
    return hashlib.blake2b(code.encode(), key=salt.encode(), digest_size=32).hexdigest()


def code_for(person: Staff, platform: str, digits: str, salt: str, at: datetime) -> Code:
    """A new code, given on this platform."""
    return Code(person.user_id, home(platform), salt, digest(digits, salt), at, at + CODE_LIVES)


def matching(codes: Iterable[Code], digits: str) -> Code | None:
    """The code that was typed; looking takes as long whether and wherever it is found."""
    found = [code for code in codes if hmac.compare_digest(code.digest, digest(digits, code.salt))]
    return found[0] if found else None


def bind(account: Account, person: Staff, act: Act) -> Bound:
    """This id is this person's from now on, or raise `Invalid` where the table of staff or a binding says otherwise."""
    if account.platform not in BOUND_ON:
        raise Invalid("bind-nowhere", platform=account.platform)
    if not person.active:
        raise Invalid("bind-gone", name=person.name)
    taken = anybody(act.company, account.platform, *account.ids)
    if taken is not None:
        raise Invalid("bind-taken", platform=account.platform, account=account.id, name=taken.name)
    if own_id(account.platform, person):
        raise Invalid("bind-has-one", platform=account.platform, name=person.name)
    binding = Binding(
        account.platform,
        account.id,
        account.written or account.id,
        person.user_id,
        act.at,
        act.by.user_id,
        act.source,
    )
    return Bound(binding, _event("binding:made", act, _facts(binding)))


def unbind(binding: Binding, act: Act) -> Unbound:
    """This id is nobody's from now on."""
    return Unbound(binding, _event("binding:ended", act, _facts(binding)))


def prefer(door: str, act: Act) -> Preferred:
    """`act.by` wants to be told at this door; empty: where they wrote last."""
    said = Preference(act.by.user_id, door)
    return Preferred(said, _event("notices:preferred", act, {"door": door}))


def claimed(name: str, company: Company) -> Staff | None:
    """The one active colleague with this name, alias or user id; None where there is none, or several."""
    wanted = name.casefold()
    found = [
        person
        for person in company.catalogue.staff.values()
        if person.active
        and wanted in {word.casefold() for word in (person.user_id, person.name, *person.aliases)}
    ]
    return found[0] if len(found) == 1 else None


def refuse(request: Request, act: Act) -> Refused:
    """Whoever asks is not whom they say."""
    data = {"platform": request.platform, "account": request.account, "claimed": request.claimed}
    return Refused(_event("binding:refused", act, data))


def counts(binding: Binding, company: Company) -> bool:
    """False where the table of staff says otherwise by now."""
    person = company.staff(binding.person)
    return person is not None and own_id(binding.platform, person).lower() == binding.account


def _facts(binding: Binding) -> Mapping[str, object]:
    return {"platform": binding.platform, "account": binding.account, "person": binding.person}


def _event(kind: str, act: Act, data: Mapping[str, object]) -> Event:
    return Event(STREAM, kind, act.at, act.by.user_id, act.source, data)
