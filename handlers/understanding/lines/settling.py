"""From drafts to lines with what must be asked about them."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal

from handlers.understanding.lines.bargains import Bargain, bargains
from handlers.understanding.lines.measuring import Asked, Measure
from handlers.understanding.lines.pairing import Draft
from handlers.understanding.lines.restating import restated
from handlers.understanding.spans.items import Line, Quantity

_MOST_PARTS = 9


class Settler:
    """Settles drafts."""

    def __init__(self, measure: Measure) -> None:
        self._measure = measure

    def asked(self, draft: Draft, so_far: Sequence[Asked], *, changing: bool) -> list[Asked]:
        """The lines of a draft: one for each unit said of it."""
        named = draft.named
        entries = named.entries if named else frozenset()
        words = named.words if named else ""
        if draft.dropped and not changing:
            return []
        if draft.dropped:
            unit = self._measure.default_unit(entries)
            made = self._measure.asked(entries, words, None)
            line = replace(made.line, qty=Decimal(0), unit=unit)
            return [replace(made, line=line, without_quantity=False, values=(Decimal(0),))]
        said = restated(self._measure, entries, draft.quantities)
        if changing and len(said) > 1 and draft.operation == "set":
            said = said[-1:]
        said = _once(said)
        return [
            self._one(draft, entries, words, quantity, so_far, changing=changing)
            for quantity in (*said,) or (None,)
        ]

    def _one(
        self,
        draft: Draft,
        entries: frozenset[int],
        words: str,
        quantity: Quantity | None,
        so_far: Sequence[Asked],
        *,
        changing: bool,
    ) -> Asked:
        made = replace(self._measure.asked(entries, words, quantity), said=draft.named, start=draft.start)
        line = made.line
        if draft.gift:
            unit = line.unit if quantity and quantity.unit else so_far[-1].line.unit if so_far else line.unit
            return replace(made, line=replace(line, gift=True, unit=unit))
        if changing and draft.operation in {"plus", "minus"} and line.qty is not None:
            delta = line.qty if draft.operation == "plus" else -line.qty
            return replace(made, line=replace(line, qty=None, delta=delta, gift=draft.given))
        if draft.prices and draft.prices[-1].money:
            money = draft.prices[-1].money
            if changing and quantity is None and money.unit:
                made = replace(made, line=replace(line, unit=self._measure.unit(entries, money.unit)[0]))
            line = replace(made.line, price=self._measure.price(made, money))
            return replace(made, line=line, money=money)
        return made

    def without_wholes(self, drafts: Sequence[Draft], asked: list[Asked]) -> list[Asked]:
        """20箱 15箱罐装5箱瓶装: only the parts, where they add up."""
        if len(drafts) != len(asked):
            return asked
        for index, whole in enumerate(asked):
            if whole.line.sku or len(whole.entries) < 2 or whole.line.qty is None:
                continue
            for end in range(index + 3, min(index + _MOST_PARTS, len(asked)) + 1):
                parts = asked[index + 1 : end]
                if all(part.entries <= whole.entries for part in parts) and self._measure.parts_of(
                    whole, parts
                ):
                    return [*asked[:index], *parts, *asked[end:]]
        return asked

    def bargains(self, line: Line, asked: list[Asked]) -> list[Asked]:
        """买10送1: a gift line after the line it speaks of."""
        for bargain in reversed(list(bargains(line))):
            before = [at for at, one in enumerate(asked) if one.start < bargain.start and not one.line.gift]
            own = [at for at in before if asked[at].start == asked[before[-1]].start]
            if not own or bargain.bought <= 0:
                continue
            bought = next((at for at in own if asked[at].line.unit == bargain.per), own[0])
            if asked[bought].line.qty is not None:
                gift = self._given(asked[bought], bargain)
                asked = [*asked[: own[-1] + 1], *gift, *asked[own[-1] + 1 :]]
        return asked

    def _given(self, base: Asked, bargain: Bargain) -> list[Asked]:
        """The gift line of a bargain; how much is asked about where it counts in another unit."""
        count = ((base.line.qty or Decimal(0)) / bargain.bought).to_integral_value(
            ROUND_FLOOR
        ) * bargain.given
        if count <= 0:
            return []
        unit = bargain.unit or base.line.unit or ""
        comparable = not bargain.per or self._measure.unit(base.entries, bargain.per)[0] == base.line.unit
        made = self._measure.asked(base.entries, base.unknown, Quantity((count,) if comparable else (), unit))
        return [replace(made, line=replace(made.line, gift=True), said=base.said, bargain=bargain)]


def _once(said: list[Quantity]) -> list[Quantity]:
    """Two quantities of one unit for one line: it is either; nobody says the same twice, once without its unit."""
    by_unit: dict[str, list[Quantity]] = {}
    named = next((quantity.unit for quantity in said if quantity.unit), "")
    for quantity in said:
        by_unit.setdefault(quantity.unit or named, []).append(quantity)
    return [
        found[0]
        if len(found) == 1
        else Quantity(() if any(quantity.vague for quantity in found) else _either(found), unit)
        for unit, found in by_unit.items()
    ]


def _either(found: list[Quantity]) -> tuple[Decimal, ...]:
    values = tuple(dict.fromkeys(value for one in found for value in one.values))
    return () if len(values) == 1 and len({one.unit for one in found}) > 1 else values
