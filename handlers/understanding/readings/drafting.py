"""A reading while it is being put together."""

from dataclasses import dataclass, field, replace
from typing import Any

from handlers.understanding.grammar.grounds import Ground
from handlers.understanding.lines.reader import Lines
from handlers.understanding.reading import Doubt, Reading, SaidLine, Slots
from handlers.understanding.spans.items import Line
from handlers.understanding.vocabulary.lexicon import Kind
from handlers.understanding.vocabulary.mentions import Named


@dataclass(slots=True)
class Sketch:
    """Slots and questions, collected slot by slot.

    `ground` is what decided the intent; `line`, `mentions` beside it and `goods` are what was read: the reasons for
    all of it.
    """

    intent: str
    ground: Ground | None = None
    slots: dict[str, Any] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    ambiguous: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, Doubt] = field(default_factory=dict)
    line: Line | None = None
    goods: Lines = field(default_factory=Lines)
    mentions: tuple[Named, ...] = ()

    def put(self, **values: Any) -> None:
        """Set slots; what is empty is left out."""
        self.slots.update(
            {
                name: value
                for name, value in values.items()
                if not (value is None or value is False or value in ("", ()))
            }
        )

    def choose(self, slot: str, kind: Kind, entries: frozenset[int], words: str) -> None:
        """One entry settles the slot, several are asked about, none is unknown."""
        codes = kind.code_list(entries)
        if len(codes) == 1:
            self.slots[slot] = codes[0]
        elif codes:
            self.ambiguous[slot] = codes
        else:
            self.unknown[slot] = words
        if len(codes) != 1:
            self.doubts[slot] = Doubt(words, codes)

    def lines(self, lines: Lines, products: Kind) -> None:
        """Product lines with their questions."""
        self.goods = lines
        said: list[SaidLine] = []
        for index, asked in enumerate(lines.asked):
            path = f"lines[{index}]"
            if asked.unknown:
                self.unknown[f"{path}.sku"] = asked.unknown
                self.doubts[f"{path}.sku"] = Doubt(asked.unknown)
            elif len(asked.entries) > 1:
                codes = products.code_list(asked.entries)
                self.ambiguous[f"{path}.sku"] = codes
                if asked.said:
                    self.doubts[f"{path}.sku"] = Doubt(asked.said.words, codes)
            elif not asked.line.sku:
                self.missing.append(f"{path}.sku")
            if asked.unknown_unit:
                self.unknown[f"{path}.unit"] = asked.unknown_unit
                self.doubts[f"{path}.unit"] = Doubt(asked.unknown_unit)
            if len(asked.values) > 1:
                self.ambiguous[f"{path}.qty"] = tuple(f"{value:f}" for value in asked.values)
            if asked.without_quantity:
                self.missing.append(f"{path}.qty")
            said.append(asked.line)
        self.put(lines=tuple(said))

    def reading(self, also: tuple[Reading, ...] = ()) -> Reading:
        """What has been collected."""
        return Reading(
            self.intent,
            Slots(**self.slots),
            tuple(self.missing),
            dict(self.ambiguous),
            dict(self.unknown),
            also,
            dict(self.doubts),
        )


def without_quantities_asked(lines: Lines) -> Lines:
    """The same lines where none need have a quantity."""
    return Lines(tuple(replace(asked, without_quantity=False) for asked in lines.asked))
