"""What is about to leave: letters, each for one or several notices owed, and the messages that carry them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from domain.facts import Notice
from domain.notices import REPLY
from domain.outbox import Delivery
from domain.sending import Rendered


@dataclass(frozen=True, slots=True)
class Letter:
    """What is said in place of these deliveries; usually the notice of the only one."""

    notice: Notice
    deliveries: tuple[Delivery, ...]

    @property
    def first(self) -> Delivery:
        """The oldest of them."""
        return self.deliveries[0]

    @property
    def merges(self) -> bool:
        """True when it is about an order: it can be told in a line among others."""
        return self.notice.order is not None and self.notice.kind != REPLY


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the platform, or as many as its words need (`cost`). `key` is its idempotency key."""

    rendered: Rendered
    letters: tuple[Letter, ...]
    key: str
    cost: int = 1

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """Everything that has arrived once this message has."""
        return tuple(delivery for letter in self.letters for delivery in letter.deliveries)

    @property
    def ids(self) -> tuple[str, ...]:
        """Their ids."""
        return ids(self.deliveries)


def ids(deliveries: Sequence[Delivery]) -> tuple[str, ...]:
    """The ids of these."""
    return tuple(delivery.id for delivery in deliveries)


def key_of(deliveries: Sequence[str]) -> str:
    """The key of a message with exactly these notices: one that carries anything else must not be taken for it."""
    if len(deliveries) == 1:
        return deliveries[0]
    return hashlib.sha256("\n".join(sorted(deliveries)).encode()).hexdigest()[:32]
