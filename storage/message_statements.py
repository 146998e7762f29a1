"""What a message begins with, and what a timer or a run is taken with; built once."""

from typing import Any

from sqlalchemy import Select, Text, bindparam, func, literal_column, select, text, true, update

from storage.prepared import Prepared
from storage.tables import PENDING_TIMER, conversations, inbox, rules, timers
from storage.types import Time


def _open() -> Select[Any]:
    """One row, whatever is there: the reply recorded, the conversation, the rules' version."""
    nothing = select(literal_column("1").label("one")).subquery()
    reply = (inbox.c.platform == bindparam("platform")) & (inbox.c.app == bindparam("app"))
    conversation = conversations.c.person == bindparam("person")
    newest = select(func.coalesce(func.max(rules.c.version), literal_column("0"))).scalar_subquery()
    return select(
        inbox.c.reply,
        conversations.c.version,
        conversations.c.document,
        conversations.c.expires_at,
        newest.label("rules_version"),
    ).select_from(
        nothing.outerjoin(inbox, reply & (inbox.c.key == bindparam("key"))).outerjoin(
            conversations, conversation & (conversations.c.place == bindparam("place"))
        )
    )


OPEN = Prepared(_open())

TAKE_TIMER = Prepared(
    update(timers)
    .where(
        *(column == bindparam(f"of_{column.name}") for column in timers.primary_key),
        text(PENDING_TIMER),
    )
    .values(done=true())
    .returning(timers.c.order_number)
)

TAKE_RUN = Prepared(
    text(
        "INSERT INTO runs (name, slot, begun_at, done_at) VALUES (:name, :slot, :now, :now) "
        "ON CONFLICT (name, slot) DO NOTHING RETURNING name"
    )
    .bindparams(bindparam("now", type_=Time))
    .columns(name=Text)
)
