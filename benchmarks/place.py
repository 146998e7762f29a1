"""Where it is measured, and what a part of the measuring is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Place:
    """Where an engine is measured: an empty database for each purpose."""

    engine: str
    urls: Mapping[str, str]
    folder: Path
    seconds: float


class Part(Protocol):
    """A module that measures one thing, in databases of its own.

    A measured value meets its target when it is not above it.
    """

    DATABASES: Collection[str]
    TARGETS: Mapping[str, float]

    async def measure(self, place: Place) -> dict[str, Any]:
        """The figures, as JSON."""

    def verdicts(self, figures: Mapping[str, Any]) -> dict[str, float]:
        """By target, what was measured."""

    def lines(self, figures: Mapping[str, Any]) -> Sequence[str]:
        """What a person reads."""
