"""Everything people can ask for, by what it needs: the order alone, the stock, figures, other people."""

from handlers.areas import (
    accounts,
    aliases,
    amending,
    binding,
    deeds,
    doors,
    people,
    queries,
    quiet,
    reports,
    review,
    shelves,
    stock,
)
from handlers.router import Router


def router() -> Router:
    """Everything people can ask for."""
    areas = (
        deeds,
        shelves,
        amending,
        review,
        stock,
        queries,
        reports,
        accounts,
        people,
        quiet,
        aliases,
        binding,
        doors,
    )
    result = Router()
    for area in areas:
        result = result.with_handlers(area.HANDLERS)
    return result
