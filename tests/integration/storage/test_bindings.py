"""Who is who beside the table of staff, on both engines: kept, spent once, counted, and raced for."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.binding import (
    CODE_LIVES,
    MOST_REQUESTS,
    REQUEST_LIVES,
    TRIES_WITHIN,
    WRONG,
    Account,
    Bound,
    Preferred,
    Refused,
    Request,
    Unbound,
    bind,
    code_for,
    prefer,
    refuse,
    unbind,
)
from domain.errors import Stale
from domain.identity import Preference
from domain.ports import UnitsOfWork
from storage.audit import verify
from storage.engine import Database, connect
from storage.registry import Registry
from tests.builders import LEAD, OTHER, SELLER, an_act
from tests.integration.storage.stories import NOW, a_key

ACCOUNT = Account("feishu", "ou_1")
ACT = an_act(SELLER, NOW)
SECOND = timedelta(seconds=1)


def a_code(person=SELLER, digits="483920", at=NOW):
    """A code of theirs."""
    return code_for(person, "wecom", digits, "5a17" * 8, at)


def asks(number: int, at=NOW, claimed: str = "李娜") -> Request:
    """A stranger says who they are."""
    return Request("feishu", f"ou_{number}", f"OU_{number}", claimed, at, f"feishu:app:{number}")


async def keep(units: UnitsOfWork, *changes: Bound | Unbound | Refused | Preferred) -> None:
    """Written and committed."""
    async with units() as uow:
        for change in changes:
            await uow.bindings.keep(change)
        await uow.commit()


async def offered(units: UnitsOfWork, *codes) -> None:
    """Codes that are live."""
    async with units() as uow:
        for code in codes:
            await uow.bindings.offer(code)
        await uow.commit()


async def live(units: UnitsOfWork, at=NOW):
    """The codes that count then."""
    async with units() as uow:
        return await uow.bindings.codes(at)


async def test_nothing_is_known_at_first(database: Database):
    register = await Registry(database).register()

    assert (register.version, register.bindings, register.preferences) == (0, (), ())


async def test_what_is_kept_is_read_again_also_after_a_restart(
    units: UnitsOfWork, database: Database, database_url: str
):
    change = bind(ACCOUNT, SELLER, ACT)
    await keep(units, change, prefer("dingtalk", ACT))
    await keep(units, prefer("feishu", ACT))

    async with connect(database_url) as again:
        register = await Registry(again).register()
        assert await Registry(again).version() == register.version == 3
    assert register.bindings == (change.binding,)
    assert register.preferences == (Preference("seller", "feishu"),)
    assert (await verify(database)).broken == ()


async def test_the_version_comes_with_every_opening(units: UnitsOfWork):
    await keep(units, bind(ACCOUNT, SELLER, ACT))

    async with units() as uow:
        assert (await uow.open(a_key("looking"), "seller", "")).register == 1


async def test_an_id_is_one_persons_and_a_person_has_one_id_on_a_platform(units: UnitsOfWork):
    await keep(units, bind(ACCOUNT, SELLER, ACT))

    for account, person in ((ACCOUNT, OTHER), (Account("feishu", "ou_2"), SELLER)):
        with pytest.raises(Stale):
            await keep(units, bind(account, person, ACT))
    await keep(units, bind(Account("wecom", "ou_1"), SELLER, ACT))


async def test_what_was_unbound_may_be_bound_anew_and_is_not_unbound_twice(
    units: UnitsOfWork, database: Database
):
    change = bind(ACCOUNT, SELLER, ACT)
    await keep(units, change)
    await keep(units, unbind(change.binding, ACT))

    with pytest.raises(Stale):
        await keep(units, unbind(change.binding, ACT))
    await keep(units, bind(ACCOUNT, OTHER, ACT))
    register = await Registry(database).register()
    assert [one.person for one in register.bindings] == ["other"]


async def test_a_code_counts_until_it_runs_out_and_the_newest_of_each_person_alone(units: UnitsOfWork):
    await offered(units, a_code(), a_code(OTHER, "111111"))
    newer = a_code(digits="222222", at=NOW + SECOND)
    await offered(units, newer)

    assert await live(units) == (a_code(OTHER, "111111"), newer)
    assert await live(units, NOW + CODE_LIVES) == (newer,)
    assert await live(units, NOW + CODE_LIVES + SECOND) == ()


async def test_a_code_is_spent_once(units: UnitsOfWork):
    await offered(units, a_code())

    async with units() as uow:
        assert await uow.bindings.spend(a_code())
        assert not await uow.bindings.spend(a_code())
        await uow.commit()
    assert await live(units) == ()


async def test_a_code_that_was_replaced_is_not_spent_in_the_place_of_the_newer_one(units: UnitsOfWork):
    await offered(units, a_code())
    await offered(units, a_code(digits="222222"))

    async with units() as uow:
        assert not await uow.bindings.spend(a_code())


async def test_spending_that_is_not_committed_leaves_the_code(units: UnitsOfWork):
    await offered(units, a_code())

    async with units() as uow:
        assert await uow.bindings.spend(a_code())

    assert await live(units) == (a_code(),)


async def test_of_two_strangers_with_one_code_the_second_finds_it_spent(units: UnitsOfWork):
    """The first has spent it and not committed when the second, who read it as live, tries."""
    await offered(units, a_code())
    async with units() as first:
        (code,) = await first.bindings.codes(NOW)
        assert await first.bindings.spend(code)
        second = asyncio.create_task(spent_by_another(units, code))
        await asyncio.sleep(0.1)
        assert not second.done()
        await first.bindings.keep(bind(ACCOUNT, SELLER, ACT))
        await first.commit()

    assert await second is False


async def spent_by_another(units: UnitsOfWork, code) -> bool:
    """Another stranger's turn."""
    async with units() as uow:
        return await uow.bindings.spend(code)


async def test_after_so_many_wrong_ones_no_live_code_counts_and_a_later_one_does(units: UnitsOfWork):
    await offered(units, a_code())
    for _ in range(WRONG):
        assert await live(units) == (a_code(),)
        async with units() as uow:
            await uow.bindings.missed(NOW)
            await uow.commit()

    assert await live(units) == ()
    async with units() as uow:
        assert not await uow.bindings.spend(a_code())
    await offered(units, a_code(digits="222222"))
    assert await live(units) == (a_code(digits="222222"),)


async def test_two_who_guess_at_once_are_both_counted_and_wait_for_each_other(units: UnitsOfWork):
    await offered(units, *(a_code(one, "111111") for one in (SELLER, OTHER, LEAD)))

    async def guess():
        async with units() as uow:
            await uow.bindings.missed(NOW)
            await uow.commit()

    await asyncio.gather(*(guess() for _ in range(WRONG)))

    assert await live(units) == ()


async def test_tries_are_counted_for_each_id_within_an_hour(units: UnitsOfWork):
    async def tries(account: Account, at=NOW) -> int:
        async with units() as uow:
            found = await uow.bindings.attempt(account, at)
            await uow.commit()
            return found

    assert [await tries(ACCOUNT) for _ in range(3)] == [1, 2, 3]
    assert await tries(Account("feishu", "ou_2")) == 1
    assert await tries(Account("dingtalk", "ou_1")) == 1
    assert await tries(ACCOUNT, NOW + TRIES_WITHIN - SECOND) == 4
    assert await tries(ACCOUNT, NOW + TRIES_WITHIN) == 1
    counted = await asyncio.gather(*(tries(ACCOUNT, NOW + TRIES_WITHIN) for _ in range(8)))
    assert sorted(counted) == list(range(2, 10))


async def test_a_request_waits_two_days_and_is_decided_once(units: UnitsOfWork):
    async with units() as uow:
        number = await uow.bindings.ask(asks(1))
        await uow.commit()
    assert number is not None

    async with units() as uow:
        waiting = await uow.bindings.request(number, NOW)
        assert await uow.bindings.request(number, NOW + REQUEST_LIVES) is None
        assert await uow.bindings.request(number + 1, NOW) is None
        assert waiting is not None
        assert waiting == replace(asks(1), number=number)
        assert await uow.bindings.settle(waiting)
        assert not await uow.bindings.settle(waiting)
        await uow.bindings.keep(refuse(waiting, ACT))
        await uow.commit()
    async with units() as uow:
        assert await uow.bindings.requests(NOW, 10) == ()


async def test_who_asks_again_asks_anew_and_what_was_looked_at_before_is_not_granted(units: UnitsOfWork):
    async with units() as uow:
        number = await uow.bindings.ask(asks(1))
        assert number is not None
        before = await uow.bindings.request(number, NOW)
        assert before is not None
        again = await uow.bindings.ask(asks(1, NOW + SECOND, "林晓梅"))
        assert not await uow.bindings.settle(before)
        await uow.commit()

    assert again == number
    async with units() as uow:
        assert [one.claimed for one in await uow.bindings.requests(NOW, 10)] == ["林晓梅"]


async def test_a_flood_of_requests_ends_and_old_ones_make_room(units: UnitsOfWork, database: Database):
    async with units() as uow:
        for number in range(MOST_REQUESTS):
            assert await uow.bindings.ask(asks(number)) is not None
        assert await uow.bindings.ask(asks(MOST_REQUESTS)) is None
        assert await uow.bindings.ask(asks(MOST_REQUESTS, NOW + REQUEST_LIVES)) is not None
        await uow.commit()

    await offered(units, a_code())
    assert await Registry(database).forget(NOW + SECOND) == MOST_REQUESTS
    assert await Registry(database).forget(NOW + 10 * REQUEST_LIVES) == 2


async def test_where_people_wrote_last_is_read_from_the_inbox(units: UnitsOfWork, database: Database):
    said = [("wecom", "lina", 0), ("feishu", "lina", 60), ("feishu", "lina", 30), ("wecom", "", 90)]
    async with units() as uow:
        for place, (platform, person, seconds) in enumerate(said):
            key = a_key(str(place))
            await uow.record(
                type(key)(platform, key.app, key.key), person, "", NOW + seconds * SECOND, {"text": ""}
            )
        await uow.commit()

    wrote = await Registry(database).wrote(NOW - SECOND)
    assert sorted(wrote) == [("lina", "feishu", NOW + 60 * SECOND), ("lina", "wecom", NOW)]
    assert await Registry(database).wrote(NOW + 60 * SECOND) == ()


async def test_two_who_change_something_at_once_leave_one_chain(units: UnitsOfWork, database: Database):
    async def one(door: str) -> None:
        while True:
            try:
                return await keep(units, Preferred(Preference(door, door), prefer(door, ACT).event))
            except Stale:
                continue

    await asyncio.gather(*(one(f"d{number}") for number in range(6)))

    assert (await Registry(database).register()).version == 6
    assert (await verify(database)).broken == ()
