"""A draft after more was said of it: what was settled before stays settled."""

from dataclasses import replace

from domain.catalogue import Catalogue
from handlers.dialogue.amounts import besides, changed
from handlers.dialogue.slots import (
    LINE_PATH,
    drop_line,
    drop_lines,
    open_lines,
    opens,
    settle,
    shifted,
    value_at,
    without,
)
from handlers.understanding.reading import Reading, SaidLine, Slots

_ONCE = ("due", "period", "address", "note", "urgent")


def corrected(draft: Reading, change: Slots, catalogue: Catalogue) -> Reading:
    """The draft after a correction; what is open about lines that stay is still open."""
    for line in change.lines:
        draft = _with_line(draft, line, catalogue)
    old = draft.slots
    slots = replace(
        old,
        due=change.due or old.due,
        period=change.period or old.period,
        address=change.address or old.address,
        note=f"{old.note}；{change.note}" if old.note and change.note else change.note or old.note,
        urgent=old.urgent or change.urgent,
    )
    return replace(draft, slots=slots)


def _with_line(draft: Reading, change: SaidLine, catalogue: Catalogue) -> Reading:
    before = draft.slots.lines
    after = changed(before, (change,), catalogue)
    if len(after) < len(before):
        pairs = enumerate(before)
        return drop_line(draft, next(at for at, line in pairs if at >= len(after) or line != after[at]))
    draft = without(draft, "lines") if after else draft
    for path in draft.missing:
        match = LINE_PATH.fullmatch(path)
        draft = without(draft, path) if match and after[int(match[1])].qty is not None else draft
    return replace(draft, slots=replace(draft.slots, lines=after))


def with_new(draft: Reading, before: Slots, after: Slots) -> Reading:
    """The draft with the day, place or remark that came in between `before` and `after`."""
    new = {name: getattr(after, name) for name in _ONCE if getattr(after, name) != getattr(before, name)}
    return replace(draft, slots=replace(draft.slots, **new))


def says_nothing(change: Slots) -> bool:
    """True for a correction that names nothing to correct."""
    return not change.lines and not any(getattr(change, name) for name in _ONCE)


def reread(new: Reading, draft: Reading, before: Slots, catalogue: Catalogue) -> Reading:
    """The draft read anew with a further line, with the answers that were given meanwhile.

    `before` is what the earlier lines say without the further one: what differs from it was said now.
    """
    alike = len(new.slots.lines) == len(draft.slots.lines)
    for item in opens(new):
        if item.line is not None and not alike:
            continue
        value = value_at(draft, item) if item.path != "lines" else None
        if value and (value in item.candidates or not item.candidates):
            new = settle(new, item, value, catalogue)
    slots = replace(draft.slots, lines=new.slots.lines, customer=new.slots.customer)
    return with_new(replace(new, slots=slots), before, new.slots)


def goods_beside(new: Reading, draft: Reading) -> bool:
    """True where `new`, said of no customer, counts goods and not all of the draft's: they come to those."""
    if new.intent != "order.create" or new.slots.customer or not new.slots.lines:
        return False
    said = {line.sku for line in new.slots.lines}
    for index, line in enumerate(draft.slots.lines):
        among = (line.sku,) if line.sku else draft.ambiguous.get(f"lines[{index}].sku", ())
        if among and said.isdisjoint(among) and among not in new.ambiguous.values():
            return True
    return False


def extended(draft: Reading, more: Reading, catalogue: Catalogue, *, adding: bool) -> Reading:
    """The draft with further goods; of a product that was said anew the later line counts, or is added (还要)."""
    if adding:
        return _appended(*_summed(draft, more, catalogue), catalogue)
    anew = {(line.sku, line.gift) for line in more.slots.lines if line.sku}
    again = {at for at, line in enumerate(draft.slots.lines) if (line.sku, line.gift) in anew}
    return _appended(without(drop_lines(draft, again), "lines"), more, catalogue)


def _summed(draft: Reading, more: Reading, catalogue: Catalogue) -> tuple[Reading, Reading]:
    """The draft with what is wanted besides of goods it has; and what else is wanted."""
    held = {(line.sku, line.gift) for line in draft.slots.lines if line.sku}
    open_ones = open_lines(more)
    more_of = {
        at
        for at, line in enumerate(more.slots.lines)
        if (line.sku, line.gift) in held and at not in open_ones
    }
    for at in sorted(more_of):
        draft = _with_line(draft, besides(more.slots.lines[at]), catalogue)
    return draft, without(drop_lines(more, more_of), "lines")


def _appended(kept: Reading, more: Reading, catalogue: Catalogue) -> Reading:
    """The draft with the goods behind its own, and with what is said of the order as a whole."""
    moved = shifted(without(more, "customer"), len(kept.slots.lines))
    lines = (*kept.slots.lines, *moved.slots.lines)
    whole = replace(
        kept,
        slots=replace(kept.slots, lines=lines),
        missing=(*kept.missing, *moved.missing),
        ambiguous={**kept.ambiguous, **moved.ambiguous},
        unknown={**kept.unknown, **moved.unknown},
        doubts={**kept.doubts, **moved.doubts},
    )
    return corrected(whole, replace(more.slots, lines=()), catalogue)
