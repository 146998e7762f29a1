"""Products that were just fought over."""

import time
from collections.abc import Iterable

LASTS = 5.0
"""Seconds; a message that lost is tried again at once."""


class Contention:
    """Remembers for a moment of which products two wanted the last.

    Stock is read without a lock and guarded when it is written: that keeps the rows of a product that everybody buys
    free until the moment of writing. Whoever loses there is `Stale`, and would lose again and again while the last
    boxes go; so for these products the next one locks first.
    """

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def note(self, skus: Iterable[str]) -> None:
        """Somebody lost over these."""
        now = time.monotonic()
        self._until = {sku: until for sku, until in self._until.items() if until > now}
        self._until.update(dict.fromkeys(skus, now + LASTS))

    def over(self, skus: Iterable[str]) -> bool:
        """True when somebody lost over one of these a moment ago."""
        if not self._until:
            return False
        now = time.monotonic()
        return any(self._until.get(sku, 0.0) > now for sku in skus)
