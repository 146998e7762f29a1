"""The database behind a URL."""

from collections.abc import Callable, Sequence
from typing import Self

from domain.ports import UnitsOfWork

Routes = Callable[[str], Sequence[tuple[str, str]]]
"""The ways (`wecom-robot`, …) and addresses that reach `group:warehouse` or `user:lina` now; none: unreachable."""

KindOf = Callable[[str], str]
"""The kind (`picking`, `short`, …) of a step's key in the rules in force."""


class Database:
    """Everything that storage can do, on one database."""

    def units(self, routes: Routes, kind_of: KindOf = str) -> UnitsOfWork:
        """Make units of work that send notices along `routes`."""
        raise NotImplementedError

    async def ping(self) -> None:
        """Return when the database answers and has our schema, or raise `DatabaseAway`."""

    async def dispose(self) -> None:
        """Close every connection."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.dispose()


def connect(url: str, *, pool_size: int = 10) -> Database:
    """The database at `url` (`sqlite+aiosqlite:///…` or `postgresql+asyncpg://…`); connects when first used."""
    raise NotImplementedError(url, pool_size)
