"""Events as Feishu documents them, and as it might send them."""

import contextlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.base import Rejected
from bot.platforms.feishu import content
from bot.platforms.feishu.content import Mention, named
from bot.platforms.feishu.events import Event, event, moment, pressed, spoken
from tests.fakes.feishu_platform import BOT, Platform
from tests.fakes.feishu_server import APP

PLATFORM = Platform(APP, lambda: 1_764_295_200.5)
# The example of the platform's document of im.message.receive_v1, its ids made up.
DOCUMENTED = {
    "schema": "2.0",
    "header": {
        "event_id": "5e3702a84e847582be8db7fb73283c02",
        "event_type": "im.message.receive_v1",
        "create_time": "1608725989000",
        "token": "rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV",
        "app_id": "cli_made_up",
        "tenant_key": "2ca1d211f64f6438",
    },
    "event": {
        "sender": {
            "sender_id": {
                "union_id": "on_8ed6aa67826108097d9ee143816345",
                "user_id": "e33ggbyz",
                "open_id": "ou_84aad35d084aa403a838cf73ee18467",
            },
            "sender_type": "user",
            "tenant_key": "2ca1d211f64f6438",
        },
        "message": {
            "message_id": "om_5ce6d572455d361153b7cb51da133945",
            "root_id": "om_5ce6d572455d361153b7cb5xxfsdfsdfdsf",
            "parent_id": "om_5ce6d572455d361153b7cb5xxfsdfsdfdsf",
            "create_time": "1609073151345",
            "update_time": "1687343654666",
            "chat_id": "oc_5ce6d572455d361153b7xx51da133945",
            "thread_id": "omt_d4be107c616",
            "chat_type": "group",
            "message_type": "text",
            "content": '{"text":"@_user_1 hello"}',
            "mentions": [
                {
                    "key": "@_user_1",
                    "id": {
                        "union_id": "on_8ed6aa67826108097d9ee143816345",
                        "user_id": "e33ggbyz",
                        "open_id": "ou_84aad35d084aa403a838cf73ee18467",
                    },
                    "name": "Tom",
                    "tenant_key": "2ca1d211f64f6438",
                }
            ],
            "user_agent": "Mozilla/5.0",
        },
    },
}


def read(document: object) -> Event:
    said = event(document, "cli_made_up")  # type: ignore[arg-type]
    assert said is not None
    return said


def words(kind: str, document: object) -> tuple[str, str]:
    return content.said(kind, json.dumps(document))


def test_the_documented_message_is_read() -> None:
    said = spoken(read(DOCUMENTED))

    assert said is not None
    assert said.id == "om_5ce6d572455d361153b7cb51da133945"
    assert said.person.ids == (
        "ou_84aad35d084aa403a838cf73ee18467",
        "on_8ed6aa67826108097d9ee143816345",
        "e33ggbyz",
    )
    assert (said.kind, said.group, said.chat) == ("text", True, "oc_5ce6d572455d361153b7xx51da133945")
    assert said.at == datetime(2020, 12, 27, 12, 45, 51, 345000, UTC)
    assert said.calls("ou_84aad35d084aa403a838cf73ee18467")
    assert said.words("ou_84aad35d084aa403a838cf73ee18467") == "hello"
    assert said.words("ou_somebody_else") == "Tom hello"


def test_the_bot_is_known_by_its_id_and_others_by_their_names() -> None:
    said = spoken(
        read(PLATFORM.text("lina", "@_user_2 17转给 @_user_1 处理", "oc_1", calls=["ou_赵磊", BOT]))
    )

    assert said is not None
    assert said.calls(BOT)
    assert said.words(BOT) == "17转给 赵磊 处理"


def test_somebody_with_the_bots_name_is_not_the_bot() -> None:
    called = (Mention("@_user_1", "ou_other", "跟单助手"),)

    assert named("@_user_1 待办", called, BOT) == "跟单助手 待办"


def test_mentions_without_an_id_are_not_a_bot_that_has_none() -> None:
    assert (
        named("@_all @_user_1 待办 @_user_9", (Mention("@_user_1", "", "张三"),), "") == "张三 待办 @_user_9"
    )


def test_rich_text_is_read_in_lines() -> None:
    post = {
        "title": "下单",
        "content": [
            [
                {"tag": "at", "user_id": "@_user_1", "user_name": "跟单助手"},
                {"tag": "text", "text": " 人民路华联"},
            ],
            [
                {"tag": "text", "text": "罐装可乐", "style": ["bold"]},
                {"tag": "a", "href": "http://x", "text": "20箱"},
            ],
            [{"tag": "img", "image_key": "img_1"}, {"tag": "emotion", "emoji_type": "SMILE"}],
            [],
        ],
    }

    assert words("post", post) == ("text", "下单\n@_user_1 人民路华联\n罐装可乐20箱")
    assert words("post", {"zh_cn": post}) == words("post", post)
    assert words("post", {}) == ("text", "")
    assert words("post", {"content": ["x", [1, {"tag": "text", "text": 5}]]}) == ("text", "")


@pytest.mark.parametrize(
    ("kind", "read"),
    [
        ("audio", "voice"),
        ("media", "video"),
        ("image", "image"),
        ("file", "file"),
        ("sticker", "sticker"),
        ("", "unknown"),
    ],
)
def test_what_is_no_text_has_a_kind_and_no_words(kind: str, read: str) -> None:
    assert words(kind, {"file_key": "f", "text": "x"}) == (read, "")


def test_what_another_bot_says_is_not_heard() -> None:
    said = PLATFORM.text("lina", "待办")
    said["event"]["sender"]["sender_type"] = "app"  # type: ignore[index]

    assert spoken(read(said)) is None


def test_a_guest_is_never_known_by_a_user_id_that_is_another_companys() -> None:
    guest = PLATFORM.text("lina", "待办")
    guest["event"]["sender"]["tenant_key"] = "another-tenant"  # type: ignore[index]
    said = spoken(read(guest))
    press = PLATFORM.press("lina", {"say": "x"}, "oc_1", "om_1")
    press["event"]["operator"]["tenant_key"] = "another-tenant"  # type: ignore[index]

    assert said is not None
    assert said.person.ids == pressed(read(press)).person.ids == ("ou_lina", "on_lina")


def test_a_press_is_read() -> None:
    said = pressed(read(PLATFORM.press("heting", {"say": "通过 17 @3", "alone": True}, "oc_1", "om_1")))

    assert said.person.ids == ("ou_heting", "on_heting", "heting")
    assert (said.say, said.alone, said.chat, said.card) == ("通过 17 @3", True, "oc_1", "om_1")
    assert said.at == datetime.fromtimestamp(1_764_295_200.5, UTC)


@pytest.mark.parametrize("value", ['{"say": "收到 17", "alone": "yes"}', {"say": "收到 17"}])
def test_what_a_button_says_may_come_as_a_text(value: object) -> None:
    said = pressed(read(PLATFORM.press("heting", value, "oc_1", "om_1")))

    assert (said.say, said.alone) == ("收到 17", False)


@pytest.mark.parametrize("value", [None, "x", "[]", "[" * 9999, 5, ["say"], {"say": ["x"]}, {}])
def test_a_button_of_somebody_else_says_nothing(value: object) -> None:
    assert pressed(read(PLATFORM.press("heting", value, "oc_1", "om_1"))).say == ""


def test_a_value_never_says_who_pressed() -> None:
    value = {"say": "通过 17", "operator": {"open_id": "ou_boss"}, "open_id": "ou_boss"}

    assert pressed(read(PLATFORM.press("heting", value, "oc_1", "om_1"))).person.open_id == "ou_heting"


def test_times_are_told_apart_by_their_size() -> None:
    right = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    for said in ("1700000000", "1700000000000", "1700000000000000"):
        assert moment(said) == right
    for said in ("", "soon", "-1", "1" * 18, "１７００００００００"):
        with pytest.raises(Rejected):
            moment(said)


def test_the_old_form_is_passed_over_and_nonsense_rejected() -> None:
    assert event({"uuid": "u", "token": "t", "type": "event_callback", "event": {}}, "cli_made_up") is None
    good = PLATFORM.text("lina", "待办")
    shapes: tuple[dict[str, object], ...] = (
        {},
        {"header": []},
        {**good, "header": {**good["header"], "app_id": "cli_other"}},  # type: ignore[dict-item]
        {**good, "header": {**good["header"], "event_id": ""}},  # type: ignore[dict-item]
        {**good, "header": {**good["header"], "event_type": None}},  # type: ignore[dict-item]
    )
    for broken in shapes:
        with pytest.raises(Rejected):
            event(broken, "cli_made_up")
    with pytest.raises(Rejected):
        spoken(read({**good, "event": {}}))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(["sender", "message", "operator", "action", "context"]), JSON)
def test_no_shape_of_an_event_breaks_the_reader(name: str, instead: object) -> None:
    for document, reader in (
        (PLATFORM.text("lina", "待办", "oc_1", calls=[BOT]), spoken),
        (PLATFORM.press("lina", {"say": "x"}, "oc_1", "om_1"), pressed),
    ):
        broken = {**document, "event": {**document["event"], name: instead}}  # type: ignore[dict-item]
        with contextlib.suppress(Rejected):
            reader(read(broken))


@given(st.sampled_from(["text", "post"]), JSON)
def test_no_content_breaks_the_reader(kind: str, document: object) -> None:
    assert words(kind, document)[0] == "text"
    assert content.said(kind, "{") == ("text", "")


@given(JSON)
def test_no_mentions_break_the_reader(said: object) -> None:
    assert len(content.mentions(said)) <= content.MOST_MENTIONS
