"""What DingTalk says, read: samples of its documents, and what could be made of them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.base import Rejected
from bot.platforms.dingtalk.app import DingTalkApp
from bot.platforms.dingtalk.codec import OVERHEARD, DingTalkCodec, Line

APP = DingTalkApp("dingappkey", "secret", "dingappkey")
AT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
ROBOT = "$:LWCP_v1:$robot"
# The sample of https://open.dingtalk.com/document/orgapp/receive-message, with made-up ids.
SAMPLE = {
    "conversationId": "cidgroup==",
    "atUsers": [{"dingtalkId": ROBOT}],
    "chatbotCorpId": "dingcorp",
    "chatbotUserId": ROBOT,
    "msgId": "msgLvFGJR6t5aHvmHzLWKHNrQ==",
    "senderNick": "李娜",
    "isAdmin": True,
    "senderStaffId": "LiNa",
    "sessionWebhookExpiredTime": 1795406400000 + 5_400_000,
    "createAt": 1795406400000,
    "senderCorpId": "dingcorp",
    "conversationType": "2",
    "senderId": "$:LWCP_v1:$lina",
    "conversationTitle": "仓库群",
    "isInAtList": True,
    "sessionWebhook": "https://oapi.dingtalk.com/robot/sendBySession?session=xxxx",
    "text": {"content": " 罐装可乐20箱"},
    "msgtype": "text",
    "robotCode": "dingappkey",
}


def said(**changed):
    document = {name: value for name, value in {**SAMPLE, **changed}.items() if value is not None}
    return DingTalkCodec(APP, {"cidgroup==": "warehouse"}.__getitem__).said(document, AT)


def test_a_message_of_a_group():
    message = said()

    assert (message.key.platform, message.key.app, message.key.key) == (
        "dingtalk",
        "dingappkey",
        "msgLvFGJR6t5aHvmHzLWKHNrQ==",
    )
    assert (message.sender, message.text, message.kind) == ("lina", "罐装可乐20箱", "text")
    assert (message.place, message.chat) == ("warehouse", "cidgroup==")
    assert message.at == datetime.fromtimestamp(1795406400, UTC)
    assert "session" not in repr(message)


def test_an_id_is_sent_back_as_it_is_written_unless_it_is_another_companys():
    assert said().as_written == "LiNa"
    assert said(senderCorpId="another").as_written == ""


def test_a_message_of_one_person_is_in_no_group():
    message = said(conversationType="1", atUsers=None, isInAtList=None, text={"content": "待办"})

    assert (message.place, message.chat, message.text) == ("", "", "待办")


@pytest.mark.parametrize(
    ("words", "called", "read"),
    [
        (" 待办 ", [ROBOT], "待办"),
        ("\u2005待办", [ROBOT], "待办"),
        (f"@{ROBOT} 待办", [ROBOT], "待办"),
        ("@跟单助手 待办", [ROBOT], "待办"),
        ("@跟单 助手 待办", [ROBOT], "助手 待办"),  # a name with a blank: DingTalk takes the call out itself
        (" 17 转给 @王强", [ROBOT, "$:LWCP_v1:$wq"], "17 转给 @王强"),
        (" @王强 17", [ROBOT, "$:LWCP_v1:$wq"], "@王强 17"),
        ("17@3", [ROBOT], "17@3"),
    ],
)
def test_the_call_is_taken_out_by_its_id_and_nobody_elses(words, called, read):
    message = said(text={"content": words}, atUsers=[{"dingtalkId": one} for one in called])

    assert message.text == read


def test_in_a_group_others_are_not_overheard():
    assert said(isInAtList=False, atUsers=[{"dingtalkId": "$:LWCP_v1:$wq"}]).kind == OVERHEARD
    assert said(isInAtList=False).kind == "text"  # the list names the robot


@pytest.mark.parametrize(
    ("changed", "kind", "words"),
    [
        ({"msgtype": "audio", "content": {"recognition": "待办", "duration": 4000}}, "text", "待办"),
        ({"msgtype": "audio", "content": {"downloadCode": "x"}}, "voice", ""),
        ({"msgtype": "picture", "content": {"downloadCode": "x"}}, "image", ""),
        ({"msgtype": "file", "content": {"fileName": "单.xlsx"}}, "file", ""),
        ({"msgtype": "video", "content": {}}, "video", ""),
        (
            {"msgtype": "richText", "content": {"richText": [{"type": "picture", "downloadCode": "x"}]}},
            "image",
            "",
        ),
        (
            {
                "msgtype": "richText",
                "content": {
                    "richText": [
                        {"text": "可乐20箱"},
                        {"type": "picture", "downloadCode": "x"},
                        {"text": "雪碧"},
                        {"text": "10箱"},
                    ]
                },
            },
            "text",
            "可乐20箱\n雪碧10箱",
        ),
        ({"msgtype": "richText", "content": {"richText": "x"}}, "image", ""),
        ({"msgtype": "unknownMsgType", "content": None}, "unknownMsgType", ""),
    ],
)
def test_what_is_not_plain_text(changed, kind, words):
    message = said(text=None, **changed)

    assert (message.kind, message.text) == (kind, words)


def test_who_is_no_member_of_the_company_is_nobody_here():
    """Before the app is published, and for people outside, there is no id of ours."""
    assert said(senderStaffId=None).sender == "?$:lwcp_v1:$lina"
    assert said(senderStaffId=None, senderId="lina").sender == "?lina"
    assert said(senderCorpId="another", senderStaffId="lina").sender == "?$:lwcp_v1:$lina"


@pytest.mark.parametrize(
    "changed",
    [
        {"msgId": None},
        {"msgId": 7.5},
        {"msgtype": None},
        {"senderStaffId": None, "senderId": None, "senderNick": None},
        {"conversationId": None},
        {"robotCode": "another"},
    ],
)
def test_what_lacks_what_it_must_have_is_refused(changed):
    with pytest.raises(Rejected):
        said(**changed)


def test_a_line_is_trusted_until_five_minutes_before_its_end():
    until = AT + timedelta(minutes=90)

    assert Line("w", until).open(until - timedelta(minutes=6))
    assert not Line("w", until).open(until - timedelta(minutes=5))


@pytest.mark.parametrize("end", [None, "soon", -1, 10**30, True])
def test_a_line_without_a_sound_end_is_none(end):
    assert said(sessionWebhookExpiredTime=end).line is None


def test_a_moment_that_is_none_is_now():
    assert said(createAt="yesterday").at == AT


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted([*SAMPLE, "content"])), JSON))
def test_whatever_is_sent_is_read_or_refused(changed):
    try:
        message = DingTalkCodec(APP, lambda chat: chat).said({**SAMPLE, **changed}, AT)
    except Rejected:
        return
    assert message.key.key
    assert message.sender
