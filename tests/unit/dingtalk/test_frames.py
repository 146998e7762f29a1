"""Frames of a Stream connection, as the protocol's page writes them, and otherwise."""

import json

import pytest

from bot.platforms.base import Rejected
from bot.platforms.dingtalk import frames

# https://github.com/open-dingtalk/developerpedia, learn/stream/protocol
PING = """{"specVersion":"1.0","type":"SYSTEM","headers":{"contentType":"application/json",
"messageId":"0ab6","time":"1690362102194","topic":"ping"},"data":"{\\"opaque\\":\\"0d756526\\"}"}"""


def test_a_ping_gets_back_what_it_carried():
    frame = frames.read(PING)

    assert (frame.system, frame.topic) == (True, "ping")
    answer = json.loads(frames.pong(frame))
    assert (answer["code"], answer["headers"]["messageId"]) == (200, "0ab6")
    assert json.loads(answer["data"]) == {"opaque": "0d756526"}


def test_data_is_read_a_second_time():
    frame = frames.read(json.dumps({"type": "CALLBACK", "headers": {"topic": "t"}, "data": '{"msgId": "m"}'}))

    assert frame.document() == {"msgId": "m"}


@pytest.mark.parametrize("name", ["headers", "header"])
def test_headers_have_two_spellings_and_data_two_forms(name):
    frame = frames.read(
        json.dumps({"type": "CALLBACK", name: {"topic": "t", "messageId": "m"}, "data": {"a": 1}})
    )

    assert (frame.topic, frame.id, frame.document()) == ("t", "m", {"a": 1})


@pytest.mark.parametrize("said", ["", "[]", "{", "[" * 100_000, b"\xff"])
def test_what_is_no_frame_is_refused(said):
    with pytest.raises(Rejected):
        frames.read(said)


@pytest.mark.parametrize("data", ["", "[]", "{", "null"])
def test_a_frame_may_hold_nothing_readable(data):
    frame = frames.read(
        json.dumps({"type": "SYSTEM", "headers": {"topic": "ping", "messageId": "m"}, "data": data})
    )

    with pytest.raises(Rejected):
        frame.document()
    assert json.loads(frames.pong(frame))["code"] == 200
