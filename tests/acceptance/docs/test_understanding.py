"""docs/understanding.md follows one line through the stages: what it shows is what each stage makes of it."""

import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from bot.company.tables import read_catalogue
from handlers.understanding import Understanding, document
from handlers.understanding.grammar.classify import Shape
from handlers.understanding.grammar.wanting import wanted
from handlers.understanding.lines.reader import LineReader
from handlers.understanding.normalise.body import body
from handlers.understanding.normalise.envelope import Envelope, open_envelope
from handlers.understanding.spans.items import Line
from handlers.understanding.spans.lattice import cut
from handlers.understanding.spans.scan import Scanner
from handlers.understanding.spans.span import Span
from handlers.understanding.values.clock import clocks
from handlers.understanding.values.days import days
from handlers.understanding.values.numerals import numbers
from handlers.understanding.vocabulary.lexicon import Lexicon, learn
from handlers.understanding.vocabulary.sound import heard
from handlers.wording.reasons import Sentences
from tests.world import DEMO_COMPANY

DOCS = Path(__file__).parents[3] / "docs"
TEXT = (DOCS / "understanding.md").read_text(encoding="utf-8")
UNDERSTANDING = Path(__file__).parents[3] / "handlers" / "understanding"
MONDAY = datetime.fromisoformat("2026-11-23T10:00:00+08:00")
TODAY = MONDAY.date()
SHOWN = re.compile(r"^### (\w+).*?^```text\n(.*?)^```", re.MULTILINE | re.DOTALL)


class Followed:
    """One line through the stages, each stage as the page shows it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.catalogue = read_catalogue(DEMO_COMPANY)
        self.lexicon: Lexicon = learn(self.catalogue)
        self.scanner = Scanner(self.lexicon)
        opened = open_envelope(text, ("跟单助手",))
        assert opened is not None
        self.envelope: Envelope = opened
        self.body = body(opened)
        self.line: Line = self.scanner.line(self.body, TODAY)

    def normalise(self) -> list[str]:
        taken = [f"off   {one.kind}: {one.words}" for one in self.envelope.taken]
        return [*taken, f"raw   {self.body.raw}", f"low   {self.body.low}"]

    def values(self) -> list[str]:
        low = self.body.low
        found = [(one.start, low[one.start : one.end], f"{one.value}") for one in numbers(low)]
        found += [(one.start, low[one.start : one.end], f"{one.first}") for one in days(low, TODAY)]
        found += [(one.start, low[one.start : one.end], one.period or "") for one in clocks(low)]
        return [f"{words} = {value}" for _, words, value in sorted(found)]

    def vocabulary(self) -> list[str]:
        cells = self.scanner.spans.cells(self.body.low)
        hits = self.lexicon.products.names.find("纯生")
        codes = self.lexicon.products.code_list
        return [
            f"cells      {'|'.join(cells.runs)}",
            f"纯生       exact {codes(hits.exact)}, prefix {codes(hits.prefix)}, contained {codes(hits.contained)}",
            f"雪壁       heard {codes(self.lexicon.products.sounds.heard(heard('雪壁'), whole=True))}",
        ]

    def spans(self) -> list[str]:
        low, cells = self.body.low, self.scanner.spans.cells(self.body.low)
        found = self.scanner.spans.find(low, cells, TODAY)
        first = cut(len(low), found, cells.starts)
        return [
            f"found    {len(found)} spans",
            f"cut      {self._shown(first)}",
            f"heard    {self._shown(self.scanner.path(self.body, found, cells))}",
            f"items    {' '.join(f'{item.tag}:{self.line.low(item)}' for item in self.line.items if item.tag != 's')}",
        ]

    def _shown(self, spans: list[Span]) -> str:
        return " ".join(f"{one.tag}:{self.body.low[one.start : one.end]}" for one in spans if one.tag != "s")

    def grammar(self) -> list[str]:
        shape = Shape(self.line.masked.strip())
        ground = wanted(shape)
        assert ground is not None
        return [f"masked   {shape.masked}", f"wanted   {ground.by}: {ground.words(self.line)}"]

    def lines(self) -> list[str]:
        goods = self.line.part([item for item in self.line.items if item.tag in "PQ"])
        asked = LineReader(self.lexicon, self.scanner.products).read(goods).asked
        return [
            f"{one.said.words if one.said else ''} → {one.line.sku} {one.line.qty} {one.line.unit}"
            for one in asked
        ]

    def readings(self) -> list[str]:
        reading = Understanding(self.catalogue).read(self.text, sender="lina", now=MONDAY)
        return [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in document(reading).items()]

    def why(self) -> list[str]:
        told = Understanding(self.catalogue).why(self.text, sender="lina", now=MONDAY)
        return list(Sentences(TODAY, codes=True).all(told))


LINE = re.search(r"`(@跟单助手 [^`]+)`", TEXT)
STAGES = dict(SHOWN.findall(TEXT))


@pytest.fixture(scope="module")
def followed() -> Followed:
    assert LINE is not None
    return Followed(LINE[1])


@pytest.mark.parametrize(
    "stage", ["normalise", "values", "vocabulary", "spans", "grammar", "lines", "readings", "why"]
)
def test_the_page_shows_what_the_stage_makes_of_the_line(followed: Followed, stage: str):
    assert STAGES[stage].splitlines() == getattr(followed, stage)()


def test_every_stage_has_its_folder_and_every_folder_its_stage():
    folders = {path.parent.name for path in UNDERSTANDING.glob("*/__init__.py")}

    assert set(STAGES) == folders
