"""An order as a JSON document, and what differs between two."""

from collections.abc import Mapping

from domain.order import Order

Document = Mapping[str, object]


def document(order: Order) -> dict[str, object]:
    """Everything but `version` and `head`, as JSON; lines are keyed by their number."""
    raise NotImplementedError


def from_document(document: Document) -> Order:
    """Back from `document`, with version 0 and no head."""
    raise NotImplementedError


def difference(before: Document, after: Document) -> dict[str, object]:
    """`{"before": …, "after": …}` with only what differs; absent keys were not there."""
    raise NotImplementedError


def patch(document: Document, remove: Document, add: Document) -> dict[str, object]:
    """`document` with the part `remove` replaced by `add` (the two sides of a difference)."""
    raise NotImplementedError
