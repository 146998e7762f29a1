"""Robots that are removed, banned, or never were: who hears of it, and where the notices go meanwhile."""

from tests.acceptance.pushing.conftest import Street, arrivals

REMOVED = 93000
NO_SUCH_MEMBER = 81013


def told(street: Street, user: str) -> list[str]:
    """What the app said to somebody."""
    return [message.text for message in street.wecom.inbox.app if message.user == user]


async def owners(street: Street) -> str:
    """The process owner's user id, as WeCom writes it."""
    staff = street.program.rulebook.company().catalogue.staff.values()
    return next(person.user_id for person in staff if "process_owner" in person.roles)


async def test_a_removed_robot_is_told_of_once_and_when_it_is_back_once_more(street: Street):
    street.wecom.api.fault("webhook/send", REMOVED, times=3)
    await street.owe(arrivals(range(1, 4)))
    owner = await owners(street)

    await street.settle()
    await street.passes(minutes=1)
    [blocked] = told(street, owner)
    assert "仓库群" in blocked
    assert "发不出去" in blocked
    [todo] = await street.program.store.todos.open()
    assert todo.todo.kind == "misconfigured"
    [place] = await street.program.store.outbox.destinations(street.clock())
    assert (place.waiting, place.condition.trouble) == (3, "setting")

    await street.passes(minutes=30)

    assert await street.owed() == 0
    [message] = street.said("warehouse")
    assert all(f"#{number}" in message.text for number in (1, 2, 3))
    assert len(told(street, owner)) == 2
    assert "又通了" in told(street, owner)[1]
    assert len(await street.program.store.todos.open()) == 1
    assert await street.program.store.outbox.destinations(street.clock()) == ()


async def test_an_urgent_notice_reaches_its_people_although_the_robot_is_gone(street: Street):
    street.wecom.api.fault("webhook/send", REMOVED, times=100)
    await street.owe(arrivals([1, 2], urgent=[2]))
    await street.settle()
    await street.owe(arrivals([3], urgent=[3]))

    await street.passes(minutes=1)

    mine = told(street, "wangqiang")
    assert ["#2" in mine[0], "#3" in mine[1]] == [True, True]
    assert all("仓库群没发通，转给您" in text for text in mine)
    assert await street.owed() == 1


async def test_what_a_robot_never_takes_goes_to_those_it_concerns(street: Street):
    street.wecom.api.fault("webhook/send", 40058, times=1)
    await street.owe(arrivals([1]))

    await street.settle()

    assert "#1" in told(street, "wangqiang")[0]
    assert await street.program.store.outbox.dead() == ()


async def test_at_the_end_it_is_dead_and_on_the_list(street: Street):
    street.wecom.api.fault("webhook/send", 40058, times=1)
    street.wecom.api.fault("message/send", NO_SUCH_MEMBER, times=2)
    await street.owe(arrivals([1]))

    await street.settle()

    [dead] = await street.program.store.outbox.dead()
    assert dead.notice.to == f"user:{await owners(street)}"
    assert dead.notice.facts["instead_of"] == ["group:warehouse", "user:wangqiang"]
    [todo] = await street.program.store.todos.open()
    assert (todo.todo.kind, "#1" in todo.todo.text) == ("undeliverable", True)


async def test_a_ban_rests_its_robot_for_the_minute_and_no_other(street: Street):
    street.wecom.api.fault("webhook/send", 45009)
    await street.owe(arrivals(range(1, 4)))
    await street.settle()
    await street.owe(arrivals(range(4, 6), "group:sales"))
    await street.passes(minutes=0.9)

    assert street.said("warehouse") == []
    assert len(street.said("sales")) == 2
    await street.passes(minutes=0.2)

    assert len(street.said("warehouse")) == 3
    assert street.wecom.inbox.app == []
    assert await street.program.store.todos.open() == ()


async def test_an_order_that_moved_on_while_its_robot_was_banned_is_told_as_it_stands(street: Street):
    """The order passes its review before the reviewers' group can be told of it."""
    street.wecom.api.fault("webhook/send", 45009)
    number = await street.ordered("lina", "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送")
    await street.says("heting", f"通过 {number}")
    assert street.said("review") == []

    await street.passes(minutes=2)

    [message] = street.said("review")
    assert f"现在：待发货 #{number}" in message.text
    assert "通过" not in message.text
    assert message.mentions == ()
    assert f"#{number}" in street.said("warehouse")[0].text
