"""Whether a line asks for goods, and by which words it does or does not."""

import re

from handlers.understanding.grammar.classify import BUYS, DOUBT, ORDERING, QUESTION, REFUSED, STORY, Shape
from handlers.understanding.grammar.grounds import By, Ground

_QUANTITY = re.compile("Q")
_NUMBER = re.compile(r"[Pr].{0,3}N|N.{0,2}P")
_FOR_CUSTOMER = re.compile("C")
_VAGUE = re.compile(r"(?:来|要|拿|补|进|搞|整|弄)(?:点|些)|一些|一点|若干|适量")
_SHORT = 6
_AGAINST = ((By.DOUBT, DOUBT), (By.STORY, STORY), (By.QUESTION, QUESTION))


def against(shape: Shape) -> Ground | None:
    """What keeps a line from being an order: a perhaps, a story, a question."""
    found = (Ground(by, match) for by, pattern in _AGAINST if (match := pattern.search(shape.masked)))
    return next(found, None)


def refused(shape: Shape) -> Ground | None:
    """Words that say that nothing is wanted."""
    match = REFUSED.search(shape.masked)
    return Ground(By.REFUSED, match) if match else None


def wanted(shape: Shape) -> Ground | None:
    """What makes a line an order; None where nothing does, or something speaks against it."""
    masked = shape.masked
    counted, ordering = _QUANTITY.search(masked) or _NUMBER.search(masked), ORDERING.search(masked)
    found: tuple[tuple[By, re.Match[str] | None], ...]
    if "P" in masked:
        wants = _VAGUE.search(masked) or BUYS.search(masked)
        customer = _FOR_CUSTOMER.search(masked)
        found = (
            (By.COUNTED, counted),
            (By.ORDERING, ordering),
            (By.FOR_CUSTOMER, customer),
            (By.BUYS, wants),
        )
    elif "C" in masked:
        found = ((By.ORDERING, ordering), (By.COUNTED, counted))
    else:
        found = ((By.ORDERING, ordering if len(shape.bare) < _SHORT else None),)
    ground = next((Ground(by, match) for by, match in found if match), None)
    return ground if ground and not against(shape) else None
