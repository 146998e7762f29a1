"""Tables in text, however they were saved."""

import pytest

from bot.spreadsheets.opened import pages_of
from domain.pages import FORMULA, LONG, Unreadable

TABLE = "品名,数量\n罐装可乐,20\n\n雪碧,10\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("between", [",", "\t", ";"])
def test_every_usual_encoding_and_separator_is_read(encoding: str, between: str):
    (page,) = pages_of(TABLE.replace(",", between).encode(encoding))

    assert [(row.number, row.cells) for row in page.rows] == [
        (1, ("品名", "数量")),
        (2, ("罐装可乐", "20")),
        (4, ("雪碧", "10")),
    ]


def test_quotes_hold_separators_and_lines_together():
    (page,) = pages_of('品名,备注\n可乐,"要新日期,\n小心"\n'.encode())

    assert page.rows[1].cells == ("可乐", "要新日期, 小心")


def test_formulas_are_text_with_no_value_and_zeros_of_a_code_stay():
    (page,) = pages_of(b'="00123",=1+2,"=HYPERLINK(""http://x"")",+86,@all')

    assert page.rows[0].cells == ("00123", "", "", "+86", "@all")
    assert page.rows[0].flaws == {1: FORMULA, 2: FORMULA}


def test_a_giant_cell_is_no_words():
    (page,) = pages_of(f"a,{'字' * 10_000}".encode())

    assert (page.rows[0].cells, page.rows[0].flaws) == (("a", ""), {1: LONG})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"a,b\x00c\n", "not-a-table"),
        (b"%PDF-1.7\n", "not-a-table"),
        (b"\x89PNG\r\n\x1a\n", "not-a-table"),
        (b"<!DOCTYPE html><table><tr><td>1", "other-kind"),
        (b'<?xml version="1.0"?><Workbook/>', "other-kind"),
        (b"\x80\x81\x82,\xff", "encoding"),
        (b'a,"b\n', "broken"),
        (b'a,"b"c\n', "broken"),
        (b"x," * 1_000_000, "too-wide"),
        (b"x\n" * 5_001, "too-many-rows"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(data: bytes, code: str):
    with pytest.raises(Unreadable) as refused:
        pages_of(data)

    assert refused.value.code == code
