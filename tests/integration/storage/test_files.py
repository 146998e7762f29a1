"""Files that people send, on each engine: kept once, claimed by one, decided once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import Stale
from domain.files import ClaimedFile, ReadFile, Upload
from domain.ports import UnitsOfWork
from storage.engine import Database
from storage.upload_queue import FileQueue
from tests.integration.storage.stories import NOW

LEASE = timedelta(minutes=3)
UPLOAD = Upload("console:console:lina/1", "lina", "订单\u0000.xlsx", bytes(range(256)) * 40, NOW, "user:lina")


async def keep(units: UnitsOfWork, *uploads: Upload) -> None:
    async with units() as uow:
        for upload in uploads:
            await uow.files.keep(upload)
        await uow.commit()


async def claim(database: Database, after: timedelta = timedelta()) -> tuple[ClaimedFile, ...]:
    return await FileQueue(database).claim(NOW + after, 10, LEASE)


async def test_a_file_comes_back_byte_for_byte_the_oldest_first(database: Database, units: UnitsOfWork):
    younger = replace(UPLOAD, source="console:console:lina/2", at=NOW + timedelta(seconds=1))
    await keep(units, younger, UPLOAD)

    first, second = await claim(database, timedelta(seconds=1))

    assert first == ClaimedFile(replace(UPLOAD, name="订单\ufffd.xlsx"), 1)
    assert second.upload.source == younger.source
    assert await claim(database, timedelta(seconds=2)) == ()
    assert await FileQueue(database).next_due() == NOW + timedelta(seconds=1) + LEASE


async def test_the_same_message_keeps_nothing_twice(units: UnitsOfWork):
    await keep(units, UPLOAD)

    with pytest.raises(Stale):
        await keep(units, UPLOAD)


async def test_what_is_not_committed_is_not_there(database: Database, units: UnitsOfWork):
    async with units() as uow:
        await uow.files.keep(UPLOAD)

    assert await claim(database) == ()
    assert await FileQueue(database).next_due() is None


async def test_only_whoever_claimed_it_last_decides_and_only_once(database: Database, units: UnitsOfWork):
    await keep(units, UPLOAD)
    (slow,) = await claim(database)
    (quick,) = await claim(database, LEASE)
    read = ReadFile(UPLOAD.name, NOW, "digest", {"orders": 2})

    async def done(claimed: ClaimedFile) -> bool:
        async with units() as uow:
            ours = await uow.files.done(claimed, read, NOW)
            await uow.commit()
        return ours

    assert (slow.attempts, quick.attempts) == (1, 2)
    assert [await done(slow), await done(quick), await done(quick)] == [False, True, False]
    async with units() as uow:
        assert await uow.files.waiting("lina") == 0
        assert await uow.files.latest("lina", "digest", NOW - LEASE) == replace(read, name="订单\ufffd.xlsx")
        assert await uow.files.latest("lina", "digest", NOW) is None
        assert await uow.files.latest("lina", "other", NOW - LEASE) is None
        assert await uow.files.latest("zhaolei", "digest", NOW - LEASE) is None


async def test_one_that_is_held_waits_for_its_sender_and_is_read_once_more(
    database: Database, units: UnitsOfWork
):
    await keep(units, UPLOAD)
    (claimed,) = await claim(database)
    async with units() as uow:
        assert await uow.files.waiting("lina") == 1
        assert await uow.files.hold(claimed)
        await uow.commit()
    assert await claim(database, 10 * LEASE) == ()

    async with units() as uow:
        assert await uow.files.release(UPLOAD.source, NOW + LEASE)
        assert not await uow.files.release(UPLOAD.source, NOW + LEASE)
        assert not await uow.files.release("console:console:lina/9", NOW)
        await uow.commit()

    (again,) = await claim(database, LEASE)
    assert (again.upload.again, again.attempts, again.upload.data) == (True, 1, UPLOAD.data)


async def test_what_is_old_is_forgotten(database: Database, units: UnitsOfWork):
    await keep(units, UPLOAD)
    queue = FileQueue(database)

    assert await queue.forget(NOW) == 0
    assert await queue.forget(NOW + timedelta(seconds=1)) == 1
    assert await claim(database) == ()
