"""The few words in and about a picture that come from no report."""

from collections.abc import Sequence

from domain.charts import TILES, Chart
from handlers.wording.text import plain

NOTHING = "没有"


def others(count: int) -> str:
    """What is not shown one by one."""
    return f"其余{count}项"


def described(charts: Sequence[Chart]) -> str:
    """What is to be seen, for who cannot see it; the figures stand in the text beside it."""
    head = next((chart for chart in charts if chart.kind == TILES), None)
    named = plain(" ".join(part for part in (head.title, head.note) if part)) if head else ""
    parts = "、".join(plain(chart.title, 20) for chart in charts if chart.kind != TILES)
    return f"{named}（图：{parts}）"
