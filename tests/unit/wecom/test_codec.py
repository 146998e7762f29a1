"""Callbacks become messages; whatever is not genuine is rejected before it is read."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.base import Incoming, RawRequest, Rejected
from bot.platforms.wecom import xml
from bot.platforms.wecom.app import WecomApp
from bot.platforms.wecom.codec import WecomCodec
from bot.platforms.wecom.crypto import Envelope
from handlers.message import Button, Reply
from tests.fakes.wecom_platform import Callback, Platform
from tests.unit.wecom import vectors

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
APP = WecomApp(vectors.CORP_A, 1000002, "s", vectors.TOKEN_A, vectors.KEY_A)
CODEC = WecomCodec(APP)
PLATFORM = Platform(APP, clock=NOW.timestamp)


def decode(callback: Callback, at: datetime = NOW) -> Incoming:
    return CODEC.decode(RawRequest("POST", callback.query, callback.body), at)


def published(vector: vectors.Vector, at: int) -> Incoming:
    app = WecomApp(
        vector.receiver, 1000002 if vector.receiver == vectors.CORP_A else 218, "s", vector.token, vector.key
    )
    query = {"msg_signature": vector.signature, "timestamp": vector.timestamp, "nonce": vector.nonce}
    body = xml.write({"ToUserName": vector.receiver, "Encrypt": vector.sealed, "AgentID": ""})
    return WecomCodec(app).decode(RawRequest("POST", query, body), datetime.fromtimestamp(at, UTC))


def test_the_published_messages_are_read() -> None:
    hello, greeting = published(vectors.MESSAGE_B, 1409659813), published(vectors.MESSAGE_A, 1476422779)

    assert hello.message.text == "hello"
    assert greeting.message.text == "你好"
    assert greeting.message.sender == "chenjiashun"
    assert greeting.sender == "ChenJiaShun"
    assert greeting.message.at == datetime.fromtimestamp(1476422779, UTC)
    assert greeting.message.place == ""
    assert str(greeting.message.key) == "wecom:ww1436e0e65a779aee/1000002:1456453720"


@pytest.mark.parametrize("vector", [vectors.ECHO_A, vectors.ECHO_B], ids=lambda vector: vector.name)
def test_the_published_url_checks_are_answered_bare(vector: vectors.Vector) -> None:
    codec = WecomCodec(WecomApp(vector.receiver, 1, "s", vector.token, vector.key))
    query = {
        "msg_signature": vector.signature,
        "timestamp": vector.timestamp,
        "nonce": vector.nonce,
        "echostr": vector.sealed,
    }

    echo = codec.echo(RawRequest("GET", query), datetime.fromtimestamp(int(vector.timestamp), UTC))

    assert vector.text is not None
    assert echo == vector.text.encode()


@pytest.mark.parametrize(
    ("fields", "kind", "text"),
    [
        ({"MsgType": "text", "Content": " 罐装可乐20箱 "}, "text", " 罐装可乐20箱 "),
        ({"MsgType": "image", "PicUrl": "http://x", "MediaId": "m"}, "image", ""),
        ({"MsgType": "voice", "MediaId": "m", "Format": "amr"}, "voice", ""),
        ({"MsgType": "video", "MediaId": "m", "ThumbMediaId": "t"}, "video", ""),
        (
            {"MsgType": "location", "Location_X": "1", "Location_Y": "2", "Label": "东湖区"},
            "location",
            "东湖区",
        ),
        ({"MsgType": "link", "Title": "报价单", "Description": "d", "Url": "u"}, "link", "报价单"),
        ({"MsgType": "sticker"}, "sticker", ""),
    ],
)
def test_every_kind_of_message_is_known_by_its_name(fields: dict[str, str], kind: str, text: str) -> None:
    message = decode(PLATFORM.message("LiNa", {**fields, "MsgId": "7"})).message

    assert (message.kind, message.text, message.key.key) == (kind, text, "7")


@pytest.mark.parametrize(
    ("event", "fields", "kind", "text"),
    [
        ("subscribe", {}, "event:subscribe", ""),
        ("enter_agent", {"EventKey": ""}, "event:enter_agent", ""),
        ("click", {"EventKey": "待办"}, "text", "待办"),
        ("click", {"EventKey": " "}, "event:click", ""),
        ("template_card_event", {"EventKey": "确认", "TaskId": "t"}, "text", "确认"),
        ("template_card_menu_event", {"EventKey": "帮助", "TaskId": "t"}, "text", "帮助"),
        ("LOCATION", {"Latitude": "1"}, "event:LOCATION", ""),
        ("view", {"EventKey": "https://example.test"}, "event:view", ""),
        ("change_contact", {"ChangeType": "create_party"}, "event:change_contact", ""),
        ("one_of_next_year", {}, "event:one_of_next_year", ""),
    ],
)
def test_every_event_is_known_by_its_name(event: str, fields: dict[str, str], kind: str, text: str) -> None:
    incoming = decode(PLATFORM.event("LiNa", event, **fields))

    assert (incoming.message.kind, incoming.message.text) == (kind, text)
    assert incoming.pressed == (event == "template_card_event")


def test_two_events_of_one_second_are_two_and_a_resend_is_one() -> None:
    pressed = PLATFORM.event("LiNa", "template_card_event", EventKey="确认", TaskId="t1")
    others = [
        PLATFORM.event("LiNa", "template_card_event", EventKey="取消", TaskId="t1"),
        PLATFORM.event("LiNa", "template_card_event", EventKey="确认", TaskId="t2"),
        PLATFORM.event("WangQiang", "template_card_event", EventKey="确认", TaskId="t1"),
        PLATFORM.event("sys", "change_contact", ChangeType="create_party", Id="1"),
        PLATFORM.event("sys", "change_contact", ChangeType="create_party", Id="2"),
    ]

    keys = {decode(callback).message.key for callback in (pressed, *others)}

    assert len(keys) == 6
    again = PLATFORM.event("LiNa", "template_card_event", EventKey="确认", TaskId="t1")  # sealed anew
    assert decode(again).message.key == decode(pressed).message.key


def test_the_words_of_a_message_come_through_as_they_are() -> None:
    said = "]]> <b>&amp; 😀 \u202e反\u202c ' or 1=1; -- \t 換"

    assert decode(PLATFORM.text("LiNa", said)).message.text == said


def test_a_hundred_kilobytes_are_a_text() -> None:
    assert len(decode(PLATFORM.text("LiNa", "可乐" * 17_000)).message.text) == 34_000


def test_time_decides_what_is_fresh() -> None:
    callback = PLATFORM.text("LiNa", "待办")

    for late in (timedelta(minutes=5), timedelta(minutes=-5)):
        assert decode(callback, NOW + late).message.text == "待办"
    for late in (timedelta(minutes=5, seconds=1), -timedelta(minutes=5, seconds=1), timedelta(days=365)):
        with pytest.raises(Rejected, match="timestamp"):
            decode(callback, NOW + late)


def test_how_old_is_too_old_can_be_set() -> None:
    callback = PLATFORM.text("LiNa", "待办")
    patient = WecomCodec(APP, fresh=timedelta(hours=1))

    raw = RawRequest("POST", callback.query, callback.body)
    assert patient.decode(raw, NOW + timedelta(minutes=59)).message.text == "待办"


@pytest.mark.parametrize(
    "timestamp", ["", "x", "-1", "1e3", "１７６３８６３２００", "9" * 400, " 1763863200", "1763863200\n"]
)
def test_a_timestamp_is_a_number(timestamp: str) -> None:
    sealed = xml.sealed_in(PLATFORM.text("LiNa", "待办").body)
    signature = Envelope(APP.token, APP.aes_key, APP.corp_id).signature(timestamp, "n", sealed)
    query = {"msg_signature": signature, "timestamp": timestamp, "nonce": "n"}

    with pytest.raises(Rejected, match="timestamp"):
        CODEC.decode(RawRequest("POST", query, xml.write({"Encrypt": sealed})), NOW)


def test_nothing_is_opened_before_the_signature_is_right() -> None:
    callback = PLATFORM.seal("LiNa", b"this is no XML")
    wrong = {**callback.query, "msg_signature": "0" * 40}

    with pytest.raises(Rejected, match="signature"):
        CODEC.decode(RawRequest("POST", wrong, callback.body), NOW)
    with pytest.raises(Rejected, match="not XML"):
        decode(callback)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "nothing sealed"),
        (b"<xml>", "nothing sealed"),
        (b"<xml></xml>", "nothing sealed"),
        (b"<xml><Encrypt></Encrypt></xml>", "nothing sealed"),
        (b"<xml><Encrypt>&a;</Encrypt></xml>", "nothing sealed"),
        (b"<xml><Encrypt>YWJj</Encrypt></xml>", "signature"),
        (b"\xff\xfe<xml/>", "nothing sealed"),
        (b"<!DOCTYPE xml><xml><Encrypt>YWJj</Encrypt></xml>", "DOCTYPE"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>', "DOCTYPE"),
        (b'<!doctype x SYSTEM "file:///etc/passwd"><xml/>', "DOCTYPE"),
    ],
)
def test_a_body_that_is_not_theirs_is_rejected(body: bytes, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        CODEC.decode(RawRequest("POST", PLATFORM.text("LiNa", "x").query, body), NOW)


def test_a_megabyte_of_anything_costs_no_time() -> None:
    query = PLATFORM.text("LiNa", "x").query
    for piece in (b"<a/>", b"<Encrypt>", b"<Encrypt>A", b"<Encrypt> ", b" ", b"<!", b"A"):
        began = time.process_time()
        with pytest.raises(Rejected):
            CODEC.decode(RawRequest("POST", query, piece * ((1 << 20) // len(piece))), NOW)
        assert time.process_time() - began < 0.25


@pytest.mark.parametrize("around", ["{}", "<![CDATA[{}]]>", "\n  {}\n", "\n<![CDATA[{}]]>\n"])
def test_what_is_sealed_is_found_however_it_is_written(around: str) -> None:
    callback = PLATFORM.text("LiNa", "待办")
    body = f"<xml><Encrypt>{around.format(xml.sealed_in(callback.body))}</Encrypt><AgentID/></xml>".encode()

    assert CODEC.decode(RawRequest("POST", callback.query, body), NOW).message.text == "待办"


@pytest.mark.parametrize(
    ("inner", "reason"),
    [
        (b"", "not XML"),
        (b"\xff\xfe<xml/>", "not XML"),
        (b'<?xml version="1.0" encoding="utf-7"?><xml/>', "not XML"),
        (b'<?xml version="1.0" encoding="no-such"?><xml/>', "not XML"),
        (b"<a>" * 50_000, "not XML"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><xml><Content>&a;</Content></xml>', "DOCTYPE"),
        (b"<xml><MsgType>text</MsgType><CreateTime>1</CreateTime><MsgId>1</MsgId></xml>", "sender"),
        (b"<xml><FromUserName>a</FromUserName><CreateTime>1</CreateTime><MsgId>1</MsgId></xml>", "MsgType"),
        (
            b"<xml><FromUserName>a</FromUserName><MsgType>text</MsgType><CreateTime>1</CreateTime></xml>",
            "MsgId",
        ),
        (b"<xml><FromUserName>a</FromUserName><MsgType>text</MsgType><MsgId>1</MsgId></xml>", "CreateTime"),
        (
            b"<xml><FromUserName>a</FromUserName><MsgType>text</MsgType><MsgId>1</MsgId>"
            b"<CreateTime>99999999999999999999</CreateTime></xml>",
            "CreateTime",
        ),
        (b"<xml><AgentID>1000003</AgentID><FromUserName>a</FromUserName></xml>", "agent"),
    ],
)
def test_a_genuine_envelope_around_nonsense_is_rejected(inner: bytes, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        decode(PLATFORM.seal("LiNa", inner))


@given(
    st.binary(),
    st.dictionaries(st.sampled_from(["msg_signature", "timestamp", "nonce", "echostr"]), st.text()),
)
def test_any_request_is_rejected_and_nothing_else(body: bytes, query: dict[str, str]) -> None:
    with pytest.raises(Rejected):
        CODEC.decode(RawRequest("POST", query, body), NOW)
    with pytest.raises(Rejected):
        CODEC.echo(RawRequest("GET", query), NOW)


TAGS = [
    "ToUserName",
    "FromUserName",
    "CreateTime",
    "MsgType",
    "MsgId",
    "AgentID",
    "Event",
    "EventKey",
    "Content",
]


@given(
    st.dictionaries(
        st.sampled_from(TAGS),
        st.one_of(st.text(), st.sampled_from(["text", "event", "1", "1000002", "click"])),
    )
)
def test_any_genuine_message_is_read_or_rejected_and_nothing_else(fields: dict[str, str]) -> None:
    try:
        incoming = decode(PLATFORM.seal("LiNa", xml.write(fields)))
    except Rejected:
        return
    assert incoming.message.sender
    assert incoming.message.kind
    assert incoming.message.key.key


def test_a_reply_is_a_text_to_the_sender_with_the_buttons_as_words() -> None:
    callback = PLATFORM.text("LiNa", "待办")
    reply = Reply("**合计 45.00**\n- 可乐 <@all>]]>", (Button("确认", "确认"), Button("不要了", "取消")))

    passive = PLATFORM.read(callback, CODEC.encode(decode(callback), reply, NOW))

    assert passive.kind == "text"
    assert passive.text == "合计 45.00\n· 可乐 ＜＠all＞]]＞\n\n回复「确认」\n回复「取消」：不要了"


def test_a_pressed_card_is_answered_by_its_button() -> None:
    callback = PLATFORM.event("LiNa", "template_card_event", EventKey="确认", TaskId="t")

    passive = PLATFORM.read(callback, CODEC.encode(decode(callback), Reply("好"), NOW))

    assert (passive.kind, passive.text) == ("update_button", "已收到")


def test_what_xml_cannot_carry_is_left_out() -> None:
    callback = PLATFORM.text("LiNa", "待办")

    passive = PLATFORM.read(callback, CODEC.encode(decode(callback), Reply("a\ud800\ufffe\x00b"), NOW))

    assert passive.text == "ab"


@given(st.text())
def test_any_reply_reaches_the_sender_whole_or_cut_by_nobody(text: str) -> None:
    callback = PLATFORM.text("LiNa", "待办")

    passive = PLATFORM.read(callback, CODEC.encode(decode(callback), Reply(text), NOW))

    assert passive.kind == "text"
