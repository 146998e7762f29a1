"""Looks at orders and periods, asked as understanding hands them on."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from domain.errors import NotAllowed
from domain.masking import SEE_AMOUNTS
from domain.permissions import FREE
from domain.ports import MessageKey
from handlers.areas import router
from handlers.context import Context, InForce
from handlers.message import Reply
from handlers.understanding.reading import Reading, Slots
from handlers.wording.refusals import refusal
from tests.acceptance.handlers.test_order_life import placed
from tests.world import World


@dataclass(frozen=True)
class Desk:
    """Somebody asks the handlers directly."""

    world: World
    rules: InForce | None = None

    async def asks(self, person, intent, ambiguous=(), **slots):
        rules = self.rules or self.world.program.rulebook.latest
        key = MessageKey("console", "console", "look")
        ctx = Context(rules.company.catalogue.staff[person], rules, self.world.now, "", key)
        async with self.world.program.units() as uow:
            request = Reading(intent, Slots(**slots), ambiguous=dict(ambiguous))
            answer = await router().answer(request, ctx, uow)
        assert isinstance(answer, Reply)
        return answer.text


@pytest.fixture
def desk(world):
    return Desk(world)


@pytest.fixture
async def books(world):
    """Four orders: under review, cancelled, shipped, paid and done."""
    reviewing = await placed(world, "人民路华联 罐装可乐30箱")
    cancelled = await placed(world, "解放路华联 罐装可乐31箱")
    await world.says("lina", f"取消 {cancelled} 客户不要了")
    shipped = await placed(world, "家家乐 雪碧30箱", "zhaolei")
    done = await placed(world, "福满楼 雪碧32箱")
    for number in (shipped, done):
        await world.says("heting", f"通过 {number}")
        await world.says("liujun", f"发货 {number}")
    await world.says("lina", f"{done}签收了")
    await world.says("qianfang", f"收款 {done}")
    assert (await world.order(done)).step == "done"
    return {"reviewing": reviewing, "cancelled": cancelled, "shipped": shipped, "done": done}


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("unpaid", {"reviewing", "shipped"}),
        ("paid", {"done"}),
        ("open", {"reviewing", "shipped"}),
        ("reviewing", {"reviewing"}),
        ("shipped", {"shipped"}),
        ("cancelled", {"cancelled"}),
        ("overdue", {"reviewing"}),
        (None, {"reviewing", "cancelled", "shipped", "done"}),
    ],
)
async def test_a_state_lists_what_is_in_it(world, desk, books, state, found):
    if state == "overdue":
        await world.passes(hours=1)

    text = await desk.asks("linxiaomei", "order.find", state=state)

    assert {name for name, number in books.items() if f"#{number} " in text} == found


async def test_a_look_may_cover_every_customer_and_product_that_fits(desk, books):
    customers = await desk.asks("lina", "order.find", {"customer": ("C001", "C002")})
    goods = await desk.asks("lina", "order.find", {"sku": ("D001", "D002")})

    assert "共 2 张单" in customers
    assert "共 2 张单" in goods
    assert f"#{books['shipped']} " not in customers + goods


async def test_a_day_ends_at_midnight_in_the_companys_zone(world, desk):
    number = await placed(world)
    today = date(2026, 11, 23)

    assert f"#{number} " in await desk.asks("lina", "order.find", from_=today)
    assert f"#{number} " in await desk.asks("lina", "order.find", from_=date(2026, 11, 20), to=today)
    assert "没有找到" in await desk.asks("lina", "order.find", from_=date(2026, 11, 24))
    assert "没有找到" in await desk.asks("lina", "order.find", from_=date(2026, 11, 22))


async def test_several_numbers_are_listed_with_what_does_not_exist(desk, books):
    text = await desk.asks("lina", "order.find", orders=(str(books["done"]), "99"))

    assert f"#{books['done']} " in text
    assert "没有 99 号单" in text


async def test_a_list_too_long_says_how_many_there_are(world, desk):
    for count in range(13):
        await placed(world, f"家家乐 雪碧{count + 1}箱", "zhaolei")

    text = await desk.asks("zhaolei", "order.find", mine=True)

    assert "共 13 张单" in text
    assert "只列最近 12 张" in text
    assert "没有找到" in await desk.asks("lina", "order.find", mine=True)


async def test_a_customers_orders_under_way_are_those_not_finished(desk, books):
    text = await desk.asks("qianfang", "customer.show", customer="C019")

    assert "没有在途的单" in text


@pytest.mark.parametrize(
    ("intent", "slots", "period"),
    [
        ("report.daily", {}, "11-25 周三（今天）"),
        ("report.daily", {"from_": date(2026, 11, 2)}, "11-02 周一"),
        ("report.daily", {"from_": date(2026, 11, 2), "to": date(2026, 11, 4)}, "11-02 周一 至 11-04 周三"),
        ("report.weekly", {}, "11-23 周一 至 11-25 周三（今天）"),
        ("report.weekly", {"from_": date(2026, 11, 4)}, "11-02 周一 至 11-08 周日"),
        ("report.monthly", {}, "11-01 周日 至 11-25 周三（今天）"),
        ("report.monthly", {"from_": date(2026, 10, 20)}, "10-01 周四 至 10-31 周六"),
        (
            "report.monthly",
            {"from_": date(2026, 9, 1), "to": date(2026, 9, 15)},
            "09-01 周二 至 09-15 周二",
        ),
    ],
)
async def test_a_report_names_its_period(world, desk, intent, slots, period):
    await world.passes(days=2)

    assert period in (await desk.asks("linxiaomei", intent, **slots)).split("\n")[0].replace("（前天）", "")


async def test_a_report_counts_what_was_taken_in_its_period_only(world, desk):
    await placed(world)
    await world.passes(days=1)

    assert "没有新单" in await desk.asks("linxiaomei", "report.daily")
    assert "新单 1 张" in await desk.asks("linxiaomei", "report.daily", from_=date(2026, 11, 23))
    assert "新单 1 张" in await desk.asks("linxiaomei", "report.weekly")


@pytest.mark.parametrize("intent", [action for action in FREE if action != SEE_AMOUNTS])
async def test_what_a_company_keeps_to_some_roles_is_refused_to_the_others(world, intent):
    newest = world.program.rulebook.latest
    workflow = replace(newest.company.workflow, permissions={intent: ("finance",)})
    desk = Desk(world, replace(newest, company=replace(newest.company, workflow=workflow)))

    with pytest.raises(NotAllowed) as refused:
        await desk.asks("lina", intent, skus=("D001",), customer="C001")

    assert "钱芳" in refusal(refused.value)
    assert intent not in refusal(refused.value)
    assert await desk.asks("qianfang", intent, skus=("D001",), customer="C001")
