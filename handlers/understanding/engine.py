"""The understanding of a company's lines: text in, reading out."""

from collections.abc import Sequence
from datetime import datetime

from domain.catalogue import Catalogue
from domain.pages import Page
from handlers.understanding.normalise.envelope import Envelope, open_envelope
from handlers.understanding.normalise.text import LONGEST
from handlers.understanding.reading import Reading
from handlers.understanding.readings.choosing import Chooser
from handlers.understanding.readings.drafting import Sketch
from handlers.understanding.readings.messages import Context, MessageReader, joined
from handlers.understanding.readings.scopes import ScopeReader, Whose
from handlers.understanding.readings.sheets.result import SheetReading
from handlers.understanding.readings.sheets.steps import Steps
from handlers.understanding.readings.teaching import Teachable
from handlers.understanding.spans.scan import Scanner
from handlers.understanding.vocabulary.lexicon import Lexicon, learn
from handlers.understanding.why.facts import TooLong
from handlers.understanding.why.reasons import Why
from handlers.understanding.why.spelling import spelling
from handlers.understanding.why.telling import Teller

NONE = Reading("none")


class Understanding:
    """Reads lines against one catalogue."""

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        bot_names: tuple[str, ...] = ("跟单助手",),
        before: Lexicon | None = None,
    ) -> None:
        self._bots = bot_names
        self._lexicon = lexicon = learn(catalogue, before)
        scanner = Scanner(lexicon)
        self._messages = MessageReader(lexicon, scanner)
        self._chooser = Chooser(lexicon, scanner)
        self._teller = Teller(lexicon)
        self._scopes = ScopeReader(lexicon, scanner)
        self._teachable = Teachable(lexicon)

    def renewed(self, catalogue: Catalogue, *, bot_names: tuple[str, ...]) -> "Understanding":
        """That of another catalogue; a table of products or customers that is the very same is not indexed again."""
        return Understanding(catalogue, bot_names=bot_names, before=self._lexicon)

    def read(self, text: str, *, sender: str, now: datetime, history: Sequence[str] = ()) -> Reading:
        """What a line means; `now` is the moment of the message in the company's zone."""
        envelope = open_envelope(text, self._bots)
        return joined(self._requests(envelope, now, history)) if envelope else NONE

    def why(self, text: str, *, sender: str, now: datetime, history: Sequence[str] = ()) -> Why:
        """What a line means as `read` has it, with the reasons for it."""
        envelope = open_envelope(text, self._bots)
        if envelope is None:
            return Why(NONE, (TooLong(),), ())
        requests = self._requests(envelope, now, history)
        reasons = tuple(tuple(dict.fromkeys(self._teller.reasons(made))) for made in requests)
        return Why(joined(requests), tuple(spelling(envelope)), reasons)

    def _requests(self, envelope: Envelope, now: datetime, history: Sequence[str]) -> list[Sketch]:
        context = Context()
        for earlier in history:
            before = open_envelope(earlier, self._bots)
            context = self._messages.after(before, now, context) if before else context
        return self._messages.read(envelope, now, context)

    def sheets(self, pages: Sequence[Page], name: str, now: datetime) -> Steps[SheetReading]:
        """The orders in a file called `name`, with what becomes of each of its rows, in steps."""
        return self._messages.sheets.pages(pages, name, now.date())

    def whose(self, text: str, now: datetime) -> Whose:
        """Of whom a line that asks for a report speaks."""
        envelope = open_envelope(text, self._bots) if len(text) <= LONGEST else None
        return self._scopes.read(envelope.body, now.date()) if envelope else Whose()

    def choose(self, kind: str, words: str, among: Sequence[str]) -> tuple[str, ...]:
        """Which of the candidates the answer to a question fits: none, one (settled) or several."""
        if len(words) > LONGEST:
            return ()
        return self._chooser.choose(kind, words, tuple(among))

    def may_mean(self, kind: str, words: str) -> bool:
        """Whether choices may teach `words` to be a name of a `customer` or a `sku`."""
        return self._teachable.may_mean(kind, words)

    def how(self, kind: str, words: str, code: str) -> str:
        """By what the answer to a question fits the candidate it settled on; see `Chooser.how`."""
        return self._chooser.how(kind, words, code)
