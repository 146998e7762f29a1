from datetime import timedelta

from bot.clock import MovableClock, system_clock

ALLOWED = timedelta(seconds=5)


def test_a_moved_clock_stays_ahead_for_every_process_and_after_a_restart(tmp_path):
    clock = MovableClock(tmp_path / "clock")
    clock.move(timedelta(hours=3))
    clock.move(timedelta(hours=1))

    ahead = MovableClock(tmp_path / "clock")() - system_clock()

    assert timedelta(hours=4) - ALLOWED < ahead <= timedelta(hours=4)
    assert clock().utcoffset() == timedelta()


def test_it_never_goes_back(tmp_path):
    clock = MovableClock(tmp_path / "clock")
    clock.move(timedelta(hours=1))

    clock.move(timedelta(hours=-2))

    assert clock() - system_clock() > timedelta(hours=1) - ALLOWED


def test_a_new_clock_may_begin_in_the_past_and_catches_up_once(tmp_path):
    clock = MovableClock(tmp_path / "clock")
    clock.begin(timedelta(minutes=25))
    behind = clock() - system_clock()
    clock.move(timedelta(minutes=10))
    clock.begin(timedelta(hours=9))
    clock.catch_up()
    level = clock() - system_clock()
    clock.move(timedelta(hours=1))
    clock.catch_up()

    assert behind < timedelta(minutes=-24)
    assert timedelta(seconds=-1) < level < timedelta(seconds=1)
    assert clock() - system_clock() > timedelta(minutes=59)
