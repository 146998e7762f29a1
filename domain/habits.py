"""What a customer usually takes: enough to put it first when it must be asked anyway, never to decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

LATEST = 10
"""So many of a customer's latest orders are looked at."""
LEAST = 2
"""What happened once is no habit."""


@dataclass(frozen=True, slots=True)
class Habit:
    """`value` (a sku, unit or address) was in `times` of the latest `orders` orders."""

    value: str
    times: int
    orders: int


class Habits(Protocol):
    """A customer's latest orders, those that are drafts or cancelled aside; each answer is one round trip."""

    async def goods(self, customer: str, skus: Sequence[str]) -> tuple[Mapping[str, int], int]:
        """In how many of them each of these was, and how many orders there are."""

    async def units(self, customer: str, sku: str) -> tuple[Mapping[str, int], int]:
        """In which unit this was ordered how often, and in how many orders."""

    async def addresses(self, customer: str) -> tuple[Mapping[str, int], int]:
        """Where they went, and how many orders there are."""


def habit(found: tuple[Mapping[str, int], int]) -> Habit | None:
    """What was there more often than anything else, or None where nothing stands out."""
    counts, orders = found
    ranked = sorted(counts.items(), key=lambda one: -one[1])
    if not ranked or ranked[0][1] < LEAST or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    return Habit(ranked[0][0], ranked[0][1], orders)
