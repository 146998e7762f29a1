"""What stands above a report's charts: its name, its days, and the figures one looks for first."""

from decimal import Decimal

from domain.charts import TILES, Chart, Series
from domain.figures import Report
from handlers.wording.figures import Frame


def heading(title: str, days: str, owed: Decimal, found: Report, frame: Frame) -> Chart:
    """The big numbers; money only for those who may see it."""
    now = found.now
    tiles = [_tile("新单", now.taken.number, "张"), _tile("发货", now.done("shipped").number, "次")]
    if frame.amounts:
        tiles[1:1] = [_tile("金额", now.taken.amount, "元")]
        tiles += [_tile("收款", now.done("paid").amount, "元"), _tile("现在未收", owed, "元")]
    tiles.append(_tile("现在超时", sum(one.overdue for one in found.backlog), "张"))
    name = f"{title} {found.scope.name}".strip()
    return Chart(name, TILES, (), tuple(tiles), note=days)


def _tile(name: str, value: Decimal | int, unit: str) -> Series:
    return Series(name, (Decimal(value),), unit)
