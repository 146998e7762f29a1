"""Judges the rows of a file: which are lines of orders, which are asked about, which are refused."""

from collections.abc import Iterable, Sequence

from domain.company import Company
from domain.errors import DomainError
from domain.pricing import line_of
from handlers.dialogue.drafting import wanted_line
from handlers.dialogue.slots import drop_lines, first_open, open_lines, opens
from handlers.fates import RULES, Fates, Refused, Row
from handlers.understanding.reading import Reading, SaidLine, Spot
from handlers.understanding.readings.sheets.result import SheetPage
from handlers.understanding.readings.sheets.wishes import UNKNOWN
from handlers.wording.refusals import refusal


def left_out(pages: Iterable[SheetPage]) -> list[Refused]:
    """The rows that are no lines of any order."""
    return [
        Refused((page.name, left.row), left.why, left.words, left.column)
        for page in pages
        for left in page.left
    ]


def believed(reading: Reading, company: Company) -> tuple[Reading, list[Refused]]:
    """The reading without the lines that no order can have, and why: goods nobody knows, what the rules refuse."""
    customer = company.catalogue.customers.get(reading.slots.customer or "")
    asked, unknown = open_lines(reading), _unknown(reading)
    fallen: dict[int, Refused] = {}
    for at, line in enumerate(reading.slots.lines):
        if at in unknown:
            fallen[at] = _refused(line, UNKNOWN)
            continue
        try:
            if at not in asked:
                line_of(1, wanted_line(line), customer, company)
        except DomainError as error:
            fallen[at] = _refused(line, RULES, refusal(error))
    return (drop_lines(reading, fallen) if fallen else reading), list(fallen.values())


def fates_of(readings: Iterable[Reading], refused: Sequence[Refused]) -> Fates:
    """What becomes of every row: of those in `readings`, and of those refused."""
    taken: dict[Row, str] = {}
    asked: dict[Row, str] = {}
    for reading in readings:
        unsettled = open_lines(reading)
        item = first_open(reading)
        whole = item is not None and item.line is None
        for at, line in enumerate(reading.slots.lines):
            spot = _spot(line)
            rows = asked if whole or at in unsettled else taken
            rows[spot.page, spot.row] = spot.words
    return Fates(tuple(row for row in taken if row not in asked), tuple(asked.items()), tuple(refused))


def _unknown(reading: Reading) -> frozenset[int]:
    """The lines whose goods fit nothing."""
    found = (item for item in opens(reading) if item.kind == "sku" and not item.candidates)
    return frozenset(item.line for item in found if item.line is not None)


def _refused(line: SaidLine, why: str, sentence: str = "") -> Refused:
    spot = _spot(line)
    return Refused((spot.page, spot.row), why, spot.words, spot.column, sentence)


def _spot(line: SaidLine) -> Spot:
    assert line.spot is not None  # noqa: S101 - every line of a file has one
    return line.spot
