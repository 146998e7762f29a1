"""Tables as the bytes of files, as people's programs write them."""

import io
from collections.abc import Sequence

from openpyxl import Workbook

Cells = Sequence[object]


def workbook(*rows: Cells, **pages: Sequence[Cells]) -> bytes:
    """An .xlsx with these rows on its first page, and further pages by name."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, cells in {"Sheet1": rows, **pages}.items():
        page = book.create_sheet(name)
        for row in cells:
            page.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
