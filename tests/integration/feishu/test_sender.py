"""Messages of the app's bot, against a server that behaves like Feishu."""

import asyncio
import dataclasses
import time
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.platforms.feishu import retiring
from bot.platforms.feishu.api import FeishuApi
from bot.platforms.feishu.sender import FeishuSender
from bot.platforms.http import Http
from domain.destinations import DESTINATIONS
from domain.live_cards import LiveCard
from domain.sending import Misconfigured, Rendered, TryLater, Undeliverable
from scheduler.costs import messages_of
from tests.fakes.feishu_api import Fault
from tests.fakes.feishu_server import FeishuServer
from tests.integration.feishu.conftest import Cards, clock

IDS = {"lina": "ou_lina", "zhoukai": "on_zhoukai", "stranger": ""}
FAULTS: tuple[Fault | int, ...] = (230001, Fault.BUSY, 230027)
NOTICE = Rendered(
    "**待审核 #17 华联**\n- 可乐20箱",
    buttons=(("通过 #17", "通过 17 @3"),),
    title="待审核 #17 华联",
    order=17,
    entry=2,
)


@pytest.fixture
def sender(api: FeishuApi, live: Cards) -> FeishuSender:
    return FeishuSender(api, live, lambda user_id: IDS[user_id], clock)


async def tell(
    sender: FeishuSender, notice: Rendered | str = "订单 17 待审核", key: str = "n1", to: str = "oc_sales"
) -> None:
    said = Rendered(notice) if isinstance(notice, str) else notice
    await sender.send("group:sales", to, said, key)


async def test_plain_words_are_a_text_and_marked_ones_a_card(
    sender: FeishuSender, feishu: FeishuServer
) -> None:
    await tell(sender, "订单 17 待审核\n- 可乐20箱", key="n1")
    await tell(sender, "**订单 17**\n- 可乐20箱", key="n2")

    assert [(one.to, one.kind, one.text) for one in feishu.inbox.messages] == [
        ("oc_sales", "text", "订单 17 待审核\n· 可乐20箱"),
        ("oc_sales", "interactive", "**订单 17**\n- 可乐20箱"),
    ]


@pytest.mark.parametrize("address", ["ou_lina", "on_lina", "lina", "oc_review"])
async def test_whichever_id_is_known_reaches(
    sender: FeishuSender, feishu: FeishuServer, address: str
) -> None:
    await tell(sender, to=address)

    assert [one.to for one in feishu.inbox.messages] == [address]


async def test_those_concerned_are_called(sender: FeishuSender, feishu: FeishuServer) -> None:
    for number, text in enumerate(("订单 17", "**订单 17**")):
        await tell(sender, Rendered(text, mentions=("lina", "stranger", "zhoukai")), key=f"n{number}")

    assert [one.mentions for one in feishu.inbox.messages] == [["ou_lina", "on_zhoukai"]] * 2


async def test_one_id_that_names_nobody_costs_the_call_not_the_notice(
    sender: FeishuSender, feishu: FeishuServer, live: Cards
) -> None:
    IDS["gone"] = "ou_gone"

    await tell(sender, dataclasses.replace(NOTICE, mentions=("lina", "gone")))

    (message,) = feishu.inbox.messages
    assert (message.mentions, message.labels) == ([], ["通过 #17"])
    assert list(live.kept) == [message.id]
    feishu.api.fault("create", 230099)
    with pytest.raises(Undeliverable):
        await tell(sender, NOTICE, key="n2")


async def test_words_of_users_call_nobody_and_press_nothing(
    sender: FeishuSender, feishu: FeishuServer
) -> None:
    typed = '备注：<at user_id="all"></at> <at id=all></at> &lt;at id=all&gt; @_all \x07 \ud800 😀'
    await tell(sender, typed, key="n1")
    await tell(sender, f"**订单**\n{typed}", key="n2")

    assert [one.mentions for one in feishu.inbox.messages] == [[], []]
    assert all("&lt;" not in one.text and one.labels == [] for one in feishu.inbox.messages)


async def test_a_card_offers_what_the_notice_offers_and_is_kept(
    sender: FeishuSender, feishu: FeishuServer, live: Cards
) -> None:
    await tell(sender, NOTICE)
    await tell(sender, NOTICE, key="n2", to="lina")

    group, alone = feishu.inbox.messages
    assert group.text == "待审核 #17 华联\n- 可乐20箱"
    assert group.value_of("通过 #17") == {"say": "通过 17 @3"}
    assert alone.value_of("通过 #17") == {"say": "通过 17 @3", "alone": True}
    assert {one.message: (one.address, one.order, one.entry) for one in live.kept.values()} == {
        group.id: ("oc_sales", 17, 2),
        alone.id: ("lina", 17, 2),
    }


async def test_a_notice_sent_again_is_seen_once(
    sender: FeishuSender, feishu: FeishuServer, live: Cards
) -> None:
    feishu.api.fault("create", Fault.LATE)
    with pytest.raises(TryLater):
        await tell(sender, NOTICE)

    await tell(sender, NOTICE)
    await tell(sender, NOTICE)  # the process was killed before it wrote down that the notice had arrived
    await tell(sender, NOTICE, key="n2", to="oc_review")

    assert [(one.to, one.labels) for one in feishu.inbox.messages] == [
        ("oc_sales", ["通过 #17"]),
        ("oc_review", ["通过 #17"]),
    ]
    assert len(live.kept) == 2


async def test_a_long_text_comes_in_parts_each_once(sender: FeishuSender, feishu: FeishuServer) -> None:
    lines = [f"SO261123-{number:04d} 华联超市 罐装可乐20箱" for number in range(1500)]
    notice = Rendered("\n".join(lines), mentions=("lina",))
    for _ in range(2):
        await tell(sender, notice)

    parts = [one.text for one in feishu.inbox.messages]
    assert len(parts) >= messages_of(notice, DESTINATIONS["feishu-chat"]) > 1
    assert [one.mentions for one in feishu.inbox.messages][:2] == [["ou_lina"], []]
    assert all(line in "\n".join(parts) for line in lines)


async def test_a_card_is_one_message_however_long_its_words(
    sender: FeishuSender, feishu: FeishuServer
) -> None:
    notice = dataclasses.replace(NOTICE, text="**待审核 #17**\n" + "可乐20箱、" * 300)
    await tell(sender, notice)

    assert len(feishu.inbox.messages) == messages_of(notice, DESTINATIONS["feishu-chat"]) == 1


async def test_a_newer_notice_at_the_same_place_takes_over_what_the_earlier_offers(
    sender: FeishuSender, feishu: FeishuServer, live: Cards
) -> None:
    await tell(sender, NOTICE)
    overdue = dataclasses.replace(
        NOTICE, text="**超时 #17**", title="超时 #17", buttons=(("收到 #17", "收到 17"),)
    )

    await tell(sender, overdue, key="n2")

    first, second = feishu.inbox.messages
    assert first.labels == []
    assert "请看最新的一条" in first.text
    assert "可乐20箱" in first.text
    assert second.labels == ["通过 #17", "收到 #17"]
    assert list(live.kept) == [second.id]


async def test_a_step_further_takes_the_buttons_off_everywhere(
    sender: FeishuSender, feishu: FeishuServer, live: Cards
) -> None:
    await tell(sender, NOTICE, key="n1")
    await tell(sender, dataclasses.replace(NOTICE, order=18), key="n2")
    await tell(sender, NOTICE, key="n3", to="ou_heting")
    further = Rendered("**待发货 #17**", buttons=(("发货 #17", "发货 17"),), order=17, entry=3)

    await tell(sender, further, key="n4", to="oc_review")

    assert [one.labels for one in feishu.inbox.messages] == [[], ["通过 #17"], [], ["发货 #17"]]


async def test_cards_in_the_same_step_elsewhere_stay(sender: FeishuSender, feishu: FeishuServer) -> None:
    await tell(sender, NOTICE, key="n1")
    await tell(sender, NOTICE, key="n2", to="ou_heting")

    assert [one.labels for one in feishu.inbox.messages] == [["通过 #17"], ["通过 #17"]]


async def test_what_cannot_be_changed_costs_no_notice(
    sender: FeishuSender, feishu: FeishuServer, live: Cards
) -> None:
    await tell(sender, NOTICE, key="n1")
    for number, fault in enumerate(FAULTS):
        feishu.api.fault("change", fault)
        await tell(sender, NOTICE, key=f"again{number}")

    assert len(feishu.inbox.messages) == 4
    assert list(live.kept) == [feishu.inbox.messages[-1].id]


async def test_a_card_of_more_than_14_days_is_left_alone(
    sender: FeishuSender, feishu: FeishuServer, live: Cards
) -> None:
    await tell(sender, NOTICE)
    (message,) = live.kept
    live.kept[message] = dataclasses.replace(live.kept[message], at=clock() - timedelta(days=14, seconds=1))

    await tell(sender, NOTICE, key="n2")

    assert feishu.api.calls.count("change") == 0


async def test_an_answer_is_kept_for_whoever_asked(sender: FeishuSender, live: Cards) -> None:
    await tell(sender, Rendered("请核对", buttons=(("确认", "确认 ab12"),), asker="lina"))
    await tell(sender, Rendered("好", asker="lina"), key="n2")

    assert [(one.asker, one.order) for one in live.kept.values()] == [("lina", None)]


async def test_one_token_serves_many_who_send_at_once(sender: FeishuSender, feishu: FeishuServer) -> None:
    await asyncio.gather(*(tell(sender, key=f"n{number}") for number in range(20)))

    assert feishu.api.calls.count("token") == 1
    assert len(feishu.inbox.messages) == 20


async def test_a_token_that_ended_is_renewed_once(sender: FeishuSender, feishu: FeishuServer) -> None:
    await tell(sender, key="n1")
    feishu.api.forget_token()

    await asyncio.gather(*(tell(sender, key=f"n{number}") for number in range(2, 8)))

    assert len(feishu.inbox.messages) == 7
    assert feishu.api.calls.count("token") == 2


@pytest.mark.parametrize("code", [99991663, 99991665, 99991661])
async def test_a_token_refused_twice_ends_the_attempt(
    sender: FeishuSender, feishu: FeishuServer, code: int
) -> None:
    feishu.api.fault("create", code, times=2)

    with pytest.raises(TryLater):
        await tell(sender)

    assert feishu.api.calls.count("create") == 2


@pytest.mark.parametrize(
    "fault",
    [
        Fault.HANGS,
        Fault.BUSY,
        Fault.PAGE,
        Fault.DROPPED,
        Fault.NOTHING,
        Fault.TEXT_CODE,
        Fault.LIMITED,
        230020,
        424242,
    ],
)
@pytest.mark.parametrize("name", ["create", "token"])
async def test_what_passes_is_tried_later_and_then_seen_once(
    sender: FeishuSender, feishu: FeishuServer, fault: Fault | int, name: str
) -> None:
    feishu.api.fault(name, fault)
    with pytest.raises(TryLater) as later:
        await tell(sender)
    if fault is Fault.LIMITED:
        assert later.value.after == timedelta(seconds=7)

    await tell(sender)

    assert len(feishu.inbox.messages) == 1


async def test_a_ban_is_waited_for(sender: FeishuSender, feishu: FeishuServer) -> None:
    await tell(sender)
    feishu.api.banned_until = time.time() + 600

    with pytest.raises(TryLater) as later:
        await tell(sender, key="n2")

    assert later.value.after is not None
    assert timedelta(seconds=590) < later.value.after <= timedelta(seconds=600)


async def test_a_wrong_secret_or_app_is_told_without_showing_it(
    feishu: FeishuServer, http: Http, live: Cards
) -> None:
    for wrong in (
        dataclasses.replace(feishu.app, app_secret="made-up-wrong-secret"),
        dataclasses.replace(feishu.app, app_id="made-up-wrong-app"),
    ):
        with pytest.raises(Misconfigured) as told:
            await tell(FeishuSender(FeishuApi(wrong, http, clock), live, str, clock))
        assert "made-up" not in str(told.value)


@pytest.mark.parametrize("to", ["oc_elsewhere", "ou_nobody"])
async def test_who_is_not_there_is_undeliverable(sender: FeishuSender, feishu: FeishuServer, to: str) -> None:
    with pytest.raises(Undeliverable):
        await tell(sender, to=to)
    assert feishu.inbox.messages == []


@pytest.mark.parametrize("to", ["all", "", "李娜", "a b", "oc_é", "ou_1,ou_2"])
async def test_only_one_place_is_ever_addressed(sender: FeishuSender, feishu: FeishuServer, to: str) -> None:
    with pytest.raises(Undeliverable):
        await tell(sender, to=to)
    assert feishu.api.calls == []


async def test_the_bots_own_id_is_asked_for_once(api: FeishuApi, feishu: FeishuServer) -> None:
    feishu.api.fault("bot", Fault.NOTHING)
    with pytest.raises(TryLater):
        await api.bot()
    assert await asyncio.gather(*(api.bot() for _ in range(5))) == ["ou_of_the_bot"] * 5
    assert feishu.api.calls.count("bot") == 2

    feishu.api.fault("bot", 0)
    with pytest.raises(TryLater):
        await FeishuApi(feishu.app, api._http, clock).bot()


async def test_an_answer_without_a_token_is_tried_later(sender: FeishuSender, feishu: FeishuServer) -> None:
    feishu.api.fault("token", 0)

    with pytest.raises(TryLater, match="tenant_access_token"):
        await tell(sender)


async def test_a_card_whose_press_is_under_way_is_left_to_its_answer(
    sender: FeishuSender, feishu: FeishuServer, live: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    await tell(sender, NOTICE)
    (message,) = live.kept
    of_order = live.of_order

    async def pressed_meanwhile(platform: str, order: int) -> Sequence[LiveCard]:
        found = await of_order(platform, order)
        await live.take(platform, message)
        return found

    monkeypatch.setattr(live, "of_order", pressed_meanwhile)
    await tell(sender, NOTICE, key="n2")

    assert feishu.api.calls.count("change") == 0


async def test_changing_cards_costs_a_notice_no_more_than_so_long(
    sender: FeishuSender, feishu: FeishuServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retiring, "PATIENCE", timedelta(milliseconds=50))
    await tell(sender, NOTICE)
    feishu.api.fault("change", Fault.HANGS)

    await tell(sender, NOTICE, key="n2")

    assert len(feishu.inbox.messages) == 2
