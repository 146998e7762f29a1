"""What does not fit between orders, goods and money, in words."""

from collections.abc import Iterator, Sequence

from domain.figures import Count, Period
from domain.reconciling import Difference, Reconciliation
from handlers.message import Button, Reply
from handlers.wording.actions import look
from handlers.wording.figures import Frame
from handlers.wording.text import days, plain, span

SHOWN = 10
BUTTONS = 6

NAMES = {
    "over_shipped": "发货和订单数量对不上",
    "ledger": "发货和库存账对不上",
    "payments": "收款记录和订单已收对不上",
    "void_paid": "已取消，还收着钱",
    "overpaid": "多收了，要退",
    "unpaid": "货已发，没账期，还没收款",
    "unshipped": "钱已收，货没发",
    "missed": "签收比发货少",
}


def reconciliation(found: Reconciliation, period: Period, frame: Frame) -> Reply:
    """The sums, then every difference: the gravest first, each with its order, its money and its age."""
    text = [f"**对账** {days(period.first, period.last, frame.today)}", _sums(found, frame)]
    every = (*found.differences, *found.earlier)
    if not every:
        text.append(f"✓ 动过的 {found.orders} 张单都对得上" if found.orders else "✓ 没有要对的单")
        return Reply("\n".join(text), (Button("日报", "日报"),))
    text += _listed(f"**当日对不上 {len(found.differences)} 处**", found.differences[:SHOWN], frame)
    room = SHOWN - len(found.differences[:SHOWN])
    text += _listed(f"**以前还没平的 {len(found.earlier)} 处**", found.earlier[:room], frame)
    shown = (*found.differences[:SHOWN], *found.earlier[:room])
    if len(every) > len(shown):
        text.append(f"…另有 {len(every) - len(shown)} 处")
    numbers = dict.fromkeys(one.order.number for one in shown)
    return Reply("\n".join(text), tuple(look(number) for number in list(numbers)[:BUTTONS]))


def _sums(found: Reconciliation, frame: Frame) -> str:
    named = (("下单", "张", found.ordered), ("发货", "次", found.shipped), ("收款", "笔", found.paid))
    return "；".join(_sum(name, unit, count, frame) for name, unit, count in named)


def _sum(name: str, unit: str, count: Count, frame: Frame) -> str:
    return (
        f"{name} {count.number} {unit} {frame.money(count.amount)} 元" if count.number else f"{name} 0 {unit}"
    )


def _listed(title: str, some: Sequence[Difference], frame: Frame) -> Iterator[str]:
    if not some:
        return
    yield title
    for one in some:
        age = span(frame.now - one.since)
        yield (
            f"- #{one.order.number} {plain(one.order.customer_name, 20)}：{NAMES[one.kind]}，"
            f"{frame.money(one.amount)} 元，{age}"
        )
