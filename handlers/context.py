"""What a request is answered in: who asks, when, where, and under which rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Protocol

from domain.act import Act
from domain.catalogue import Staff
from domain.company import Company
from domain.duty import NOBODY_AWAY, Duty
from domain.masking import sees_amounts
from domain.ports import MessageKey
from handlers.understanding import Understanding


@dataclass(frozen=True, slots=True)
class InForce:
    """One version of the company's rules with the index of names made from it."""

    company: Company
    understanding: Understanding


class RulesInForce(Protocol):
    """The rules by version; `latest` is what this process knows already."""

    @property
    def latest(self) -> InForce: ...

    async def of(self, version: int, register: int) -> InForce:
        """That version with that much of what people said of themselves, or newer; read when not known yet."""


@dataclass(frozen=True, slots=True)
class Context:
    """The frame of one message. `seen` is the version of the order that the pressed button was shown with.

    `called` says that the bot was called by name. `duty` says who is away; `loads` how many open orders those have among whom the rules choose by that.
    """

    actor: Staff
    rules: InForce
    now: datetime
    place: str
    key: MessageKey
    seen: int | None = None
    duty: Duty = NOBODY_AWAY
    loads: Mapping[str, int] = field(default_factory=dict)
    called: bool = False

    @property
    def company(self) -> Company:
        """The rules in force."""
        return self.rules.company

    @property
    def here(self) -> datetime:
        """The moment in the company's zone, as understanding wants it."""
        return self.now.astimezone(self.company.calendar.zone)

    @property
    def today(self) -> date:
        """The day in the company's zone."""
        return self.now.astimezone(self.company.calendar.zone).date()

    def midnight(self, day: date) -> datetime:
        """The moment when this day begins in the company's zone."""
        return datetime.combine(day, time(), self.company.calendar.zone).astimezone(UTC)

    @property
    def overheard(self) -> bool:
        """True where people may only talk among themselves."""
        return bool(self.place) and not self.called

    @property
    def sees_amounts(self) -> bool:
        """True when amounts may be shown to whoever reads the answer."""
        return sees_amounts(self.actor, self.place, self.company)

    @property
    def act(self) -> Act:
        """For the domain: who does something, when, under which rules, through which message."""
        return Act(self.actor, self.now, self.company, str(self.key), self.duty, self.loads)
