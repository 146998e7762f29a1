"""What a message says once everything around it is off: commands as spoken, no list numbers, no manners."""

from collections.abc import Callable

from handlers.understanding.normalise.commands import spoken
from handlers.understanding.normalise.envelope import Envelope
from handlers.understanding.normalise.lists import without_markers
from handlers.understanding.normalise.manners import without_manners
from handlers.understanding.normalise.text import Text

BLANKED: tuple[tuple[str, Callable[[Text], Text]], ...] = (
    ("numbering", without_markers),
    ("manners", without_manners),
)
"""What is blanked in this order, each by its name; every character stays in its place."""


def body(envelope: Envelope) -> Text:
    """The words to be read."""
    text = spoken(envelope.command, envelope.body)
    for _, blank in BLANKED:
        text = blank(text)
    return text
