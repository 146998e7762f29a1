"""The process owner's list."""

from dataclasses import dataclass
from datetime import datetime

from domain.ports import Todo
from storage.engine import Database


@dataclass(frozen=True, slots=True)
class ListedTodo:
    """A to-do with its number on the list."""

    id: int
    todo: Todo


class Todos:
    """Things somebody must look at."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, todo: Todo) -> int:
        """Put it onto the list outside of any message (the delivery loop, a bug); says its number."""
        raise NotImplementedError

    async def open(self, limit: int = 100) -> tuple[ListedTodo, ...]:
        """What nobody closed yet, oldest first."""
        raise NotImplementedError

    async def close(self, todo: int, at: datetime, by: str) -> bool:
        """Take it off the list; False when it was off already."""
        raise NotImplementedError
