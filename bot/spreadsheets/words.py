"""A cell's value as the words that stand there."""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPACES = re.compile(r"\s+")
_DIGITS = 15
"""What a spreadsheet keeps of a number, and shows: 0.1+0.2 is 0.3."""


def words(value: object) -> str:
    """The value in words, on one line, without what cannot be seen."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{Decimal(f'{value:.{_DIGITS}g}'):f}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def clean(text: str) -> str:
    """Words on one line, without control characters and marks that hide or turn them."""
    if text.isascii() and text.isprintable():
        return text.strip()
    kept = "".join(char for char in _SPACES.sub(" ", text) if _visible(char))
    return kept.strip()


def _visible(char: str) -> bool:
    return char.isprintable() or unicodedata.category(char) not in INVISIBLE
