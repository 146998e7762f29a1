"""Cards that stand in chats and can still be changed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Integer, bindparam, delete, literal_column, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from domain.live_cards import LiveCard
from storage.engine import Database
from storage.prepared import Prepared, Row
from storage.tables import live_cards
from storage.types import Document, Number, Time

MOST = 20
"""Of one order; older ones answer a press with the newest state all the same."""

_key = (live_cards.c.platform, live_cards.c.message)
_values = {
    "platform": bindparam("platform"),
    "message": bindparam("message"),
    "address": bindparam("address"),
    "at": bindparam("at", type_=Time),
    "text": bindparam("text"),
    "title": bindparam("title"),
    "buttons": bindparam("buttons", type_=Document),
    "order_number": bindparam("order_number", type_=Number),
    "entry": bindparam("entry", type_=Integer),
    "asker": bindparam("asker"),
}
_changed = {name: value for name, value in _values.items() if name not in {"platform", "message"}}
_this = (live_cards.c.platform == bindparam("platform"), live_cards.c.message == bindparam("message"))

KEEP = Prepared(
    postgres_insert(live_cards)
    .values(_values)
    .on_conflict_do_update(index_elements=_key, set_=_changed)
    .returning(live_cards.c.message),
    sqlite=sqlite_insert(live_cards)
    .values(_values)
    .on_conflict_do_update(index_elements=_key, set_=_changed)
    .returning(live_cards.c.message),
)
TAKE = Prepared(delete(live_cards).where(*_this).returning(live_cards))
OF_ORDER = Prepared(
    select(live_cards)
    .where(
        live_cards.c.order_number == bindparam("order", type_=Number),
        live_cards.c.platform == bindparam("platform"),
    )
    .order_by(live_cards.c.at.desc())
    .limit(literal_column(str(MOST)))
)
FORGET = Prepared(
    delete(live_cards)
    .where(live_cards.c.at < bindparam("before", type_=Time))
    .returning(live_cards.c.message)
)


class Cards:
    """`domain.live_cards.LiveCards`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, card: LiveCard) -> None:
        """From now on it stands there."""
        async with self._database.session() as session:
            await session.change(
                KEEP,
                platform=card.platform,
                message=card.message,
                address=card.address,
                at=card.at,
                text=card.text,
                title=card.title,
                buttons=card.buttons,
                order_number=card.order,
                entry=card.entry,
                asker=card.asker,
            )

    async def take(self, platform: str, message: str) -> LiveCard | None:
        """The card, and nobody else gets it."""
        async with self._database.session() as session:
            rows = await session.change(TAKE, platform=platform, message=message)
        return _card(rows[0]) if rows else None

    async def of_order(self, platform: str, order: int) -> Sequence[LiveCard]:
        """Those about this order, the newest first."""
        async with self._database.session() as session:
            return [_card(row) for row in await session.rows(OF_ORDER, platform=platform, order=order)]

    async def forget(self, before: datetime) -> int:
        """Delete those shown before then; says how many."""
        async with self._database.session() as session:
            return len(await session.change(FORGET, before=before))


def _card(row: Row) -> LiveCard:
    return LiveCard(
        platform=row["platform"],
        message=row["message"],
        address=row["address"],
        at=row["at"],
        text=row["text"],
        title=row["title"],
        buttons=tuple((label, say) for label, say in row["buttons"]),
        order=row["order_number"],
        entry=row["entry"],
        asker=row["asker"],
    )
