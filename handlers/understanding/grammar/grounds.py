"""Why a line is taken for what it is: the kind of evidence, and where in the line it stands."""

import re
from dataclasses import dataclass
from enum import StrEnum

from handlers.understanding.spans.items import Line


class By(StrEnum):
    """What decided; the first ones are for a request, those from `PAST` on against one."""

    PHRASE = "phrase"
    """The whole line is a set phrase."""
    RULE = "rule"
    """Words that mean an intent."""
    UNDER_QUOTE = "under quote"
    """A reply to a quoted message about orders."""
    AGREES = "agrees"
    """好的 after an order of one's own."""
    REPEATS = "repeats"
    """老样子 and its like."""
    CHANGES = "changes"
    """Words of change beside goods, a day or a place."""
    CORRECTS = "corrects"
    """After an order of one's own: another quantity, day or place alone."""
    FINDS = "finds"
    """A question for orders."""
    LISTED = "listed"
    """Orders named by whose, when, or in which state they are."""
    COUNTED = "counted"
    """Goods with a quantity."""
    ORDERING = "ordering"
    """Words for ordering."""
    FOR_CUSTOMER = "for customer"
    """A customer and goods."""
    BUYS = "buys"
    """A word of wanting beside goods."""
    FILLS = "fills"
    """What an earlier line left open."""
    SAME = "same"
    """The earlier order for another customer."""
    TABLE = "table"
    """A table with a head."""
    PAST = "past"
    """The day said is over."""
    DOUBT = "doubt"
    """A perhaps, or a condition."""
    STORY = "story"
    """Something told."""
    QUESTION = "question"
    """A question."""
    REFUSED = "refused"
    """Not wanted."""
    NOTHING = "nothing"
    """Nothing that asks for anything."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One piece of evidence; `match` is in the masked line, None where it is the line as a whole."""

    by: By
    match: re.Match[str] | None = None

    def words(self, line: Line) -> str:
        """The sender's words that are the evidence."""
        if self.match is None:
            return line.text.raw.strip()
        ahead = len(line.masked) - len(line.masked.lstrip())
        return line.behind(self.match.start() + ahead, self.match.end() + ahead)
