"""A small made-up company, and what may be asked of it; everything has a default, tests name what matters."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from domain.act import Act
from domain.calendar import WorkCalendar
from domain.catalogue import Catalogue, Customer, PriceRule, Product, Staff, Unit, Warehouse
from domain.company import Company, Group, Rung, Step, Tier, Way, Workflow
from domain.entry import Wanted, WantedLine, enter
from domain.facts import Change
from domain.levels import Levels
from domain.levels import after as moved
from domain.order import Order
from domain.ports import EntryFacts, StockLevel

# A Monday, ten in the morning in China.
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
NOTHING_KNOWN = EntryFacts()


def person(user_id: str, name: str, *roles: str, manager: str = "", deputy: str = "") -> Staff:
    """A colleague."""
    return Staff(user_id, name, (), "", frozenset(roles), manager=manager, deputy=deputy)


BOSS = person("boss", "总经理", "manager")
CHIEF = person("chief", "经理", "manager", "process_owner", manager="boss")
LEAD = person("lead", "主管甲", "sales_supervisor", "sales", manager="chief")
SECOND = person("second", "主管乙", "sales_supervisor", manager="chief")
SELLER = person("seller", "销售甲", "sales", manager="lead", deputy="other")
OTHER = person("other", "销售乙", "sales", manager="lead")
BUYER = person("buyer", "采购甲", "purchaser", manager="chief")
KEEPER = person("keeper", "仓管甲", "warehouse", manager="chief")
PICKER = person("picker", "仓管乙", "warehouse", manager="keeper")
CASHIER = person("cashier", "会计甲", "finance", manager="chief")
ATTENDANT = person("attendant", "客服甲", "service", manager="chief")
PACKER = person("packer", "打包甲", "packer", manager="keeper")
ADMIN = person("admin", "管理员", "admin", manager="boss")

EVERYBODY = (
    BOSS, CHIEF, LEAD, SECOND, SELLER, OTHER, BUYER, KEEPER, PICKER, CASHIER, ATTENDANT, PACKER, ADMIN,
)  # fmt: skip


def product(sku: str, name: str, price: str, *units: tuple[str, int], default: str = "") -> Product:
    """A product; the first unit is the smallest, the last one is that of the price list."""
    sizes = tuple(Unit(unit, Decimal(size)) for unit, size in units)
    unit = default or sizes[-1].name
    return Product(sku, name, (), "饮料", "", (), unit, sizes, Decimal(price), Decimal("0.13"))


COLA = product("COLA", "罐装可乐", "48.00", ("罐", 1), ("箱", 24))
TEA = product("TEA", "绿茶", "45.00", ("瓶", 1), ("提", 5), ("箱", 15))
WATER = product("WATER", "桶装水", "12.00", ("桶", 1))
RICE = product("RICE", "散装米", "6.00", ("公斤", 1), ("袋", 25), default="公斤")

EAST = Warehouse("EAST", "东仓", (), ("东区", "郊区"), "东路1号")
WEST = Warehouse("WEST", "西仓", (), ("西区",), "西路1号")


def customer(code: str, name: str, region: str, limit: str = "50000", **fields: object) -> Customer:
    """A customer of the seller."""
    address = f"{region}大街1号"
    plain = Customer(code, name, (), "商超", region, address, "", "", Decimal(limit), 30, "A", "seller")
    return replace(plain, **fields)  # type: ignore[arg-type]


MARKET = customer("MARKET", "东市超市", "东区")
CORNER = customer("CORNER", "街角小店", "西区", limit="800", price_level="C")
CANTEEN = customer("CANTEEN", "西区食堂", "西区")

TIERS = (
    Tier("免审", Decimal(1000), 0, ()),
    Tier("一人审", Decimal(20000), 1, ("sales_supervisor", "manager")),
    Tier("两人审", None, 2, ("manager", "sales_supervisor")),
)


def hours(number: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=number)


def step(
    key: str, name: str, *roles: str, group: str = "", limit: float = 0, after: str = "", **more: object
) -> Step:
    """A step of its own kind with a limit in hours."""
    plain = Step(key, name, key, roles, group, hours(limit) if limit else None, after)
    return replace(plain, **more)  # type: ignore[arg-type]


LADDER = (
    Rung(hours(1), "owner"),
    Rung(hours(2), "supervisor", every=hours(1), times=3),
    Rung(hours(6), "manager"),
    Rung(hours(7), "group"),
)

STEPS = (
    step("draft", "草稿", "sales", "sales_supervisor", group="sales", after="reviewing"),
    step(
        "reviewing",
        "待审核",
        "sales_supervisor",
        "manager",
        group="review",
        limit=0.5,
        after="picking",
        ladder=LADDER,
    ),
    step("picking", "待发货", "warehouse", group="warehouse", limit=4, after="shipped", ladder=LADDER),
    step("short", "缺货待补", "purchaser", group="purchase", limit=8, after="picking"),
    step("shipped", "已发货", "sales", "service", group="service", limit=16, after="signed"),
    step("signed", "已签收", "finance", group="finance", after="done", ladder=(Rung(hours(8), "owner"),)),
    step("done", "已完成"),
    step("hold", "挂起", "sales", group="sales"),
    step("cancelled", "已取消"),
)

PACKING = step(
    "packing", "打包", "packer", group="warehouse", limit=2, after="shipped", kind="work", guide="装箱"
)
TESTING = step("testing", "质检", "service", group="service", limit=2, after="picking", kind="work")

CALENDAR = WorkCalendar(ZONE, ((time(9), time(12)), (time(13, 30), time(18, 30))))


def steps_with(*own: Step, **following: str) -> Mapping[str, Step]:
    """The usual steps, the company's own among them; `following` says whose next step changes."""
    usual = {one.key: one for one in (*STEPS, *own)}
    return {key: replace(one, next=following.get(key, one.next)) for key, one in usual.items()}


def a_company(
    steps: Mapping[str, Step] | None = None,
    staff: tuple[Staff, ...] = EVERYBODY,
    tiers: tuple[Tier, ...] = TIERS,
    permissions: Mapping[str, tuple[str, ...]] | None = None,
) -> Company:
    """The company, with other steps, people, tiers or permissions where a test needs them."""
    catalogue = Catalogue(
        customers={one.code: one for one in (MARKET, CORNER, CANTEEN)},
        products={one.sku: one for one in (COLA, TEA, WATER, RICE)},
        staff={one.user_id: one for one in staff},
        warehouses={one.code: one for one in (EAST, WEST)},
        prices=(
            PriceRule("TEA", Decimal("46.00"), level="C"),
            PriceRule("TEA", Decimal("40.00"), customer="CANTEEN"),
        ),
    )
    members = {
        "sales": ("sales", "sales_supervisor"),
        "review": ("sales_supervisor", "manager"),
        "warehouse": ("warehouse", "packer"),
        "purchase": ("purchaser",),
        "service": ("service",),
        "finance": ("finance",),
    }
    return Company(
        version=1,
        name="云州东方饮品",
        bot_name="跟单助手",
        calendar=CALENDAR,
        catalogue=catalogue,
        workflow=Workflow(steps or steps_with(), tiers, permissions or {}),
        groups={
            key: Group(key, key, (Way("console"),), tuple(p.user_id for p in staff if p.roles & {*roles}))
            for key, roles in members.items()
        },
    )


COMPANY = a_company()
# Packing stands between picking and shipping.
PACKING_COMPANY = a_company(steps_with(PACKING, picking="packing"))
# The goods are tested before they are picked.
TESTING_COMPANY = a_company(steps_with(TESTING, reviewing="testing"))


def an_act(by: Staff = SELLER, at: datetime = MONDAY, company: Company = COMPANY, source: str = "") -> Act:
    """Somebody does something."""
    return Act(by, at, company, source or f"{by.user_id}@{at:%H%M%S}")


def levels(**on_hand: int) -> dict[tuple[str, str], StockLevel]:
    """Stock with nothing reserved: `EAST_COLA=240`."""
    places = {name: name.split("_") for name in on_hand}
    return {
        (warehouse, sku): StockLevel(warehouse, sku, Decimal(on_hand[name]), Decimal(0))
        for name, (warehouse, sku) in places.items()
    }


PLENTY = levels(EAST_COLA=100_000, EAST_TEA=100_000, WEST_COLA=100_000, WEST_TEA=100_000, EAST_WATER=100_000)


def after(stock: Levels, *changes: Change) -> Levels:
    """The stock when these changes have been written."""
    return moved(stock, [move for change in changes for move in change.moves])


def boxes(qty: str | int, sku: str = "COLA", unit: str = "箱", **more: object) -> WantedLine:
    """So many boxes of cola, or of something else."""
    return WantedLine(sku, Decimal(qty), unit, **more)  # type: ignore[arg-type]


def wanted(*lines: WantedLine, customer: str = "MARKET", **more: object) -> Wanted:
    """What a customer wants: two boxes of cola unless said otherwise."""
    return Wanted(customer, lines or (boxes(2),), **more)  # type: ignore[arg-type]


def entered(
    *lines: WantedLine,
    stock: Levels = PLENTY,
    by: Staff = SELLER,
    company: Company = COMPANY,
    facts: EntryFacts = NOTHING_KNOWN,
    number: int = 17,
    at: datetime = MONDAY,
    **more: object,
) -> Change:
    """An order is placed."""
    return enter(number, wanted(*lines, **more), an_act(by, at, company), facts, stock)  # type: ignore[arg-type]


def picking(*lines: WantedLine, **more: object) -> Order:
    """A small order that nobody had to review: two boxes of cola, reserved."""
    return entered(*lines, **more).order  # type: ignore[arg-type]


def reviewing(*lines: WantedLine, **more: object) -> Order:
    """An order for one reviewer: fifty boxes of cola, 2 400 yuan."""
    return entered(*(lines or (boxes(50),)), **more).order  # type: ignore[arg-type]
