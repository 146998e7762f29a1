"""Files that were made to do harm end in a sentence."""

import io
import zipfile

import pytest

from bot.spreadsheets.limits import FARTHEST_ROW, MOST_UNPACKED
from bot.spreadsheets.opened import pages_of
from domain.pages import UNREADABLE, Unreadable
from tests.tables import workbook

GOOD = workbook(["品名", "数量"], ["可乐", 20])
SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def with_part(name: str, content: bytes | None, data: bytes = GOOD) -> bytes:
    """A workbook with one of its parts replaced, or left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        if content is not None:
            new.writestr(name, content)
    return out.getvalue()


def sheet(rows: str) -> bytes:
    """A workbook whose sheet has these rows."""
    return with_part(SHEET, f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>".encode())


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()


BOMB = b"<worksheet>" + b" " * (MOST_UNPACKED + 1) + b"</worksheet>"
EXTERNAL = (
    b'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    + f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="str"><v>&x;</v></c></row></sheetData></worksheet>'.encode()
)
LAUGHS = b'<!DOCTYPE z [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (with_part(SHEET, BOMB), "too-much"),
        (with_part(SHEET, EXTERNAL), "broken"),
        (with_part(SHEET, LAUGHS), "broken"),
        (with_part("xl/workbook.xml", EXTERNAL), "broken"),
        (with_part(SHEET, b"\x00\xff not xml"), "broken"),
        (with_part(SHEET, None), "broken"),
        (with_part("xl/_rels/workbook.xml.rels", None), "broken"),
        (GOOD[:-40], "broken"),
        (b"PK\x03\x04" + b"\x00" * 100, "broken"),
        (archive(word__document=b"x"), "not-a-table"),
        (archive(xl__workbook=b"x"), "not-a-table"),
        (with_part("xl/workbook.bin", b"x", with_part("xl/workbook.xml", None)), "other-kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "too-wide"),
        (sheet(f'<row r="{FARTHEST_ROW + 1}"><c r="A{FARTHEST_ROW + 1}"><v>1</v></c></row>'), "too-wide"),
        (
            sheet("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 5_002))),
            "too-many-rows",
        ),
        (sheet('<row r="1">' + "<c><v>1</v></c>" * 1_000_000 + "</row>"), "too-wide"),
    ],
)
def test_a_hostile_workbook_is_refused_with_its_reason(data: bytes, code: str):
    with pytest.raises(Unreadable) as refused:
        pages_of(data)

    assert refused.value.code == code
    assert set(refused.value.facts) == set(UNREADABLE[code])


def test_cells_far_away_with_nothing_in_them_do_no_harm():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'

    (page,) = pages_of(sheet(rows))

    assert [row.cells for row in page.rows] == [("1",)]


def test_a_place_that_is_none_is_broken_and_one_left_out_follows_the_one_before():
    (page,) = pages_of(sheet("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><f>1+1</f></c></row>"))

    assert [(row.number, row.cells, row.flaws) for row in page.rows] == [
        (1, ("1", "2"), {}),
        (2, ("",), {0: "formula"}),
    ]
    with pytest.raises(Unreadable, match="broken"):
        pages_of(sheet('<row r="x"><c r="??"><v>1</v></c></row>'))
