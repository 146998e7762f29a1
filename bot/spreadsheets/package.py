"""An .xlsx file as the archive it is: which sheets there are, which are hidden, what their XML marks."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element
from xml.sax import SAXException

from defusedxml.ElementTree import ParseError, fromstring

from bot.spreadsheets.limits import FARTHEST_COLUMN, FARTHEST_ROW, MOST_UNPACKED
from bot.spreadsheets.marks import Marks, marks_of
from domain.pages import Unreadable

WORKBOOK = "xl/workbook.xml"
OTHERS = {"xl/workbook.bin": ".xlsb", "content.xml": ".ods", "Index/Document.iwa": ".numbers"}
_RELATIONS = "xl/_rels/workbook.xml.rels"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# defusedxml refuses with a ValueError; zipfile raises a RuntimeError where a password is wanted.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, KeyError, ParseError, SAXException,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook."""

    name: str
    hidden: bool
    marks: Marks


def sheets_of(data: bytes) -> tuple[Sheet, ...]:
    """The sheets in the workbook's order, or raise `Unreadable`; one that goes too far is refused where it is shown."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive)
            sheets = tuple(_sheets(archive))
    except _BROKEN as error:
        raise Unreadable("broken") from error
    for sheet in sheets:
        if sheet.marks.far and not sheet.hidden:
            bounds = {"rows": FARTHEST_ROW, "columns": FARTHEST_COLUMN}
            raise Unreadable("too-wide", page=sheet.name, place=sheet.marks.far, **bounds)
    return sheets


def _check(archive: zipfile.ZipFile) -> None:
    names = frozenset(archive.namelist())
    if WORKBOOK not in names:
        kind = next((said for name, said in OTHERS.items() if name in names), "")
        raise Unreadable("other-kind", kind=kind) if kind else Unreadable("not-a-table")
    if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
        raise Unreadable("too-much")


def _sheets(archive: zipfile.ZipFile) -> list[Sheet]:
    parts = _parts(archive)
    found = []
    for element in fromstring(archive.read(WORKBOOK), forbid_dtd=True).iter():
        if _tag(element) == "sheet":
            part = parts.get(element.get(_ID, ""), "")
            with archive.open(part) as sheet:
                marks = marks_of(sheet)
            hidden = element.get("state", "visible") != "visible"
            found.append(Sheet(element.get("name", ""), hidden, marks))
    return found


def _parts(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """The files of the archive by the names that the workbook has for them."""
    relations = fromstring(archive.read(_RELATIONS), forbid_dtd=True)
    targets = {one.get("Id", ""): one.get("Target", "") for one in relations.iter()}
    return {name: posixpath.normpath(posixpath.join("/xl", target))[1:] for name, target in targets.items()}


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]
