"""What a message begins with, and what a timer or a run is taken with; built once."""

from typing import Any

from sqlalchemy import Select, Text, bindparam, func, literal_column, select, text, true, update

from domain.ladder import REMINDER
from storage.binding_statements import newest as register
from storage.duty import away_since
from storage.prepared import Prepared
from storage.tables import PENDING_TIMER, conversations, inbox, rules, timers
from storage.types import Number, Time


def _open(*, sqlite: bool) -> Select[Any]:
    """One row, whatever is there: the reply recorded, the conversation, the versions of rules and register, who is away."""
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
        register.label("register"),
        away_since("today", sqlite=sqlite).label("absences"),
    ).select_from(
        nothing.outerjoin(inbox, reply & (inbox.c.key == bindparam("key"))).outerjoin(
            conversations, conversation & (conversations.c.place == bindparam("place"))
        )
    )


OPEN = Prepared(_open(sqlite=False), sqlite=_open(sqlite=True))

TAKE_TIMER = Prepared(
    update(timers)
    .where(
        *(column == bindparam(f"of_{column.name}") for column in timers.primary_key),
        text(PENDING_TIMER),
        # Whoever was silenced since he was claimed rings later.
        func.coalesce(timers.c.fell_due, timers.c.due) <= bindparam("known_due", type_=Time),
    )
    .values(done=true())
    .returning(timers.c.order_number)
)
# All that one step entry owes since before then, so that its rungs are decided together.
TAKE_LATE = Prepared(
    update(timers)
    .where(
        timers.c.order_number == bindparam("order_number", type_=Number),
        timers.c.entry == bindparam("of_entry"),
        timers.c.rung > literal_column(str(REMINDER)),
        text(PENDING_TIMER),
        func.coalesce(timers.c.fell_due, timers.c.due) <= bindparam("before", type_=Time),
    )
    .values(done=true())
    .returning(*timers.c)
)

TAKE_RUN = Prepared(
    text(
        "INSERT INTO runs (name, slot, begun_at, done_at) VALUES (:name, :slot, :now, :now) "
        "ON CONFLICT (name, slot) DO NOTHING RETURNING name"
    )
    .bindparams(bindparam("now", type_=Time))
    .columns(name=Text)
)
