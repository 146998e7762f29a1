"""Pages and refusals as JSON between the process that reads a file and the one that wants it read."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from domain.pages import Page, PageRow, Unreadable


def packed(pages: Sequence[Page]) -> bytes:
    """Pages as bytes."""
    return json.dumps({"pages": [_page(page) for page in pages]}, ensure_ascii=False).encode()


def refused(error: Unreadable) -> bytes:
    """A refusal as bytes."""
    return json.dumps({"code": error.code, "facts": dict(error.facts)}, ensure_ascii=False).encode()


def unpacked(data: bytes) -> tuple[Page, ...]:
    """The pages, or raise the refusal."""
    document = json.loads(data)
    if "code" in document:
        raise Unreadable(document["code"], **document["facts"])
    return tuple(_page_of(page) for page in document["pages"])


def _page(page: Page) -> Mapping[str, object]:
    return {
        "name": page.name,
        "rows": [[row.number, row.cells, row.flaws, sorted(row.merged), row.hidden] for row in page.rows],
        "unread": page.unread,
        "hidden_columns": page.hidden_columns,
        "blind": page.blind,
    }


def _page_of(document: Mapping[str, Any]) -> Page:
    rows = tuple(
        PageRow(number, tuple(cells), {int(at): why for at, why in flaws.items()}, frozenset(merged), hidden)
        for number, cells, flaws, merged, hidden in document["rows"]
    )
    return Page(
        document["name"], rows, document["unread"], tuple(document["hidden_columns"]), document["blind"]
    )
