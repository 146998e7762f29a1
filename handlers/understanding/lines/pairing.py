"""Products with what qualifies them, and lines taking shape."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from handlers.understanding.lines.owning import Owners
from handlers.understanding.lines.pieces import BROKEN, Piece, gap
from handlers.understanding.spans.items import Line
from handlers.understanding.vocabulary.mentions import Fragments, Named


@dataclass(slots=True)
class Draft:
    """A product line taking shape while a message is read."""

    named: Named | None
    start: int
    end: int
    quantities: list[Piece] = field(default_factory=list)
    operation: str = ""
    dropped: bool = False
    gift: bool = False
    given: bool = False
    prices: list[Piece] = field(default_factory=list)
    breaks: bool = False
    attributive: bool = False
    mended: bool = False
    carried: bool = False

    @property
    def fragments(self) -> Fragments:
        """What was said of the product."""
        return self.named.fragments if self.named else ()


class Pairing:
    """Walks over pieces and makes drafts of lines."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def drafts(self, pieces: Sequence[Piece]) -> list[Draft]:
        """Lines in the order said, each with the quantities that belong to it."""
        owner = Owners(self._line).of(pieces)
        drafts: dict[int, Draft] = {}
        for index, piece in enumerate(pieces):
            if piece.kind == "P":
                drafts[index] = Draft(
                    piece.named,
                    piece.start,
                    piece.end,
                    breaks=index > 0 and gap(self._line, pieces[index - 1], piece) == BROKEN,
                    attributive=self._line.text.low.startswith("的", piece.end),
                )
        for index, piece in enumerate(pieces):
            if piece.kind == "Q":
                at = owner.get(index, index)
                if at == index and drafts:
                    drafts[at] = self._of_nothing(piece)
                elif at == index:
                    continue
                drafts[at].quantities.append(piece)
                drafts[at].start = min(drafts[at].start, piece.start)
                drafts[at].end = max(drafts[at].end, piece.end)
        return [drafts[index] for index in sorted(drafts, key=lambda at: drafts[at].start)]

    def _of_nothing(self, piece: Piece) -> Draft:
        """A line for an amount beside others that counts goods nobody knows."""
        words = self._line.raw(piece.start, piece.end)
        return Draft(Named("product", frozenset(), (), words), piece.start, piece.end)
