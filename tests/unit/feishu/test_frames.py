"""Frames as another implementation published them, and that no bytes whatever break the reader."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.base import Rejected
from bot.platforms.feishu.frames import CONTROL, DATA, MOST_HEADERS, Frame, decode, encode

TEXTS = st.text(max_size=20)
FRAMES = st.builds(
    Frame,
    method=st.integers(-(2**31), 2**31 - 1),
    service=st.integers(-(2**31), 2**31 - 1),
    headers=st.lists(st.tuples(TEXTS, TEXTS), max_size=6).map(tuple),
    payload=st.binary(max_size=300),
    sequence=st.integers(0, 2**64 - 1),
    log=st.integers(0, 2**64 - 1),
    payload_encoding=TEXTS,
    payload_type=TEXTS,
    log_new=TEXTS,
)


def test_a_ping_is_what_others_send() -> None:
    ping = encode(Frame(CONTROL, 123, (("type", "ping"),)))

    # The first eight bytes stand in the tests of a published client; the rest is the header by hand.
    assert ping[:8] == bytes([8, 0, 16, 0, 24, 123, 32, 0])
    assert ping[8:] == b"\x2a\x0c\x0a\x04type\x12\x04ping"


def test_a_frame_of_an_event_is_read_field_by_field() -> None:
    data = (
        b"\x08\x96\x01\x10\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x18\x07\x20\x01"
        b"\x2a\x0d\x0a\x04type\x12\x05event\x2a\x08\x0a\x03sum\x12\x011"
        b"\x32\x04gzip\x3a\x04json\x42\x02{}\x4a\x03abc"
    )

    assert decode(data) == Frame(
        DATA,
        7,
        (("type", "event"), ("sum", "1")),
        b"{}",
        sequence=150,
        log=2**64 - 1,
        payload_encoding="gzip",
        payload_type="json",
        log_new="abc",
    )


def test_a_header_is_found_by_its_name() -> None:
    frame = Frame(DATA, headers=(("type", "event"), ("type", "card")))

    assert (frame.header("type"), frame.header("seq")) == ("event", "")


def test_negative_numbers_travel_as_ten_bytes() -> None:
    assert encode(Frame(-1)).endswith(b"\x20" + b"\xff" * 9 + b"\x01")
    assert decode(encode(Frame(-1, -(2**31)))) == Frame(-1, -(2**31))


def test_fields_of_a_later_version_are_passed_over() -> None:
    later = b"\x50\x05" + b"\x5d\x01\x02\x03\x04" + b"\x61" + b"\x01" * 8 + b"\x6a\x02hi"

    assert decode(encode(Frame(DATA, 1)) + later) == Frame(DATA, 1)


def test_a_field_of_another_type_than_ours_is_passed_over() -> None:
    assert decode(b"\x0a\x01x\x28\x05\x40\x01\x20\x01") == Frame(DATA)


@pytest.mark.parametrize(
    "data",
    [
        b"\x42\x05abc",  # longer than it is
        b"\x42",  # cut in front of the length
        b"\x08" + b"\xff" * 11,  # a number without end
        b"\x0b",  # groups are of the past
        b"\x02\x00",  # field number 0
        b"\x2a\x04\x0a\x02\xff\xfe",  # no UTF-8
        b"\x61\x01",
    ],
)
def test_what_is_no_frame_is_rejected(data: bytes) -> None:
    with pytest.raises(Rejected):
        decode(data)


def test_headers_are_bounded() -> None:
    decode(encode(Frame(DATA, headers=(("a", "b"),) * MOST_HEADERS)))
    with pytest.raises(Rejected):
        decode(encode(Frame(DATA, headers=(("a", "b"),) * (MOST_HEADERS + 1))))


@given(FRAMES)
def test_every_frame_comes_back_as_it_was(frame: Frame) -> None:
    assert decode(encode(frame)) == frame


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    with contextlib.suppress(Rejected):
        decode(data)


@given(FRAMES, st.data())
def test_a_frame_cut_anywhere_is_a_frame_or_rejected(frame: Frame, data: st.DataObject) -> None:
    whole = encode(frame)
    with contextlib.suppress(Rejected):
        decode(whole[: data.draw(st.integers(0, len(whole)))])
