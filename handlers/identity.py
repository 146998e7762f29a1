"""From a platform's user to a colleague."""

from collections.abc import Sequence

from domain.catalogue import Staff
from domain.company import Company
from domain.identity import anybody, identify
from handlers.message import Message

__all__ = ["identify", "known_as", "left", "sender_of"]


def sender_of(message: Message, company: Company) -> Staff | None:
    """The active colleague who wrote it, by any of the ids the platform gave; None: a stranger, or somebody who left."""
    return identify(company, message.key.platform, message.sender, *message.also_known)


def known_as(company: Company, platform: str, ids: Sequence[str]) -> str:
    """That of somebody's ids by which the company knows them, else the first."""
    return next((one for one in ids if identify(company, platform, one)), ids[0])


def left(message: Message, company: Company) -> Staff | None:
    """The former colleague who wrote it, or None."""
    found = anybody(company, message.key.platform, message.sender, *message.also_known)
    return found if found is not None and not found.active else None
