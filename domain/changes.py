"""What differs between two states of an order, as people would name it."""

from collections.abc import Iterator

from domain.order import Line, Order
from domain.snapshot import text


def changes_between(before: Order, after: Order) -> list[dict[str, object]]:
    """For each difference `what` (line, price, due, period, address, urgent), `name`, `before` and `after` as text.

    A line's quantity is said with its unit (`["20", "箱"]`); None where the line was added or taken out.
    """
    found = list(_line_changes(before, after))
    for what in ("due", "period", "address", "urgent"):
        was, now = getattr(before, what), getattr(after, what)
        if was != now:
            found.append({"what": what, "name": "", "before": str(was or ""), "after": str(now or "")})
    return found


def _line_changes(before: Order, after: Order) -> Iterator[dict[str, object]]:
    old = {line.no: line for line in before.lines}
    new = {line.no: line for line in after.lines}
    for no in sorted(old.keys() | new.keys()):
        was, now = old.get(no), new.get(no)
        line = now or was
        name = line.name if line is not None else ""
        if was is None or now is None or (was.qty, was.unit) != (now.qty, now.unit):
            yield {"what": "line", "name": name, "before": _quantity(was), "after": _quantity(now)}
        if was is not None and now is not None and was.price * now.unit_size != now.price * was.unit_size:
            yield {"what": "price", "name": name, "before": _price(was), "after": _price(now)}


def _quantity(line: Line | None) -> list[str] | None:
    return None if line is None else [text(line.qty), line.unit]


def _price(line: Line) -> list[str]:
    return [text(line.price), line.unit]
