"""Who may do what, and what is sensible next."""

from domain.catalogue import Staff
from domain.company import Company
from domain.order import Order


def may(staff: Staff, action: str, order: Order | None, company: Company) -> bool:
    """True when this person may do it (to this order), whatever step it stands in."""
    raise NotImplementedError


def offers(staff: Staff, order: Order, company: Company) -> tuple[str, ...]:
    """The actions this person may sensibly do next, the most natural first."""
    raise NotImplementedError
