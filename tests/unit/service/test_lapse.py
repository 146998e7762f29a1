from datetime import timedelta

from bot.lapse import Lapse
from tests.fakes.outbox import NOON, FakeClock

HOUR = timedelta(hours=1)


class Alarms:
    """Things that fall due, and when each was handled; `again` rings once more so much later."""

    def __init__(self, clock, *due, again=None, stuck=False):
        self.clock, self.due, self.again, self.stuck = clock, sorted(due), again, stuck
        self.handled = []

    async def next_due(self):
        return self.due[0] if self.due else None

    async def settle(self):
        while not self.stuck and self.due and self.due[0] <= self.clock():
            due = self.due.pop(0)
            self.handled.append((due, self.clock()))
            if self.again:
                self.due.append(due + self.again)


async def test_what_falls_due_on_the_way_happens_at_its_own_moment():
    clock = FakeClock()
    alarms = Alarms(clock, NOON + HOUR, NOON + 2 * HOUR, NOON + 9 * HOUR)

    await Lapse(clock, [alarms.next_due], alarms.settle).advance(3 * 3600)

    assert alarms.handled == [(NOON + HOUR, NOON + HOUR), (NOON + 2 * HOUR, NOON + 2 * HOUR)]
    assert clock() == NOON + 3 * HOUR


async def test_what_something_due_sets_off_happens_on_the_way_too():
    clock = FakeClock()
    alarms = Alarms(clock, NOON + HOUR, again=HOUR)

    await Lapse(clock, [alarms.next_due], alarms.settle).advance(3 * 3600)

    assert [at for _, at in alarms.handled] == [NOON + HOUR, NOON + 2 * HOUR, NOON + 3 * HOUR]


async def test_what_falls_due_while_the_clock_runs_on_by_itself_is_not_left_for_the_end():
    clock = FakeClock()
    second = timedelta(seconds=1)
    alarms = Alarms(clock, NOON + HOUR, NOON + HOUR + second)

    async def settle_slowly():
        await alarms.settle()
        clock.move(2 * second)

    await Lapse(clock, [alarms.next_due], settle_slowly).advance(3 * 3600)

    assert all(at - due <= 2 * second for due, at in alarms.handled)


async def test_something_that_cannot_be_handled_does_not_stop_time():
    clock = FakeClock()
    alarms = Alarms(clock, NOON - HOUR, NOON + HOUR, stuck=True)

    await Lapse(clock, [alarms.next_due], alarms.settle).advance(3 * 3600)

    assert clock() == NOON + 3 * HOUR
