"""The understanding of a company's lines: text in, reading out."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from domain.catalogue import Catalogue
from handlers.understanding import classify
from handlers.understanding.acting import ActionReader
from handlers.understanding.classify import Shape
from handlers.understanding.creating import OrderReader
from handlers.understanding.envelope import Envelope, open_envelope
from handlers.understanding.items import Line
from handlers.understanding.lexicon import learn
from handlers.understanding.lines import LineReader
from handlers.understanding.reading import Reading
from handlers.understanding.scan import Scanner
from handlers.understanding.slots import SlotReader

NONE = Reading("none")


class Understanding:
    """Reads lines against one catalogue."""

    def __init__(self, catalogue: Catalogue, *, bot_names: tuple[str, ...] = ("跟单助手",)) -> None:
        self._bots = bot_names
        self._lexicon = learn(catalogue)
        self._scanner = Scanner(self._lexicon)
        slots = SlotReader(self._lexicon)
        lines = LineReader(self._lexicon, self._scanner.products)
        orders = OrderReader(self._lexicon, lines, slots)
        self._reader = ActionReader(self._lexicon, lines, slots, orders)

    def read(self, text: str, *, sender: str, now: datetime, history: Sequence[str] = ()) -> Reading:
        """What a line means; `now` is the moment of the message in the company's zone."""
        envelope = open_envelope(text, self._bots)
        if envelope is None:
            return NONE
        line = self._scanner.line(envelope.body, now.date())
        return self._reader.read(line, now)

    def choose(self, kind: str, words: str, among: Sequence[str]) -> tuple[str, ...]:
        """Which of the candidates the answer to a question fits."""
        return ()
