"""App messages against a server that behaves like WeCom."""

import asyncio
import dataclasses
from datetime import timedelta

import pytest

from bot.platforms.http import Http
from bot.platforms.wecom.api import WecomApi
from bot.platforms.wecom.sender import AppSender
from domain.sending import Misconfigured, Rendered, TryLater, Undeliverable
from tests.fakes.wecom_api import Fault
from tests.fakes.wecom_server import WecomServer
from tests.integration.wecom.conftest import clock


@pytest.fixture
def sender(api: WecomApi, wecom: WecomServer) -> AppSender:
    return AppSender(api, wecom.app.agent_id)


async def tell(sender: AppSender, text: str = "订单 17 待审核", key: str = "n1", **more: object) -> None:
    notice = dataclasses.replace(Rendered(text), **more)  # type: ignore[arg-type]
    await sender.send("user:lina", "LiNa", notice, key)


def seen(wecom: WecomServer) -> list[tuple[str, str, str]]:
    return [(message.user, message.kind, message.text) for message in wecom.inbox.app]


async def test_plain_words_are_a_text_and_marked_ones_markdown(sender: AppSender, wecom: WecomServer) -> None:
    await tell(sender, "订单 17 待审核\n- 可乐20箱", key="n1")
    await tell(sender, "**订单 17**\n- 可乐20箱", key="n2")

    assert seen(wecom) == [
        ("lina", "text", "订单 17 待审核\n· 可乐20箱"),
        ("lina", "markdown", "**订单 17**\n· 可乐20箱"),
    ]


async def test_one_token_serves_many_who_send_at_once(sender: AppSender, wecom: WecomServer) -> None:
    await asyncio.gather(*(tell(sender, key=f"n{number}") for number in range(20)))

    assert wecom.api.calls.count("gettoken") == 1
    assert len(wecom.inbox.app) == 20


async def test_a_notice_sent_again_is_seen_once(sender: AppSender, wecom: WecomServer) -> None:
    for key in ("n1", "n1", "n2"):
        await tell(sender, key=key)
        await tell(sender, "选一个", key=f"{key}/card", buttons=(("确认", "确认 17"),))

    assert len(wecom.inbox.app) == 4


async def test_a_card_that_got_through_long_ago_is_not_an_error(
    sender: AppSender, wecom: WecomServer, http: Http
) -> None:
    """After the interval WeCom no longer knows the bytes, but still the task id."""
    await tell(sender, "选一个", buttons=(("确认", "确认 17"),))
    wecom.inbox._seen.clear()

    await tell(sender, "选一个", buttons=(("确认", "确认 17"),))

    assert len(wecom.inbox.app) == 1


async def test_a_long_text_comes_in_parts_that_wecom_does_not_cut(
    sender: AppSender, wecom: WecomServer
) -> None:
    lines = [f"SO261123-{number:04d} 华联超市 罐装可乐20箱" for number in range(120)]

    await tell(sender, "\n".join(lines))

    parts = [text.rpartition("\n(") for _, _, text in seen(wecom)]
    assert "\n".join(words for words, _, _ in parts).split("\n") == lines
    assert [number for _, _, number in parts] == [f"{n}/{len(parts)})" for n in range(1, len(parts) + 1)]


async def test_what_grows_by_being_made_harmless_still_fits(sender: AppSender, wecom: WecomServer) -> None:
    await tell(sender, "**" + "<" * 1500 + "**")
    await tell(sender, "<" * 1500, key="n2")

    everything = "".join(text for _, _, text in seen(wecom))
    assert everything.count("＜") == 3000


async def test_buttons_come_as_a_card_that_carries_their_words(sender: AppSender, wecom: WecomServer) -> None:
    await tell(sender, "订单 17 待审核\n合计 **45.00**", buttons=(("通过", "通过 17"), ("驳回", "驳回 17")))

    (message,) = wecom.inbox.app
    assert message.kind == "template_card"
    assert message.text == "订单 17 待审核\n合计 45.00\n回复「通过 17」：通过\n回复「驳回 17」：驳回"
    assert (message.key_of("通过"), message.key_of("驳回")) == ("通过 17", "驳回 17")


async def test_a_title_stands_above_the_words(sender: AppSender, wecom: WecomServer) -> None:
    await tell(sender, "合计 45.00", title="**订单 17**", buttons=(("通过", "通过 17"),))

    await tell(sender, "**订单 17**\n合计 45.00", key="n2", title="订单 17", buttons=(("通过", "通过 17"),))

    assert {message.text for message in wecom.inbox.app} == {"订单 17\n合计 45.00\n回复「通过 17」：通过"}


async def test_a_long_text_with_buttons_comes_whole_and_then_the_buttons(
    sender: AppSender, wecom: WecomServer
) -> None:
    await tell(sender, "订单 17 待审核\n" + "可乐20箱、" * 40, buttons=(("通过", "通过 17"),))

    text, card = wecom.inbox.app
    assert text.text.startswith("订单 17 待审核\n可乐20箱、")
    assert text.text.endswith("\n\n回复「通过 17」：通过")
    assert card.key_of("通过") == "通过 17"


async def test_what_fits_no_card_is_still_words(sender: AppSender, wecom: WecomServer) -> None:
    await tell(sender, "订单 17", buttons=(("一个太长太长太长的按钮", "通过 17"),))

    assert seen(wecom) == [("lina", "text", "订单 17\n\n回复「通过 17」：一个太长太长太长的按钮")]


async def test_words_of_users_arrive_and_do_nothing(sender: AppSender, wecom: WecomServer) -> None:
    await tell(sender, '备注：<@all> @all <a href="http://x">点</a> \x07\x1b \\u4e2d \ud800 😀')

    (message,) = wecom.inbox.app
    assert message.text == '备注：＜＠all＞ ＠all ＜a href="http://x"＞点＜/a＞  \\u4e2d ? 😀'


@pytest.mark.parametrize(
    "fault", [Fault.HANGS, Fault.BUSY, Fault.PAGE, Fault.DROPPED, Fault.TEXT_CODE, -1, 45009, 45033, 6000]
)
async def test_what_passes_is_tried_later_and_then_seen_once(
    sender: AppSender, wecom: WecomServer, fault: Fault | int
) -> None:
    wecom.api.fault("message/send", fault)
    with pytest.raises(TryLater) as later:
        await tell(sender)
    if fault in {45009, Fault.TEXT_CODE}:
        assert later.value.after == timedelta(seconds=60)

    await tell(sender)

    assert len(wecom.inbox.app) == 1


@pytest.mark.parametrize("code", [40014, 42001])
async def test_a_token_that_ended_is_renewed_once(sender: AppSender, wecom: WecomServer, code: int) -> None:
    await tell(sender, key="n1")
    wecom.api.forget_token()
    wecom.api.fault("message/send", code)

    await asyncio.gather(*(tell(sender, key=f"n{number}") for number in range(2, 8)))

    assert len(wecom.inbox.app) == 7
    assert wecom.api.calls.count("gettoken") == 2


async def test_a_token_refused_twice_ends_the_attempt(sender: AppSender, wecom: WecomServer) -> None:
    wecom.api.fault("message/send", 40014, times=2)

    with pytest.raises(TryLater):
        await tell(sender)

    assert wecom.api.calls.count("message/send") == 2


async def test_a_token_that_wecom_forgets_costs_one_more_call(sender: AppSender, wecom: WecomServer) -> None:
    await tell(sender, key="n1")
    wecom.api.forget_token()

    await tell(sender, key="n2")

    assert wecom.api.calls == ["gettoken", "message/send", "message/send", "gettoken", "message/send"]


async def test_an_answer_without_a_token_is_tried_later(sender: AppSender, wecom: WecomServer) -> None:
    wecom.api.fault("gettoken", 0)

    with pytest.raises(TryLater, match="access_token"):
        await tell(sender)


@pytest.mark.parametrize("code", [60020, 301002, 48002])
async def test_a_wrong_setting_is_told(sender: AppSender, wecom: WecomServer, code: int) -> None:
    wecom.api.fault("message/send", code)

    with pytest.raises(Misconfigured) as told:
        await tell(sender)

    assert code != 60020 or "203.0.113.7" in str(told.value)


async def test_a_wrong_secret_or_corp_is_told_without_showing_it(wecom: WecomServer, http: Http) -> None:
    for wrong in (
        dataclasses.replace(wecom.app, secret="made-up-wrong-secret"),
        dataclasses.replace(wecom.app, corp_id="made-up-wrong-corp"),
    ):
        with pytest.raises(Misconfigured) as told:
            await tell(AppSender(WecomApi(wrong, http, clock), wrong.agent_id))
        assert "made-up" not in str(told.value)


@pytest.mark.parametrize("fault", [Fault.HANGS, Fault.PAGE, Fault.BUSY, 45009])
async def test_no_token_now_is_tried_later(sender: AppSender, wecom: WecomServer, fault: Fault | int) -> None:
    wecom.api.fault("gettoken", fault)
    with pytest.raises(TryLater):
        await tell(sender)

    await tell(sender)

    assert len(wecom.inbox.app) == 1


async def test_who_is_not_there_is_undeliverable(sender: AppSender, wecom: WecomServer) -> None:
    with pytest.raises(Undeliverable):
        await sender.send("user:x", "nobody", Rendered("a"), "n1")
    assert wecom.inbox.app == []


async def test_success_may_still_name_the_person_as_not_reached(
    sender: AppSender, wecom: WecomServer
) -> None:
    wecom.inbox.unlicensed.add("lina")

    with pytest.raises(Undeliverable):
        await tell(sender)


@pytest.mark.parametrize("address", ["@all", "LiNa|WangQiang", "", "all", "李娜", "a b"])
async def test_only_one_person_is_ever_addressed(sender: AppSender, wecom: WecomServer, address: str) -> None:
    with pytest.raises(Undeliverable):
        await sender.send("user:x", address, Rendered("a"), "n1")
    assert wecom.api.calls == []


async def test_the_person_is_told_whatever_the_case_of_the_id(sender: AppSender, wecom: WecomServer) -> None:
    await sender.send("user:lina", "LINA", Rendered("a"), "n1")

    assert [message.user for message in wecom.inbox.app] == ["lina"]
