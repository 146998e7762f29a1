"""Reading a workbook without trusting it."""

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

from bot.company.problems import Findings
from bot.company.rows import MOST_ROWS, Record
from bot.company.texts import LARGEST

_LARGEST_UNPACKED = 4 * LARGEST
_MOST_COLUMNS = 3 * 26
_WORKBOOK = "xl/workbook.xml"
_PLACE = re.compile(rb"<(?:\w+:)?(?:c|row)\b[^>]*?\sr\s*=\s*[\"']([^\"']*)[\"']")
_BROKEN_ARCHIVE = (zipfile.BadZipFile, OSError, ValueError, RuntimeError, zlib.error, EOFError)
_CELL = re.compile(rb"([A-Z]{0,3})(\d{1,7})")


def read_xlsx(name: str, data: bytes, findings: Findings) -> Sequence[Record]:
    """The first sheet's rows with their numbers, every cell as the words that stand there."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only an import needs it

    if not _is_tame(name, data, findings):
        return ()
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        page = book.get_sheet_by_index(0).to_python(skip_empty_area=False, nrows=MOST_ROWS + 2)
    except (CalamineError, OSError, ValueError, IndexError):
        findings.error(name, 0, "xlsx_broken")
        return ()
    return [(line, [_words(value) for value in row]) for line, row in enumerate(page, start=1)]


def _is_tame(name: str, data: bytes, findings: Findings) -> bool:
    """True for a workbook of a bearable size.

    The reader lays every sheet out as a full grid before it can be asked how large it is: one cell at XFD1048576 in
    a file of five kilobytes would end the process. So the places of the cells are looked at first.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(data) > LARGEST or sum(entry.file_size for entry in entries) > _LARGEST_UNPACKED:
                findings.error(name, 0, "file_too_large", most=LARGEST // 1024 // 1024)
                return False
            sound = _WORKBOOK in archive.namelist()
            if sound and not all(_is_bounded(archive.read(entry)) for entry in entries):
                findings.error(name, 0, "sheet_too_large", rows=MOST_ROWS, columns=_MOST_COLUMNS)
                return False
    except _BROKEN_ARCHIVE:
        sound = False
    if not sound:
        findings.error(name, 0, "xlsx_broken")
    return sound


def _is_bounded(xml: bytes) -> bool:
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff") or xml[:2] in (b"<\x00", b"\x00<"):
        return False
    places = (_CELL.fullmatch(place) for place in _PLACE.findall(xml))
    return all(
        place and int(place[2]) <= MOST_ROWS + 2 and _column(place[1]) <= _MOST_COLUMNS for place in places
    )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{Decimal(repr(value)):f}"
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value)
