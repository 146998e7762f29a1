"""When goods are wanted: what a cell or a label says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.understanding.normalise.text import fold, read_text
from handlers.understanding.readings.creating import URGENT
from handlers.understanding.readings.slots import SlotReader, first_day
from handlers.understanding.spans.items import Line
from handlers.understanding.spans.scan import Scanner

_WHOLE = re.compile(r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})日?")
_SERIAL = re.compile(r"\d{5}")
_EPOCH = date(1899, 12, 30)
_DELIVERS = re.compile(r"送|到货|要货|交货|配送|今[天晚]|明[天早日]|后天|[周星]期?[一二三四五六日天]|礼拜")
_FAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class When:
    """A day and part of it; `unread` are the words where it is past, or nobody can say which day they mean."""

    due: date | None = None
    period: str | None = None
    urgent: bool = False
    unread: str = ""


NEVER = When()


class DayReader:
    """Reads days."""

    def __init__(self, scanner: Scanner, slots: SlotReader) -> None:
        self._scanner = scanner
        self._slots = slots

    def when(self, words: str, today: date) -> When:
        """The day that words mean which are there to say it; one that is past is asked about."""
        if not words:
            return NEVER
        line: Line = self._scanner.line(read_text(words), today)
        period, urgent = self._slots.period(line), bool(URGENT.search(fold(words)))
        due = self._day(words, line, today) or (today if period else None)
        if due is None:
            return When(None, period, urgent, "" if urgent else words)
        return When(due, period, urgent) if due >= today else When(None, period, urgent, words)

    def of_paper(self, words: str, today: date) -> When:
        """A day without a word what for: that of the paper, unless it is to come."""
        when = self.when(words, today)
        return when if when.due and when.due > today else NEVER

    def among(self, lines: Iterable[str], today: date) -> When:
        """When free words say that something is to be delivered."""
        for words in lines:
            if _DELIVERS.search(words):
                when = self.when(words, today)
                if when.due or when.urgent:
                    return replace(when, unread="")
        return NEVER

    def _day(self, words: str, line: Line, today: date) -> date | None:
        whole = _WHOLE.search(fold(words))
        if whole:
            try:
                return date(int(whole["year"]), int(whole["month"]), int(whole["day"]))
            except ValueError:
                return None
        serial = _EPOCH + timedelta(int(words)) if _SERIAL.fullmatch(words) else None
        if serial and abs(serial - today) <= _FAR:
            return serial
        return first_day(self._slots.days(line))
