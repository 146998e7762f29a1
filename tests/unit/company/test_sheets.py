"""Files in and out: CSV and XLSX, without running what a cell says and without trusting what a file claims."""

import io
import zipfile
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot.company.problems import Findings
from bot.company.rows import MOST_ROWS, Columns, rows_in
from bot.company.sheets import Sheet, UnknownFormat, read_sheet, write_sheet
from tests.unit.company.conftest import places

FORMULAS = ["=1+1", "+86 139", "-2", "@cmd", "\tx", "＝HYPERLINK"]


def read(name: str, data: bytes) -> list[list[str]]:
    findings = Findings()
    records = [list(record) for _, record in read_sheet(name, data, findings)]
    assert findings.all() == ()
    return records


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "A.XLSX"])
def test_what_is_written_is_read_again(name: str) -> None:
    sheet = Sheet(("code", "name", "qty"), [["K1", '新桥,装饰"店"', Decimal("2.5")], ["=K2", "", 3]])

    assert read(name, write_sheet(name, sheet)) == [
        ["code", "name", "qty"],
        ["K1", '新桥,装饰"店"', "2.5"],
        ["=K2", "", "3"],
    ]


@pytest.mark.parametrize("cell", FORMULAS)
def test_no_program_takes_a_cell_for_a_formula(cell: str) -> None:
    sheet = Sheet(("note",), [[cell]])

    assert write_sheet("a.csv", sheet).decode("utf-8-sig").splitlines()[1].strip('"').startswith("'")
    page = load_workbook(io.BytesIO(write_sheet("a.xlsx", sheet))).active
    assert page is not None
    assert page["A2"].value == f"'{cell}"
    assert page["A2"].data_type == "s"


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_what_no_workbook_may_hold_is_left_out_and_hides_no_formula(name: str) -> None:
    sheet = Sheet(("said",), [["\x0b=1+1"], ["可\x00乐\x1f"], ["两行\n也行"]])

    data = write_sheet(name, sheet)

    if name == "a.xlsx":
        page = load_workbook(io.BytesIO(data)).active
        assert page is not None
        assert [page[f"A{row}"].value for row in (2, 3, 4)] == ["'=1+1", "可乐", "两行\n也行"]
    else:
        assert data.decode("utf-8-sig") == 'said\n\'=1+1\n可乐\n"两行\n也行"\n'


def test_numbers_stay_numbers() -> None:
    page = load_workbook(io.BytesIO(write_sheet("a.xlsx", Sheet(("qty",), [[Decimal("-2.5")]])))).active

    assert page is not None
    assert page["A2"].value == -2.5


@settings(max_examples=60, deadline=None)
@given(
    cells=st.lists(
        st.text(st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc", "Cn")), max_size=12),
        min_size=2,
        max_size=2,
    )
)
def test_any_words_come_back_from_csv(cells: list[str]) -> None:
    (_, back) = read("a.csv", write_sheet("a.csv", Sheet(("a", "b"), [cells])))

    unguarded = [
        cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@＝＋－＠") else cell for cell in cells
    ]
    assert back in (unguarded, cells)


def test_what_a_spreadsheet_holds_becomes_the_words_a_person_sees() -> None:
    data = workbook(
        ["a"],
        [12],
        [2.5],
        [0.1],
        [True],
        [date(2026, 11, 23)],
        [datetime.fromisoformat("2026-11-23T08:30:00")],
        [None],
        ["  x "],
    )

    assert [row[0] for row in read("a.xlsx", data)] == [
        "a", "12", "2.5", "0.1", "yes", "2026-11-23", "2026-11-23T08:30:00", "", "  x ",
    ]  # fmt: skip


def test_rows_of_a_spreadsheet_keep_their_number() -> None:
    findings = Findings()

    records = dict(read_sheet("a.xlsx", workbook(["code"], [], [], ["K1"]), findings))

    assert records[4] == ["K1"]


@pytest.mark.parametrize("place", ["XFD1", "A1048576", "CA2"])
def test_a_small_file_that_claims_a_huge_sheet_is_refused(place: str) -> None:
    book = Workbook()
    book.active[place] = "x"  # type: ignore[index]
    out = io.BytesIO()
    book.save(out)
    findings = Findings()

    assert list(read_sheet("a.xlsx", out.getvalue(), findings)) == []
    assert places(findings.all()) == [("a.xlsx", 0, "sheet_too_large")]


def test_a_file_that_unpacks_to_too_much_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (140 * 1024 * 1024))
    findings = Findings()

    assert list(read_sheet("a.xlsx", out.getvalue(), findings)) == []
    assert places(findings.all()) == [("a.xlsx", 0, "file_too_large")]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.xlsx", b"code,name\n", "xlsx_broken"),
        ("a.xlsx", b"", "xlsx_broken"),
        ("a.xlsx", workbook(["code"])[:-40], "xlsx_broken"),
        ("a.xls", b"", "file_kind"),
        ("a", b"", "file_kind"),
    ],
)
def test_what_is_no_table_is_named(name: str, data: bytes, code: str) -> None:
    findings = Findings()

    assert list(read_sheet(name, data, findings)) == []
    assert places(findings.all()) == [(name, 0, code)]


def test_only_tables_are_written() -> None:
    with pytest.raises(UnknownFormat):
        write_sheet("a.pdf", Sheet((), []))


def test_a_table_without_end_is_cut_off() -> None:
    findings = Findings()

    rows = list(rows_in("a.csv", "code\n" + "x\n" * (MOST_ROWS + 5), Columns(("code",)), findings))

    assert len(rows) == MOST_ROWS
    assert places(findings.all()) == [("a.csv", MOST_ROWS + 2, "too_many_rows")]


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (b"<worksheet><sheetData><row r='1'>", "xlsx_broken"),
        ("<worksheet/>".encode("utf-16"), "sheet_too_large"),
        (b'<x:worksheet><x:c\n r = "XFD9"/></x:worksheet>', "sheet_too_large"),
        (b'<worksheet><c r="&#88;FD9"/></worksheet>', "sheet_too_large"),
    ],
    ids=["cut off", "another encoding", "another prefix", "an escaped place"],
)
def test_a_workbook_made_to_deceive_is_refused(sheet: bytes, code: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(["code"]))) as honest, zipfile.ZipFile(out, "w") as archive:
        for entry in honest.infolist():
            inside = sheet if entry.filename == "xl/worksheets/sheet1.xml" else honest.read(entry)
            archive.writestr(entry.filename, inside)
    findings = Findings()

    assert list(read_sheet("a.xlsx", out.getvalue(), findings)) == []
    assert places(findings.all()) == [("a.xlsx", 0, code)]


def test_times_in_a_spreadsheet_are_words() -> None:
    assert read("a.xlsx", workbook(["at"], [time(8, 30)]))[1] == ["08:30:00"]
