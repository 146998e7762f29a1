"""What answers mean."""

from datetime import timedelta

import pytest

from bot.platforms.feishu.errcodes import (
    BUSY,
    MALFORMED,
    NEVER,
    SETTING,
    TOKEN_ENDED,
    Malformed,
    check,
    code_of,
)
from bot.platforms.http import Answer
from domain.sending import Misconfigured, TryLater, Undeliverable


def test_success_is_a_code_of_0() -> None:
    for document in ({"code": 0}, {"code": "0"}, {"StatusCode": 0, "StatusMessage": "success"}):
        check(Answer(200, document))


@pytest.mark.parametrize("document", [{}, {"code": None}, {"code": "x"}, {"StatusCode": 1}, {"msg": "ok"}])
def test_what_has_no_code_is_no_success(document: dict[str, object]) -> None:
    with pytest.raises(TryLater):
        check(Answer(200, document))


def test_a_good_code_beside_a_bad_status_is_none() -> None:
    with pytest.raises(TryLater):
        check(Answer(403, {"code": 0}))


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        (19021, Misconfigured), (19022, Misconfigured), (19024, Misconfigured), (230006, Misconfigured),
        (230027, Misconfigured), (99991662, Misconfigured), (230002, Undeliverable), (230013, Undeliverable),
        (230018, Undeliverable), (230025, Undeliverable), (230035, Undeliverable), (230053, Undeliverable),
        (230099, Undeliverable), (232009, Undeliverable), (11232, TryLater), (230020, TryLater), (230049, TryLater),
        (230034, Undeliverable), (230029, Undeliverable), (230001, Malformed), (11310, Malformed), (9499, TryLater), (99991400, TryLater), (99991663, TryLater), (424242, TryLater),
    ],
)  # fmt: skip
def test_every_code_is_one_of_three_failures(code: int, failure: type[Exception]) -> None:
    for said in (code, str(code)):
        with pytest.raises(failure, match=str(code)):
            check(Answer(400, {"code": said, "msg": "made-up-secret"}))


def test_whoever_says_how_long_to_wait_knows_best() -> None:
    with pytest.raises(TryLater) as told:
        check(Answer(429, {"code": 99991400}, timedelta(seconds=7)))
    assert told.value.after == timedelta(seconds=7)
    with pytest.raises(TryLater) as told:
        check(Answer(200, {"code": 11232}))
    assert told.value.after == timedelta(minutes=1)


def test_no_code_means_two_things() -> None:
    tables = [set(BUSY), set(SETTING), set(MALFORMED), set(NEVER), set(TOKEN_ENDED)]

    assert sum(map(len, tables)) == len(set.union(*tables))
    assert code_of(Answer(200, {"code": 3, "StatusCode": 4})) == 3
