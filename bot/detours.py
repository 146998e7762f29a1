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
OF_WAYS = frozenset({"way_blocked", "way_free"})


@dataclass(frozen=True, slots=True)
class Detours:
    """The next step of the way: a group's people personally, then the process owner. No one is tried twice."""

    company: Callable[[], Company]
    reach: Reach

    def __call__(self, notice: Notice, way: str, owner: str) -> Sequence[Detour]:
        """The notices to send instead, with the ways that lead there; none: nobody is left."""
        kind = notice.to.partition(":")[0]
        if kind == "user" and (doors := self.reach.further(notice.to, way)):
            return (Detour(notice, doors[:1]),)
        if notice.kind == REPLY or notice.kind in OF_WAYS:
            return ()
        concerned = (notice.mentions or (owner,)) if kind == "group" else ()
        return tuple(self._to(notice, concerned)) or tuple(self._to(notice, self._owners(notice)))

    def _to(self, notice: Notice, people: Sequence[str]) -> Iterator[Detour]:
        said = notice.facts.get("instead_of")
        tried = (*(said if isinstance(said, list) else ()), notice.to)
        for user_id in people:
            to = f"user:{user_id}"
            if to not in tried and (ways := self.reach(to)):
                facts = {**notice.facts, "instead_of": list(tried)}
                yield Detour(replace(notice, to=to, mentions=(), facts=facts), ways)

    def _owners(self, notice: Notice) -> Sequence[str]:
        """A report has its words already: it is only for who may read its amounts alone as well."""
        company = self.company()
        owners = owners_of(company)
        if notice.kind == REPORT:
            owners = [person for person in owners if sees_amounts(person, "", company)]
        return [person.user_id for person in owners]


def owners_of(company: Company) -> Sequence[Staff]:
    """Those who look after the process."""
    return [staff for staff in company.catalogue.staff.values() if staff.active and OWNERS in staff.roles]
