"""A draft after more was said of it: what was settled before stays settled."""

from dataclasses import replace

from domain.catalogue import Catalogue
from handlers.dialogue.amounts import changed
from handlers.dialogue.slots import LINE_PATH, drop_line, opens, settle, value_at, without
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


def reread(new: Reading, draft: Reading, catalogue: Catalogue) -> Reading:
    """The draft read anew with a further line, with the answers that were given meanwhile."""
    alike = len(new.slots.lines) == len(draft.slots.lines)
    for item in opens(new):
        if item.line is not None and not alike:
            continue
        value = value_at(draft, item) if item.path != "lines" else None
        if value and (value in item.candidates or not item.candidates):
            new = settle(new, item, value, catalogue)
    kept = {name: getattr(new.slots, name) or getattr(draft.slots, name) for name in _ONCE}
    return replace(new, slots=replace(new.slots, **kept))
