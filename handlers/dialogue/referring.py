"""What a line is about that names no order: the draft that is open, or the order talked about last."""

from dataclasses import replace

from domain.catalogue import Catalogue
from handlers.dialogue.memory import Memory
from handlers.dialogue.slots import first_open, settle
from handlers.understanding.reading import Reading

ABOUT_DRAFT = frozenset({"order.change", "order.note", "order.cancel"})


def about_last(reading: Reading, memory: Memory, catalogue: Catalogue) -> Reading:
    """Put the number in place of 刚才那单; an open draft is what a correction is about."""
    about_draft = reading.intent in ABOUT_DRAFT and memory.drafts and not reading.slots.customer
    if about_draft and (reading.slots.orders == ("last",) or "orders" in reading.missing):
        missing = tuple(path for path in reading.missing if path != "orders")
        slots = replace(reading.slots, orders=("last",))
        return _narrowed(replace(reading, slots=slots, missing=missing), memory, catalogue)
    if reading.slots.orders != ("last",):
        return reading
    if memory.last is None:
        slots = replace(reading.slots, orders=())
        return replace(reading, slots=slots, missing=(*reading.missing, "orders"))
    return replace(reading, slots=replace(reading.slots, orders=(str(memory.last),)))


def _narrowed(reading: Reading, memory: Memory, catalogue: Catalogue) -> Reading:
    """A general word in a correction is the one product of the draft that it fits."""
    ordered = {line.sku for line in memory.drafts[0].reading.slots.lines}
    item = first_open(reading)
    while item and item.kind == "sku":
        fits = [sku for sku in item.candidates if sku in ordered]
        if len(fits) != 1:
            break
        reading = settle(reading, item, fits[0], catalogue)
        item = first_open(reading)
    return reading
