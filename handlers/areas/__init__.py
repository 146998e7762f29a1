"""One function for one intent: load, decide, save, word."""

from handlers.areas import care, fulfilment, people, queries, reports, review, stock
from handlers.router import Router


def router() -> Router:
    """Everything people can ask for."""
    areas = (review, fulfilment, care, stock, queries, reports, people)
    result = Router()
    for area in areas:
        result = result.with_handlers(area.HANDLERS)
    return result
