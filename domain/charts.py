"""Charts as plain data: what is to be seen, not how it is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

TILES = "tiles"
"""A few big numbers, one for each series (its first value), with the picture's own title and period above them."""
BARS = "bars"
"""One standing bar for each label from the first series; a second one is a line on a scale of its own."""
STACKED = "stacked"
"""One lying bar for each label, made of all series side by side."""
RANKED = "ranked"
"""One lying bar for each label from the first series, with its number."""
KINDS = (TILES, BARS, STACKED, RANKED)


@dataclass(frozen=True, slots=True)
class Series:
    """One value for each label of its chart; `unit` where it differs from the chart's."""

    name: str
    values: tuple[Decimal, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart; words in it are as people wrote them and are made harmless where they are drawn.

    `note` is what stands small beside the title: a period, a target.
    """

    title: str
    kind: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    note: str = ""


def to_documents(charts: Sequence[Chart]) -> list[Mapping[str, object]]:
    """As JSON; numbers as decimal text."""
    return [
        {
            "title": chart.title,
            "kind": chart.kind,
            "labels": list(chart.labels),
            "series": [
                {"name": one.name, "values": [str(value) for value in one.values], "unit": one.unit}
                for one in chart.series
            ],
            "unit": chart.unit,
            "note": chart.note,
        }
        for chart in charts
    ]


def from_documents(documents: Sequence[Mapping[str, Any]] | None) -> tuple[Chart, ...]:
    """Back from `to_documents`; none where a release without charts wrote it."""
    return tuple(
        Chart(
            one["title"],
            one["kind"],
            tuple(one["labels"]),
            tuple(_series(part) for part in one["series"]),
            one["unit"],
            one["note"],
        )
        for one in documents or ()
    )


def _series(document: Mapping[str, Any]) -> Series:
    return Series(document["name"], tuple(map(Decimal, document["values"])), document["unit"])
