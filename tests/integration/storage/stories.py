"""Orders and what happens to them, as storage sees it: built by hand, so that every field can be seen to survive."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from domain.facts import (
    Change,
    Deed,
    Event,
    Notice,
    Passage,
    Payment,
    Shipment,
    ShippedLine,
    StockChange,
    StockMove,
    Timer,
)
from domain.order import Allocation, Approval, Check, Line, Order
from domain.ports import MessageKey, StockLevel, UnitsOfWork

NOW = datetime(2026, 11, 23, 2, 0, 0, 123457, tzinfo=UTC)
ZERO = Decimal(0)


def a_key(key: str = "m1") -> MessageKey:
    """A message of the console."""
    return MessageKey("console", "demo", key)


def a_line(no: int = 1, sku: str = "COLA", boxes: str = "2", reserved: str = "48", **more: object) -> Line:
    """Some boxes of 24, reserved in the east."""
    allocations = (Allocation("EAST", Decimal(reserved)),) if Decimal(reserved) else ()
    line = Line(
        no, sku, f"名{sku}", Decimal(boxes), "箱", Decimal(24), "罐", Decimal("48.0000"), Decimal(48),
        Decimal("0.13"), allocations=allocations,
    )  # fmt: skip
    return replace(line, **more)  # type: ignore[arg-type]


def an_order(number: int = 1, *lines: Line, **more: object) -> Order:
    """An order that is being picked, not written yet."""
    order = Order(
        number=number,
        version=0,
        step="picking",
        customer="MARKET",
        customer_name="东市超市",
        customer_type="商超",
        region="东区",
        salesperson="seller",
        maker="seller",
        created_at=NOW,
        step_since=NOW,
        lines=lines or (a_line(),),
        owner="keeper",
        step_due=NOW,
    )
    return replace(order, **more)  # type: ignore[arg-type]


def a_full_line() -> Line:
    """A line without any field at its default."""
    return Line(
        no=3, sku="TEA", name="绿茶", qty=Decimal("2.5"), unit="箱", unit_size=Decimal(15), smallest="瓶",
        price=Decimal("45.1234"), list_price=Decimal("46.5"), tax_rate=Decimal("0.13"), gift=True,
        allocations=(Allocation("EAST", Decimal("1.25")), Allocation("WEST", Decimal(2))), shipped=Decimal(20),
        signed=Decimal(18), returned=Decimal(3), missed=Decimal(1), sent=(Allocation("EAST", Decimal(17)),),
    )  # fmt: skip


def a_full_order() -> Order:
    """An order without any field at its default, version and head aside."""
    return Order(
        number=7, version=0, step="hold", customer="C", customer_name="店", customer_type="餐饮", region="西区",
        salesperson="s", maker="m", created_at=NOW, step_since=NOW, lines=(a_line(), a_full_line()), entry=4,
        owner="o", step_due=NOW, due=date(2026, 11, 24), period="上午", address="西路1号", note="轻放", urgent=True,
        tier="一人审", approvals_needed=2, approvals=(Approval("a", NOW), Approval("b", NOW)),
        approved_amount=Decimal("99.90"), changed_by=("c",), checks=(Check("price", passed=False, facts=(("list", "48"),)),),
        paid=Decimal("12.30"), held_from="picking", shipments=1, urges=5, void=True, ready=True, begun_at=NOW, revised=4,
        chosen=(("by", "rule"), ("rule", "2")), heard=(1, 3), acked=True, silent_until=NOW, paused=timedelta(minutes=7.5),
        snoozed=2, urged_at=NOW,
    )  # fmt: skip


def an_event(number: int = 1, kind: str = "order:entered", **more: object) -> Event:
    """Something the seller did to an order."""
    event = Event(f"order:{number}", kind, NOW, "seller", "console:demo:m1", {"after": {"note": "急 😀"}})
    return replace(event, **more)  # type: ignore[arg-type]


def a_change(order: Order, **more: object) -> Change:
    """The order as it is to be written, with one event."""
    return replace(Change(order, (an_event(order.number),)), **more)  # type: ignore[arg-type]


def reserving(order: Order) -> tuple[StockMove, ...]:
    """The moves that reserve what the order's lines have."""
    return tuple(
        StockMove(allocation.warehouse, line.sku, "reserve", ZERO, allocation.qty, order.number)
        for line in order.lines
        for allocation in line.allocations
    )


def a_deed(number: int = 1, kind: str = "paid", **more: object) -> Deed:
    """Something to be counted."""
    deed = Deed(kind, number, NOW, "cashier", "MARKET", "seller", Decimal("10.00"), reason="少了 😀")
    return replace(deed, **more)  # type: ignore[arg-type]


def a_passage(number: int = 1, entry: int = 1, **more: object) -> Passage:
    """A step that took an hour, half of it waiting."""
    hour = timedelta(hours=1)
    passage = Passage(
        number, entry, "reviewing", NOW - hour, NOW - hour / 2, NOW, NOW, "lead", "MARKET", "seller"
    )
    return replace(passage, **more)  # type: ignore[arg-type]


def everything(order: Order) -> Change:
    """A change that writes every kind of row."""
    return a_change(
        order,
        notices=(
            Notice(
                "entered", "group:warehouse", order.number, ("keeper",), "urgent", {"customer": "东市超市"}
            ),
            Notice("entered", "user:seller", order.number),
        ),
        timers=(Timer(order.number, order.entry, 0, 0, NOW),),
        moves=reserving(order),
        shipments=(
            Shipment(
                order.number, 1, NOW, "keeper", "德邦", "DB1", (ShippedLine(1, "COLA", "EAST", Decimal(24)),)
            ),
        ),
        payments=(Payment(order.number, NOW, "cashier", Decimal("10.00"), "wechat"),),
        deeds=(a_deed(order.number),),
        passages=(a_passage(order.number),),
    )


def goods(*levels: StockLevel) -> StockChange:
    """Goods that came in."""
    moves = tuple(StockMove(level.warehouse, level.sku, "in", level.on_hand, ZERO) for level in levels)
    return StockChange(moves, Event("stock", "stock:received", NOW, "keeper", "console:demo:in", {}))


def level(sku: str = "COLA", on_hand: int = 100, reserved: int = 0, warehouse: str = "EAST") -> StockLevel:
    """What lies in a warehouse."""
    return StockLevel(warehouse, sku, Decimal(on_hand), Decimal(reserved))


async def stocked(units: UnitsOfWork, *levels: StockLevel) -> None:
    """Let goods come in."""
    async with units() as uow:
        await uow.save(goods(*levels))
        await uow.commit()


async def written(units: UnitsOfWork, *orders: Order) -> None:
    """Write orders with nothing around them."""
    async with units() as uow:
        for order in orders:
            await uow.save(a_change(order))
        await uow.commit()
