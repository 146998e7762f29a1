"""Order numbers where there is no sequence."""

import itertools
from collections.abc import Iterable


class Numbers:
    """Gives each number to one transaction of this process at a time; one that was not written is given again.

    What a transaction read as the newest order may be older than what another has written since.
    """

    def __init__(self) -> None:
        self._given: set[int] = set()
        self._newest = 0

    def give(self, free: int) -> int:
        """`free`, or the next number that nobody has."""
        number: int = next(
            one for one in itertools.count(max(free, self._newest + 1)) if one not in self._given
        )
        self._given.add(number)
        return number

    def written(self, numbers: Iterable[int]) -> None:
        """These stand in the database now."""
        self._newest = max((self._newest, *numbers))

    def give_back(self, numbers: Iterable[int]) -> None:
        """Whoever was given these has ended."""
        self._given.difference_update(numbers)
