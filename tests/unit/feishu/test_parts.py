"""Payloads in parts: any order, any repetition, never without bounds."""

import random

from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.body import LONGEST
from bot.platforms.feishu.frames import DATA, Frame
from bot.platforms.feishu.parts import LIVES, MOST_MESSAGES, MOST_PARTS, Parts


def part(payload: bytes, total: object = 1, seq: object = 0, message: str = "m") -> Frame:
    headers = (("sum", str(total)), ("seq", str(seq)), ("message_id", message))
    return Frame(DATA, headers=headers, payload=payload)


def test_one_part_is_the_whole() -> None:
    assert Parts().add(part(b"a"), 0.0) == b"a"
    assert Parts().add(Frame(DATA, payload=b"a"), 0.0) == b"a"


@given(st.lists(st.binary(max_size=20), min_size=2, max_size=12), st.randoms(use_true_random=False))
def test_parts_in_any_order_are_put_together_once(payloads: list[bytes], chance: random.Random) -> None:
    parts, order = Parts(), list(range(len(payloads)))
    chance.shuffle(order)

    made = [parts.add(part(payloads[seq], len(payloads), seq), 0.0) for seq in order]

    assert made == [None] * (len(payloads) - 1) + [b"".join(payloads)]


def test_a_part_that_comes_twice_counts_once() -> None:
    parts = Parts()
    assert parts.add(part(b"a", 2, 0), 0.0) is None
    assert parts.add(part(b"a", 2, 0), 0.0) is None
    assert parts.add(part(b"b", 2, 1), 0.0) == b"ab"


def test_parts_of_two_messages_do_not_mix() -> None:
    parts = Parts()
    parts.add(part(b"a", 2, 0, "m1"), 0.0)
    parts.add(part(b"x", 2, 0, "m2"), 0.0)

    assert parts.add(part(b"b", 2, 1, "m1"), 0.0) == b"ab"


def test_what_waits_for_too_long_begins_anew() -> None:
    parts, late = Parts(), LIVES.total_seconds() + 0.1
    parts.add(part(b"old", 2, 0), 0.0)

    assert parts.add(part(b"b", 2, 1), late) is None
    assert parts.add(part(b"a", 2, 0), late) == b"ab"


def test_another_sum_begins_anew() -> None:
    parts = Parts()
    parts.add(part(b"a", 3, 0), 0.0)
    parts.add(part(b"a", 2, 0), 0.0)

    assert parts.add(part(b"b", 2, 1), 0.0) == b"ab"


def test_what_makes_no_sense_is_nothing() -> None:
    for frame in (
        part(b"a", 2, 2),
        part(b"a", MOST_PARTS + 1, 0),
        part(b"a", 2, 0, message=""),
        part(b"a" * (LONGEST + 1)),
    ):
        assert Parts().add(frame, 0.0) is None
    assert Parts().add(part(b"a", "-2", "x"), 0.0) == b"a"


def test_memory_is_bounded_in_messages_and_bytes() -> None:
    parts = Parts()
    for number in range(MOST_MESSAGES + 1):
        parts.add(part(b"a", 2, 0, f"m{number}"), 0.0)
    assert parts.add(part(b"b", 2, 1, "m0"), 0.0) is None  # the oldest had to go
    assert parts.add(part(b"b", 2, 1, f"m{MOST_MESSAGES}"), 0.0) == b"ab"

    half = b"x" * (LONGEST // 2 + 1)
    parts.add(part(half, 3, 0, "big"), 0.0)
    assert parts.add(part(half, 3, 1, "big"), 0.0) is None
    assert parts.add(part(b"", 3, 2, "big"), 0.0) is None  # it was dropped as a whole
