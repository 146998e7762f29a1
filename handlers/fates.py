"""What becomes of each row of a file: taken, asked about, or refused with the reason. Shown by wording."""

from dataclasses import dataclass
from typing import TypeAlias

Row: TypeAlias = tuple[str, int]
"""The page (empty where there is only one) and the number of a row."""

RULES = "rules"
"""The reason of what the company's rules refuse; which, the sentence says."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A row, or a cell of a matrix, that is not ordered: `why` as `sheets.wishes.LEFT` or `RULES`."""

    row: Row
    why: str
    words: str
    column: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Fates:
    """Every row that is neither empty nor a head nor a sum is in exactly one of the three.

    `refused` has more than one entry for a row where several of its cells are refused, also for rows of which others
    are taken; `wholly` are those of which nothing is.
    """

    taken: tuple[Row, ...]
    asked: tuple[tuple[Row, str], ...]
    refused: tuple[Refused, ...]

    @property
    def wholly(self) -> tuple[Row, ...]:
        """The rows of which nothing is ordered."""
        kept = {*self.taken, *(row for row, _ in self.asked)}
        return tuple(dict.fromkeys(one.row for one in self.refused if one.row not in kept))

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.taken) + len(self.asked) + len(self.wholly)
