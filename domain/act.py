"""Who does something, when, under which rules, and through which message."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from domain.catalogue import Staff
from domain.company import Company
from domain.duty import NOBODY_AWAY, Duty

# What the program does by itself (approval under the first tier, ladders) is told under this name.
SYSTEM = Staff("gendan", "跟单助手", (), "", frozenset())


@dataclass(frozen=True, slots=True)
class Act:
    """One doing: by whom, at which moment (aware UTC), under which rules, caused by the message `source`.

    `duty` says who is away; `loads` how many open orders somebody has, where the rules assign by that.
    """

    by: Staff
    at: datetime
    company: Company
    source: str
    duty: Duty = NOBODY_AWAY
    loads: Mapping[str, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day in the company's zone."""
        return self.at.astimezone(self.company.calendar.zone).date()

    @property
    def doubles_since(self) -> datetime:
        """From when on the same order again may be one order said twice."""
        return self.at - self.company.limits.duplicate_window


@dataclass(frozen=True, slots=True)
class Portion:
    """Some of a product, as said.

    No `qty`: all there is to speak of; no `unit`: the order line's, or the default one.
    """

    sku: str
    qty: Decimal | None = None
    unit: str = ""
