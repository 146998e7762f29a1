"""When to try again; pure."""

from datetime import timedelta

FIRST = timedelta(seconds=2)
LONGEST = timedelta(minutes=30)
ATTEMPTS = 15
FIRST_SETTING = timedelta(minutes=2)


def pause(attempt: int, chance: float, after: timedelta | None = None) -> timedelta:
    """How long to wait after the `attempt`-th failure (from 1).

    Full jitter: `chance` (0 to 1) of a doubling span, so that failures together do not return together.
    What the other side asked for (`after`) is waited for at least.
    """
    span = min(LONGEST, FIRST * (1 << min(attempt - 1, 30)))
    return (after or timedelta()) + span * chance


def is_last(attempt: int) -> bool:
    """True when nothing is tried after this attempt."""
    return attempt >= ATTEMPTS


def setting_pause(failures: int) -> timedelta:
    """How long a destination rests for which a setting is wrong, after so many failures before this one."""
    return min(LONGEST, FIRST_SETTING * (1 << min(failures, 30)))
