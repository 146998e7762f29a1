"""Refusals: every `DomainError` carries facts; `handlers.wording` turns them into a sentence."""

from collections.abc import Mapping


class DomainError(Exception):
    """Something was asked that the rules refuse. `code` names the sentence, `facts` fill it."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, object] = facts


class NotAllowed(DomainError):
    """The person, the step or the rule forbids it; facts say who may and what to do instead."""


class Invalid(DomainError):
    """What was given cannot be right: a quantity, a price, a date, an amount."""


class Unknown(DomainError):
    """Something named does not exist: order, customer, product, staff, warehouse."""


class Stale(Exception):
    """Somebody else wrote first. The dispatcher tries once more before it answers."""


class DatabaseAway(Exception):
    """The database cannot be reached or does not answer in time; nothing of this message was written."""


class NoSchema(DatabaseAway):
    """The database answers, but nothing was ever made in it: it lacks this program's schema."""
