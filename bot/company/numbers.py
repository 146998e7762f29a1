"""Numbers as people and spreadsheets write them."""

import re
from decimal import Decimal
from functools import lru_cache

_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d{1,15})(\.\d{1,12})?", re.ASCII)


# A table of thousands of rows has few different numbers.
@lru_cache(maxsize=4096)
def number_in(value: str) -> Decimal | None:
    """The number written here, thousands commas allowed, or None."""
    return Decimal(value.replace(",", "")) if _NUMBER.fullmatch(value) else None


@lru_cache(maxsize=4096)
def places_of(number: Decimal) -> int:
    """How many decimal places a number really has: two for 1.250."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
