"""Cards that stand in chats and can still be changed there, by the platform's own message id."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class LiveCard:
    """What was shown, where and when.

    `order` in its `entry`-th step is what its buttons are about; `asker` the user id whose question it answers, empty
    for a notice. `buttons` are (label, say).
    """

    platform: str
    message: str
    address: str
    at: datetime
    text: str
    title: str = ""
    buttons: tuple[tuple[str, str], ...] = ()
    order: int | None = None
    entry: int | None = None
    asker: str = ""


class LiveCards(Protocol):
    """All of them; losing one costs no more than an old button that answers with the newest state."""

    async def keep(self, card: LiveCard) -> None:
        """From now on it stands there, in the place of what its message showed before."""

    async def take(self, platform: str, message: str) -> LiveCard | None:
        """The card, for whoever is about to change it: nobody else gets it from now on."""

    async def of_order(self, platform: str, order: int) -> Sequence[LiveCard]:
        """Those about this order, the newest first; not more than are worth changing."""

    async def forget(self, before: datetime) -> int:
        """Delete those shown before then, which the platform changes no more; says how many."""
