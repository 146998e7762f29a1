"""Where people have spoken to a bot, and who stands behind the ids it is shown."""

from datetime import datetime

from sqlalchemy import Text, bindparam, delete, select, text

from domain.intake import Chat
from storage.engine import Database
from storage.prepared import Prepared
from storage.tables import aliases, chats
from storage.types import Time

_at = bindparam("at", type_=Time)

SPOKE = Prepared(
    text(
        "INSERT INTO chats (platform, app, name, peer, single, at) "
        "VALUES (:platform, :app, :name, :peer, :single, :at) "
        "ON CONFLICT (platform, app, name) DO NOTHING RETURNING name"
    )
    .bindparams(_at)
    .columns(name=Text)
)
# A person's id may be shown otherwise from one day to the next, when somebody else becomes the bot's owner.
MOVED = Prepared(
    text(
        "UPDATE chats SET peer = :peer WHERE platform = :platform AND app = :app AND name = :name "
        "AND peer <> :peer RETURNING name"
    ).columns(name=Text)
)
CHAT = Prepared(
    select(chats).where(*(chats.c[name] == bindparam(name) for name in ("platform", "app", "name")))
)
ALIAS = Prepared(
    select(aliases.c.user_id).where(
        *(aliases.c[name] == bindparam(name) for name in ("platform", "app", "shown"))
    )
)
KEEP = Prepared(
    text(
        "INSERT INTO aliases (platform, app, shown, user_id, at) VALUES (:platform, :app, :shown, :user_id, :at) "
        "ON CONFLICT (platform, app, shown) DO UPDATE SET user_id = excluded.user_id, at = excluded.at "
        "RETURNING shown"
    )
    .bindparams(_at)
    .columns(shown=Text)
)
FORGET = Prepared(
    delete(aliases).where(aliases.c.at < bindparam("before", type_=Time)).returning(aliases.c.shown)
)


class SqlChats:
    """`domain.intake.Chats`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def spoke(self, platform: str, app: str, chat: Chat, at: datetime) -> bool:
        """From now on the bot may speak there; True where it is the first time."""
        this = {"platform": platform, "app": app, "name": chat.name, "peer": chat.peer}
        async with self._database.session() as session:
            if await session.change(SPOKE, **this, single=chat.single, at=at):
                return True
            await session.change(MOVED, **this)
        return False

    async def of(self, platform: str, app: str, name: str) -> Chat | None:
        """The conversation of this name, where anybody has spoken in it."""
        async with self._database.session() as session:
            rows = await session.rows(CHAT, platform=platform, app=app, name=name)
        return Chat(name, rows[0]["peer"], rows[0]["single"]) if rows else None


class SqlAliases:
    """`domain.intake.Aliases`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, platform: str, app: str, shown: str) -> str | None:
        """The id, where it was looked up before."""
        async with self._database.session() as session:
            rows = await session.rows(ALIAS, platform=platform, app=app, shown=shown)
        return str(rows[0]["user_id"]) if rows else None

    async def keep(self, platform: str, app: str, shown: str, user_id: str, at: datetime) -> None:
        """Remember it."""
        async with self._database.session() as session:
            await session.change(KEEP, platform=platform, app=app, shown=shown, user_id=user_id, at=at)

    async def forget(self, before: datetime) -> int:
        """Delete what was looked up before then; says how many."""
        async with self._database.session() as session:
            return len(await session.change(FORGET, before=before))
