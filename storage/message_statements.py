"""What a message begins with, and what a timer is taken with; built once."""

from typing import Any

from sqlalchemy import Select, bindparam, func, literal_column, select, text, true, update

from storage.duty import away_since
from storage.prepared import Prepared
from storage.tables import PENDING_TIMER, conversations, inbox, rules, timers
from storage.types import Time


def _open(*, sqlite: bool) -> Select[Any]:
    """One row, whatever is there: the reply recorded, the conversation, the rules' version, who is away."""
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
        timers.c.due <= bindparam("known_due", type_=Time),
    )
    .values(done=true())
    .returning(timers.c.order_number)
)
