"""Of whom a report is asked: people, customers, or words that may name a department."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.understanding.normalise.text import Text
from handlers.understanding.spans.items import Item, Line
from handlers.understanding.spans.scan import Scanner
from handlers.understanding.vocabulary.lexicon import Kind, Lexicon

EVERYTHING = re.compile(r"(?:我们|咱们?)?(?:全|整个|总)?公司|全部|所有|大家|整体|总体|全体")
_REPORT = re.compile(r"日报|周报|月报")
_MINE = re.compile(r"(?<![给帮替跟和])我(?!们)(?:自己|本人|个人)?的?(?=\W|D|日报|周报|月报|$)")
_ASIDE = re.compile(r"^(?:给我|请|麻烦|帮忙?|看看?|看一下|发一?下?|查一?下?|出|要|来|一?份|下|的)+|的$")
_DAY = re.compile(r"\d{1,2}月|\d+[日号年]|[的到至和]|\d+")
_TIME = re.compile(r"[天周月日年]")
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Whose:
    """Each of `people` is one person named, by all they may be; `customers` are all that fit, taken together.

    `words` name something that is neither: a department, or nothing that is known.
    """

    people: tuple[tuple[str, ...], ...] = ()
    customers: tuple[str, ...] = ()
    words: str = ""
    mine: bool = False


class ScopeReader:
    """Reads whose figures a line asks for."""

    def __init__(self, lexicon: Lexicon, scanner: Scanner) -> None:
        self._lexicon = lexicon
        self._scanner = scanner
        staff = lexicon.catalogue.staff.values()
        self._departments = sorted({one.department for one in staff if one.department}, key=len, reverse=True)

    def read(self, text: Text, today: date) -> Whose:
        """Whose figures; everything empty: those of the whole company."""
        line = self._scanner.line(text, today)
        items = [item for item in line.items if not EVERYTHING.fullmatch(line.low(item))]
        named = self._named(line, items, "S", self._lexicon.staff)
        if any(named):
            return Whose(people=tuple(found for found in named if found))
        words = self._department(line, items)
        if words:
            return Whose(words=words)
        customers = self._named(line, items, "C", self._lexicon.customers)
        if customers and all(customers):
            return Whose(customers=tuple(dict.fromkeys(code for found in customers for code in found)))
        if _MINE.search(line.masked):
            return Whose(mine=True)
        return Whose(words=self._unknown(line, items))

    def _named(self, line: Line, items: Sequence[Item], tag: str, kind: Kind) -> list[tuple[str, ...]]:
        return [kind.code_list(item.named.entries) for item in items if item.tag == tag]

    def _department(self, line: Line, items: Sequence[Item]) -> str:
        """A department of the company, where no product or date is."""
        rest = "".join(line.low(item) if item.tag in "wrUs" else " " for item in items)
        return next((name for name in self._departments if name in rest), "")

    def _unknown(self, line: Line, items: Sequence[Item]) -> str:
        """Words right beside the report's name that mean nothing else."""
        low = line.text.low
        report = _REPORT.search(low)
        if not report:
            return ""
        blank = {at for item in items if self._of_time(line, item) for at in range(item.start, item.end)}
        bare = "".join(" " if at in blank else char for at, char in enumerate(low))
        left, right = bare[: report.start()], bare[report.end() :]
        found = _trimmed(left) or (_trimmed(right) if right[:1].isspace() else "")
        named = 1 < len(found) <= _LONGEST and not EVERYTHING.fullmatch(found)
        return found if named and not self._only_words(line, items, found) else ""

    def _of_time(self, line: Line, item: Item) -> bool:
        return item.tag in "DTK" or (item.tag == "w" and bool(_TIME.search(line.low(item))))

    def _only_words(self, line: Line, items: Sequence[Item], found: str) -> bool:
        """True for chatter: every item in it is a word that everybody knows."""
        at = line.text.low.find(found)
        inside = [item for item in items if item.start >= at and item.end <= at + len(found)]
        return bool(inside) and all(item.tag == "w" for item in inside)


def _trimmed(words: str) -> str:
    """The words nearest to the report's name, without what is said around a name."""
    said = [word for word in re.sub(r"[^\w\u4e00-\u9fff]+", " ", words).split() if word != "的"]
    return _DAY.sub("", _ASIDE.sub("", _ASIDE.sub("", said[-1]))) if said else ""
