"""Bytes to pages, by what the bytes are; what a file is called says nothing."""

from bot.spreadsheets.delimited import csv_pages
from bot.spreadsheets.limits import MOST_ROWS, MOST_WORDS
from domain.pages import Page, Unreadable

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BM")
_PAGES_OF_THE_WEB = (b"<html", b"<!doctype html", b"<table", b"<?xml")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def pages_of(data: bytes) -> tuple[Page, ...]:
    """The pages of a file, or raise `Unreadable`."""
    pages = _pages(data)
    rows = sum(len(page.rows) for page in pages)
    if rows > MOST_ROWS:
        raise Unreadable("too-many-rows", rows=rows, most=MOST_ROWS)
    if sum(len(cell) for page in pages for row in page.rows for cell in row.cells) > MOST_WORDS:
        raise Unreadable("too-much")
    if not rows and not any(page.unread for page in pages):
        raise Unreadable("empty")
    return tuple(pages)


def _pages(data: bytes) -> list[Page]:
    if data.startswith((_ZIP, _OLE)):
        # Heavy, and a table in text needs none of it.
        from bot.spreadsheets.workbook import xls_pages, xlsx_pages  # noqa: PLC0415

        return xlsx_pages(data) if data.startswith(_ZIP) else xls_pages(data)
    if data.startswith(_OTHERS) or (b"\x00" in data and not data.startswith(_UTF16)):
        raise Unreadable("not-a-table")
    if data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGES_OF_THE_WEB):
        raise Unreadable("other-kind", kind="网页")
    return csv_pages(data)
