"""What people write, understood: a line of chat becomes a reading."""

from handlers.understanding.document import document, reading
from handlers.understanding.engine import Understanding
from handlers.understanding.reading import Doubt, Reading, SaidLine, Slots
from handlers.understanding.readings.scopes import Whose

__all__ = ["Doubt", "Reading", "SaidLine", "Slots", "Understanding", "Whose", "document", "reading"]
