"""Ladders: who is told when an order stands too long."""

from datetime import datetime

from domain.company import Company
from domain.facts import Change, Timer
from domain.order import Order


def timers_of(order: Order, company: Company) -> tuple[Timer, ...]:
    """When to look at this order, for each rung of the ladder of the step it stands in."""
    raise NotImplementedError


def overdue(order: Order, timer: Timer, at: datetime, company: Company) -> Change | None:
    """Tell whom the rung names and set the next repeat; None when the order has moved on."""
    raise NotImplementedError
