"""The process owner's list, its statements built once."""

from sqlalchemy import Integer, bindparam, insert, select, text, update

from domain.ports import Todo
from storage.prepared import Prepared, Row
from storage.tables import todos
from storage.types import Time

OPEN = "closed_at IS NULL"

ADD = Prepared(
    insert(todos)
    .values({name: bindparam(name) for name in ("kind", "at", "text", "person", "source")})
    .returning(todos.c.id)
)
LISTED = Prepared(
    select(todos).where(text(OPEN)).order_by(todos.c.id.desc()).limit(bindparam("limit", type_=Integer))
)
CLOSE = Prepared(
    update(todos)
    .where(text(OPEN))
    .values(closed_at=bindparam("at", type_=Time), closed_by=bindparam("by"))
    .returning(todos.c.id)
)


def todo_of(row: Row) -> Todo:
    """The to-do of a row."""
    return Todo(row["kind"], row["at"], row["text"], row["person"], row["source"])
