"""Words that nobody was asked about: carried into the draft that shows them, and asked about after all."""

from dataclasses import replace

from domain.catalogue import Catalogue
from handlers.asking import Assumed, Pending
from handlers.dialogue.memory import Memory
from handlers.dialogue.slots import reopened
from handlers.understanding import Doubt, Reading
from handlers.understanding.readings.teaching import term


def into_draft(memory: Memory, request: Pending) -> Memory:
    """The memory whose draft shows what a correction of it assumes."""
    if not (request.assumed and memory.drafts and request.reading.slots.orders == ("last",)):
        return memory
    draft = memory.drafts[0]
    shown = replace(draft, assumed=(*draft.assumed, *request.assumed))
    return replace(memory, pending=tuple(shown if one.code == draft.code else one for one in memory.pending))


def asked_again(words: str, memory: Memory, catalogue: Catalogue) -> Memory | None:
    """The memory with the question that an assumption had spared in front; None where `words` were not assumed."""
    for pending in memory.drafts:
        held = [one for one in pending.assumed if one.holds(pending.reading)]
        meant = [one for one in held if term(one.word) == term(words)]
        if meant:
            # What goods are called is a matter of the customer: with that in doubt they are, too.
            again = held if any(one.kind == "customer" for one in meant) else meant
            rest = tuple(one for one in memory.pending if one.code != pending.code)
            return replace(memory, pending=(_without(pending, again, catalogue), *rest), offer=None)
    return None


def _without(pending: Pending, again: list[Assumed], catalogue: Catalogue) -> Pending:
    reading = pending.reading
    for one in again:
        reading = _customer(reading, one) if one.kind == "customer" else _goods(reading, one, catalogue)
    return replace(
        pending,
        reading=reading,
        asked=None,
        assumed=tuple(one for one in pending.assumed if one not in again),
    )


def _customer(reading: Reading, one: Assumed) -> Reading:
    slots = replace(reading.slots, customer=None)
    return reopened(replace(reading, slots=slots), "customer", Doubt(one.word, one.among))


def _goods(reading: Reading, one: Assumed, catalogue: Catalogue) -> Reading:
    """Every line of the product is in doubt; a unit that only followed from it is no longer said."""
    for index, line in enumerate(reading.slots.lines):
        if line.sku != one.code:
            continue
        followed = one.unit is None and line.unit == catalogue.products[one.code].default_unit
        doubtful = replace(line, sku=None, unit=None if followed else line.unit)
        lines = (*reading.slots.lines[:index], doubtful, *reading.slots.lines[index + 1 :])
        open_again = replace(reading, slots=replace(reading.slots, lines=lines))
        reading = reopened(open_again, f"lines[{index}].sku", Doubt(one.word, one.among))
    return reading
