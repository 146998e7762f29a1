"""What the bot's codes mean."""

from datetime import timedelta

import pytest

from bot.platforms.wecombot.errcodes import Dead, Past, check
from domain.sending import Misconfigured, TryLater, Undeliverable


@pytest.mark.parametrize("code", [0, 42014])
def test_done_and_done_before_are_good(code: int) -> None:
    check(code)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (846609, Dead),
        (846605, Past),
        (846608, Past),
        (853000, Misconfigured),
        (45009, TryLater),
        (-1, TryLater),
        (846699, TryLater),
        (40058, Undeliverable),
    ],
)
def test_each_other_has_its_consequence_and_is_named(code: int, kind: type[Exception]) -> None:
    with pytest.raises(kind, match=str(code)):
        check(code)


def test_too_often_waits_a_minute() -> None:
    with pytest.raises(TryLater) as busy:
        check(45009)

    assert busy.value.after == timedelta(minutes=1)
