"""Reviewing: yes, no, and once more."""

from collections.abc import Mapping

from domain.act import Act
from domain.facts import Change
from domain.order import Order
from domain.ports import EntryFacts, StockLevel


def approve(order: Order, act: Act, stock: Mapping[tuple[str, str], StockLevel]) -> Change:
    """A reviewer's yes; the last one needed reserves the stock and lets the order go."""
    raise NotImplementedError


def reject(order: Order, act: Act, reason: str) -> Change:
    """Back to the salesperson as a draft, with the reason; what was reserved is released."""
    raise NotImplementedError


def resubmit(
    order: Order, act: Act, facts: EntryFacts, stock: Mapping[tuple[str, str], StockLevel]
) -> Change:
    """A rejected order comes back as if it were new."""
    raise NotImplementedError
