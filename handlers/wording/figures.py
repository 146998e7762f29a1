"""Figures in words: amounts that may be hidden, differences, shares, names."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from domain.company import Company
from handlers.wording.text import money, plain

HIDDEN = "＊＊＊"
"""What stands in the place of an amount that not everybody who reads this may see; no platform reads a mark in it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a report is worded in: whose rules, when, and whether amounts may be shown."""

    company: Company
    now: datetime
    amounts: bool = True

    @property
    def today(self) -> date:
        """The day in the company's zone."""
        return self.now.astimezone(self.company.calendar.zone).date()

    def money(self, amount: Decimal) -> str:
        """The amount, or what hides it."""
        return money(amount) if self.amounts else HIDDEN

    def step(self, key: str) -> str:
        """The step as this company calls it; the key where it was dropped since."""
        step = self.company.workflow.steps.get(key)
        return plain(step.name) if step else plain(key)

    def name(self, user_id: str) -> str:
        """A colleague's name; the id where the person is gone."""
        person = self.company.staff(user_id)
        return plain(person.name) if person else plain(user_id) or "无人"


def percent(part: Decimal, places: int = 0) -> str:
    """`38%`, `98.5%`."""
    unit = Decimal(1).scaleb(-places)
    return f"{(part * 100).quantize(unit, rounding=ROUND_HALF_UP)}%"


def share(part: timedelta, whole: timedelta) -> Decimal:
    """Which part of the whole; none of nothing."""
    return (
        Decimal(part // timedelta(seconds=1)) / Decimal(whole // timedelta(seconds=1))
        if whole
        else Decimal(0)
    )


def more(now: int, before: int, unit: str = "") -> str:
    """`+3`, `-2 张`, `持平`: against the period before."""
    return f"{now - before:+d}{unit}" if now != before else "持平"


def growth(now: Decimal, before: Decimal) -> str:
    """`+12%`; empty where there was nothing before."""
    if not before:
        return ""
    whole = int(((now - before) / before * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return f"{whole:+d}%" if whole else "持平"
