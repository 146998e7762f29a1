"""Who is who on the platforms beside the table of staff."""

from dataclasses import asdict
from datetime import datetime

from domain.binding import (
    REQUEST_LIVES,
    TRIES_WITHIN,
    Account,
    Bound,
    Code,
    Preferred,
    Refused,
    Request,
    Unbound,
)
from domain.identity import Binding, Preference, Register
from storage import binding_statements as statements
from storage import writes
from storage.events import append_to_stream
from storage.prepared import Row
from storage.session import Session


class SqlBindings:
    """`domain.binding.Bindings` within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def register(self) -> Register:
        """All that people have said of themselves."""
        # The version first: what is written meanwhile is read with it, and read once more later.
        (newest,) = await self._session.rows(statements.VERSION)
        bindings = await self._session.rows(statements.BINDINGS)
        preferences = await self._session.rows(statements.PREFERENCES)
        return Register(
            newest["version"],
            tuple(map(_binding_of, bindings)),
            tuple(Preference(row["person"], row["door"]) for row in preferences),
        )

    async def attempt(self, account: Account, now: datetime) -> int:
        """Count one more try of this id."""
        (row,) = await self._session.locking(
            statements.TRY, platform=account.platform, account=account.id, now=now, before=now - TRIES_WITHIN
        )
        return int(row["tries"])

    async def offer(self, code: Code) -> None:
        """Gather a code, in the place of an earlier one."""
        self._session.add(writes.CODE, {**asdict(code), "wrong": 0})

    async def codes(self, now: datetime) -> tuple[Code, ...]:
        """The codes that still count."""
        return tuple(_code_of(row) for row in await self._session.rows(statements.CODES, now=now))

    async def spend(self, code: Code) -> bool:
        """True for the one who uses this code up."""
        return bool(await self._session.locking(statements.SPEND, person=code.person, digest=code.digest))

    async def missed(self, now: datetime) -> None:
        """A wrong code was typed."""
        await self._session.locking(statements.MISSED, now=now)

    async def ask(self, request: Request) -> int | None:
        """Keep a request; says its number."""
        row = asdict(request)
        del row["number"]
        rows = await self._session.locking(statements.ASK, **row, since=request.at - REQUEST_LIVES)
        return int(rows[0]["id"]) if rows else None

    async def request(self, number: int, now: datetime) -> Request | None:
        """The request that waits under this number."""
        rows = await self._session.rows(statements.REQUEST, number=number, since=now - REQUEST_LIVES)
        return _request_of(rows[0]) if rows else None

    async def requests(self, now: datetime, limit: int) -> tuple[Request, ...]:
        """Those that wait, oldest first."""
        rows = await self._session.rows(statements.REQUESTS, since=now - REQUEST_LIVES, limit=limit)
        return tuple(map(_request_of, rows))

    async def settle(self, request: Request) -> bool:
        """True for the one who decides this request as it was read."""
        return bool(await self._session.locking(statements.SETTLE, number=request.number, at=request.at))

    async def keep(self, change: Bound | Unbound | Refused | Preferred) -> None:
        """Gather it with its event; whoever else changes something at this moment waits, or is `Stale`."""
        await append_to_stream(self._session, change.event)
        if isinstance(change, Bound | Unbound):
            binding = asdict(change.binding)
            binding["actor"] = binding.pop("by")
            self._session.add(writes.BINDING if isinstance(change, Bound) else writes.UNBOUND, binding)
        elif isinstance(change, Preferred):
            self._session.add(writes.PREFERENCE, asdict(change.preference))


def _binding_of(row: Row) -> Binding:
    return Binding(
        row["platform"], row["account"], row["written"], row["person"], row["at"], row["actor"], row["source"]
    )


def _code_of(row: Row) -> Code:
    return Code(row["person"], row["platform"], row["salt"], row["digest"], row["at"], row["expires_at"])


def _request_of(row: Row) -> Request:
    named = ("platform", "account", "written", "claimed", "at", "source")
    return Request(**{name: row[name] for name in named}, number=row["id"])
