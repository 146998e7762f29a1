"""Where else a notice may go that does not arrive: another door of its person, the people it concerns, the owner of
the process."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.reach import Reach
from domain.catalogue import Staff
from domain.company import Company
from domain.facts import Notice
from domain.masking import sees_amounts
from domain.notices import REPLY, REPORT
from domain.outbox import Detour

OWNERS = "process_owner"
NOT_BY = "not_by"
"""The fact that lists the doors of its person where a notice was tried: which comes first may change meanwhile."""
OF_WAYS = frozenset({"way_blocked", "way_free"})


@dataclass(frozen=True, slots=True)
class Detours:
    """The next step of the way: a group's people personally, then the process owner. No one is tried twice."""

    company: Callable[[], Company]
    reach: Reach

    def __call__(self, notice: Notice, way: str, owner: str) -> Sequence[Detour]:
        """The notices to send instead, with the ways that lead there; none: nobody is left."""
        kind = notice.to.partition(":")[0]
        tried = [*_named(notice, NOT_BY), way]
        if kind == "user" and (doors := self.reach.further(notice.to, tried)):
            return (Detour(replace(notice, facts={**notice.facts, NOT_BY: tried}), doors[:1]),)
        # What is said to a stranger's account is for nobody else.
        if notice.kind == REPLY or notice.kind in OF_WAYS or kind == "account":
            return ()
        concerned = (notice.mentions or (owner,)) if kind == "group" else ()
        return tuple(self._to(notice, concerned)) or tuple(self._to(notice, self._owners(notice)))

    def _to(self, notice: Notice, people: Sequence[str]) -> Iterator[Detour]:
        tried = (*_named(notice, "instead_of"), notice.to)
        for user_id in people:
            to = f"user:{user_id}"
            if to not in tried and (ways := self.reach(to)):
                facts = {name: fact for name, fact in notice.facts.items() if name != NOT_BY}
                facts["instead_of"] = list(tried)
                yield Detour(replace(notice, to=to, mentions=(), facts=facts), ways)

    def _owners(self, notice: Notice) -> Sequence[str]:
        """A report has its words already: it is only for who may read its amounts alone as well."""
        company = self.company()
        owners = owners_of(company)
        if notice.kind == REPORT:
            owners = [person for person in owners if sees_amounts(person, "", company)]
        return [person.user_id for person in owners]


def _named(notice: Notice, fact: str) -> Sequence[str]:
    said = notice.facts.get(fact)
    return said if isinstance(said, list) else ()


def owners_of(company: Company) -> Sequence[Staff]:
    """Those who look after the process."""
    return [staff for staff in company.catalogue.staff.values() if staff.active and OWNERS in staff.roles]
