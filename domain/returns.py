"""Goods that come back."""

from collections.abc import Sequence

from domain.act import Act, Portion
from domain.facts import Change
from domain.order import Order


def take_back(order: Order, act: Act, portions: Sequence[Portion] = (), reason: str = "") -> Change:
    """Everything the customer has, or the portions named, is back in the warehouse it came from."""
    raise NotImplementedError
