"""Long work in steps, so that whoever runs it may let others have their turn in between."""

from collections.abc import Generator
from typing import TypeAlias, TypeVar

Result = TypeVar("Result")

Steps: TypeAlias = Generator[None, None, Result]
"""Yields after each step of a few milliseconds at most; gives its result at the end."""


def finished(steps: Steps[Result]) -> Result:
    """The result, at once."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: Result = end.value
            return result
