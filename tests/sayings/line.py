"""A line and what it means."""

from dataclasses import dataclass
from datetime import datetime

from tests.sayings.answers import Answer

NOW = datetime.fromisoformat("2026-11-23T10:00:00+08:00")
"""A Monday."""


@dataclass(frozen=True, slots=True)
class Line:
    """A message, what it means, what kind of line it is, and what its sender said before."""

    text: str
    answer: Answer
    kind: str
    history: tuple[str, ...] = ()
