"""Stopping: for a while, or for good."""

from collections.abc import Mapping

from domain.act import Act
from domain.facts import Change
from domain.order import Order
from domain.ports import StockLevel


def hold(order: Order, act: Act, reason: str = "") -> Change:
    """Suspend; what is reserved stays reserved."""
    raise NotImplementedError


def resume(order: Order, act: Act, stock: Mapping[tuple[str, str], StockLevel]) -> Change:
    """Go on where it stood."""
    raise NotImplementedError


def cancel(order: Order, act: Act, reason: str = "") -> Change:
    """Give it up and release the stock."""
    raise NotImplementedError
