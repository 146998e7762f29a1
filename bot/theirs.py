"""What is owed to a person goes to the account that is theirs when it is sent, not when it was written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from domain.sending import Rendered, Sender, Undeliverable

PERSON = "user"


@dataclass(frozen=True, slots=True)
class Theirs:
    """A sender by one way. Between writing and sending somebody may have left, or been unbound, or changed the id."""

    way: str
    sender: Sender
    reach: Callable[[str], Sequence[tuple[str, str]]]

    async def send(self, to: str, address: str, notice: Rendered, idempotency_key: str) -> None:
        """Deliver to the person's account of now, or raise `Undeliverable` where they have none there any more."""
        kind, _, person = to.partition(":")
        if kind == PERSON:
            accounts = dict(self.reach(f"everywhere:{person}"))
            if self.way not in accounts:
                raise Undeliverable("离职了，或者公司不再用这个平台通知到个人")
            address = accounts[self.way]
        await self.sender.send(to, address, notice, idempotency_key)


def theirs(
    ways: Mapping[str, Sender], reach: Callable[[str], Sequence[tuple[str, str]]]
) -> Mapping[str, Sender]:
    """Every way, with what is for people sent to their accounts of now."""
    return {way: Theirs(way, sender, reach) for way, sender in ways.items()}
