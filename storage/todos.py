"""The process owner's list."""

from dataclasses import asdict, dataclass

from domain.ports import Todo
from storage import todo_statements as statements
from storage.engine import Database
from storage.text import storable


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
        async with self._database.session() as session:
            (row,) = await session.change(statements.ADD, **storable(asdict(todo)))
        return int(row["id"])

    async def open(self, limit: int = 100) -> tuple[ListedTodo, ...]:
        """What nobody closed yet, newest first."""
        async with self._database.session() as session:
            rows = await session.rows(statements.LISTED, limit=limit)
        return tuple(ListedTodo(row["id"], statements.todo_of(row)) for row in rows)
