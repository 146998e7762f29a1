"""Groups, persons and cards against a server that behaves like DingTalk."""

import asyncio
import dataclasses
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import timedelta

import pytest

from bot.platforms.dingtalk import cardroom
from bot.platforms.dingtalk.api import DingTalkApi
from bot.platforms.dingtalk.cardroom import CardRoom
from bot.platforms.dingtalk.sender import GroupSender, PersonSender
from bot.platforms.http import Http
from domain.sending import Misconfigured, Rendered, TryLater, Undeliverable
from tests.fakes.dingtalk_api import Fault
from tests.fakes.dingtalk_server import DingTalkServer
from tests.integration.dingtalk.conftest import clock

GROUP, PERSON = "robot/groupMessages/send", "robot/oToMessages/batchSend"
BUTTONS = (("通过", "通过 17 @3"), ("驳回", "驳回 17 @3"))


def called(user_id: str) -> tuple[str, str]:
    return user_id, {"lina": "李娜"}.get(user_id, "")


@pytest.fixture
def group(dingtalk: DingTalkServer, api: DingTalkApi) -> GroupSender:
    return GroupSender(dingtalk.app, api)


@pytest.fixture
def person(dingtalk: DingTalkServer, api: DingTalkApi) -> PersonSender:
    return PersonSender(dingtalk.app, api)


@pytest.fixture
def cards(dingtalk: DingTalkServer, api: DingTalkApi) -> GroupSender:
    return GroupSender(dingtalk.app, api, CardRoom(dingtalk.app, api, called))


async def in_group(
    sender: GroupSender, text: str = "订单 17 待审核", key: str = "n1", **more: object
) -> None:
    await sender.send("group:review", "cid1", dataclasses.replace(Rendered(text), **more), key)  # type: ignore[arg-type]


async def to_lina(
    sender: PersonSender, text: str = "订单 17 待审核", key: str = "n1", **more: object
) -> None:
    await sender.send("user:lina", "lina", dataclasses.replace(Rendered(text), **more), key)  # type: ignore[arg-type]


async def test_a_group_and_a_person_are_told(
    group: GroupSender, person: PersonSender, dingtalk: DingTalkServer
) -> None:
    await in_group(group, "**订单 17**\n- 可乐20箱", buttons=BUTTONS)
    await to_lina(person, "**订单 17**", buttons=BUTTONS)

    in_the_group, to_the_person = dingtalk.inbox.shown
    assert (in_the_group.to, to_the_person.to) == ("cid1", "lina")
    assert in_the_group.text.startswith("**订单 17**  \n- 可乐20箱")
    assert "@我" in in_the_group.text.replace("＠", "@")
    assert "dtmd:" not in in_the_group.text
    assert "[通过](dtmd://" in to_the_person.text
    assert in_the_group.title == "订单 17"


async def test_a_long_notice_comes_in_parts_that_dingtalk_takes(
    group: GroupSender, dingtalk: DingTalkServer
) -> None:
    lines = [f'SO261123-{number:04d} 华联超市 罐装可乐20箱 "备注"' for number in range(600)]

    await in_group(group, "\n".join(lines))

    assert len(dingtalk.inbox.shown) > 2
    everything = "\n".join(dingtalk.inbox.said_in("cid1"))
    assert all(line in everything for line in lines)


@pytest.mark.parametrize("words", ['"' * 20_000, "\\\\" * 9_000, "\n".join("a" * 9000)])
async def test_what_grows_by_being_written_as_json_still_fits(
    group: GroupSender, dingtalk: DingTalkServer, words: str
) -> None:
    await in_group(group, words, buttons=BUTTONS)

    assert len(dingtalk.inbox.shown) > 1


async def test_one_token_serves_many_who_send_at_once(group: GroupSender, dingtalk: DingTalkServer) -> None:
    await asyncio.gather(*(in_group(group, key=f"n{number}") for number in range(20)))

    assert dingtalk.api.calls.count("oauth2/accessToken") == 1
    assert len(dingtalk.inbox.shown) == 20


async def test_a_token_that_ended_is_renewed_once_for_all(
    group: GroupSender, dingtalk: DingTalkServer
) -> None:
    await in_group(group)
    dingtalk.api.forget_token()

    await asyncio.gather(*(in_group(group, key=f"n{number}") for number in range(2, 8)))

    assert dingtalk.api.calls.count("oauth2/accessToken") == 2
    assert len(dingtalk.inbox.shown) == 7


async def test_a_token_refused_twice_ends_the_attempt(group: GroupSender, dingtalk: DingTalkServer) -> None:
    dingtalk.api.fault(GROUP, Fault.UNAUTHORISED, times=2)

    with pytest.raises(TryLater):
        await in_group(group)

    assert dingtalk.api.calls.count(GROUP) == 2


async def test_a_wrong_secret_is_told_without_showing_it(dingtalk: DingTalkServer, http: Http) -> None:
    wrong = dataclasses.replace(dingtalk.app, app_secret="made-up-wrong-secret")

    with pytest.raises(Misconfigured, match="APP_SECRET") as told:
        await in_group(GroupSender(wrong, DingTalkApi(wrong, http, clock)))
    assert "wrong-secret" not in str(told.value) + repr(wrong)


@pytest.mark.parametrize(
    "fault",
    [Fault.HANGS, Fault.BUSY, Fault.PAGE, Fault.BANNED, Fault.DROPPED, "send.too.fast", "system.error"],
)
async def test_what_passes_is_tried_later(
    group: GroupSender, dingtalk: DingTalkServer, fault: Fault | str
) -> None:
    dingtalk.api.fault(GROUP, fault)
    with pytest.raises(TryLater) as later:
        await in_group(group)
    if fault == "send.too.fast":
        assert later.value.after == timedelta(minutes=10)
    if fault is Fault.BANNED:
        assert later.value.after == timedelta(minutes=5)

    await in_group(group)

    assert len(dingtalk.inbox.shown) == 1


@pytest.mark.parametrize("fault", [Fault.HANGS, Fault.PAGE, Fault.BUSY, Fault.BANNED])
async def test_no_token_now_is_tried_later(
    group: GroupSender, dingtalk: DingTalkServer, fault: Fault
) -> None:
    dingtalk.api.fault("oauth2/accessToken", fault)

    with pytest.raises(TryLater):
        await in_group(group)


async def test_a_group_that_is_none_is_a_setting(group: GroupSender) -> None:
    with pytest.raises(Misconfigured, match=r"company\.yaml"):
        await group.send("group:x", "cid-unknown", Rendered("a"), "n1")


async def test_a_success_may_still_name_the_person(person: PersonSender, dingtalk: DingTalkServer) -> None:
    with pytest.raises(Undeliverable, match="dingtalk_id"):
        await person.send("user:x", "nobody", Rendered("a"), "n1")

    dingtalk.inbox.flow_controlled.add("lina")
    with pytest.raises(TryLater) as later:
        await to_lina(person)
    assert later.value.after == timedelta(minutes=10)
    assert dingtalk.inbox.shown == []


@pytest.mark.parametrize("address", ["", "a,b", "@all", "all", "李娜"])
async def test_only_one_person_is_ever_addressed(
    person: PersonSender, dingtalk: DingTalkServer, address: str
) -> None:
    with pytest.raises(Undeliverable):
        await person.send("user:x", address, Rendered("a"), "n1")
    assert dingtalk.api.calls == []


async def test_what_offers_something_is_a_card_and_calls(
    cards: GroupSender, dingtalk: DingTalkServer
) -> None:
    await in_group(cards, buttons=BUTTONS, mentions=("lina", "ghost of nobody"))

    (card,) = dingtalk.inbox.cards.values()
    assert (card.id, card.to, card.labels(), card.mentions) == ("n1", "cid1", ["通过", "驳回"], ("lina",))
    assert card.callback == "STREAM"


async def test_a_card_sent_again_is_seen_once(cards: GroupSender, dingtalk: DingTalkServer) -> None:
    dingtalk.api.fault("card/instances/createAndDeliver", Fault.DONE_AND_DROPPED)
    with pytest.raises(TryLater):
        await in_group(cards, buttons=BUTTONS)

    await in_group(cards, buttons=BUTTONS)

    assert len(dingtalk.inbox.shown) == 1


async def test_what_fits_no_card_is_words_and_so_is_what_offers_nothing(
    cards: GroupSender, dingtalk: DingTalkServer
) -> None:
    await in_group(cards, "汉" * 2000, buttons=BUTTONS)
    await in_group(cards, "好", key="n2")

    assert dingtalk.inbox.cards == {}
    assert len(dingtalk.inbox.shown) == 2


async def test_the_next_card_of_an_order_settles_the_one_before_it(
    cards: GroupSender, dingtalk: DingTalkServer
) -> None:
    await in_group(cards, key="n1", buttons=BUTTONS, order=17, entry=1)
    await in_group(cards, key="n2", buttons=BUTTONS, order=18, entry=1)
    await in_group(cards, key="n3", buttons=BUTTONS, order=17, entry=2)

    labels = {name: card.labels() for name, card in dingtalk.inbox.cards.items()}
    assert labels == {"n1": [], "n2": ["通过", "驳回"], "n3": ["通过", "驳回"]}
    assert dingtalk.inbox.cards["n1"].values["note"]
    assert dingtalk.inbox.cards["n1"].text == "订单 17 待审核"  # by key: what is not named stays


async def test_words_about_a_later_step_settle_the_card_too_and_once(
    cards: GroupSender, dingtalk: DingTalkServer
) -> None:
    await in_group(cards, key="n1", buttons=BUTTONS, order=17, entry=1)
    await in_group(cards, key="n2", order=17, entry=1)
    assert dingtalk.inbox.cards["n1"].labels()

    await in_group(cards, key="n3", order=17, entry=2)
    await in_group(cards, key="n4", order=17, entry=3)

    assert dingtalk.inbox.cards["n1"].labels() == []
    assert dingtalk.api.calls.count("card/instances") == 1


async def test_an_old_card_that_cannot_be_settled_keeps_nothing_back(
    cards: GroupSender, dingtalk: DingTalkServer
) -> None:
    await in_group(cards, key="n1", buttons=BUTTONS, order=17, entry=1)
    dingtalk.api.fault("card/instances", Fault.BUSY)

    await in_group(cards, key="n2", buttons=BUTTONS, order=17, entry=2)

    assert dingtalk.inbox.cards["n2"].labels()


async def test_a_template_that_is_none_is_a_setting(dingtalk: DingTalkServer, api: DingTalkApi) -> None:
    app = dataclasses.replace(dingtalk.app, card_template="another")

    with pytest.raises(Misconfigured, match="CARD_TEMPLATE"):
        await in_group(GroupSender(app, api, CardRoom(app, api, called)), buttons=BUTTONS)


async def test_an_answer_without_a_token_is_tried_later(group: GroupSender, dingtalk: DingTalkServer) -> None:
    dingtalk.api.token_life = 0
    dingtalk.api.fault("oauth2/accessToken", 0)  # an answer without an error, and without a token

    with pytest.raises(TryLater, match="accessToken"):
        await in_group(group)


class Remembered:
    """`bot.platforms.base.SharedCache`, as far as cards need it."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    async def get(self, key: str) -> str | None:
        return self.values.get(key)

    async def set(self, key: str, value: str, lives: timedelta) -> None:
        assert lives >= timedelta(days=14)
        self.values[key] = value

    def lock(self, key: str, lives: timedelta) -> AbstractAsyncContextManager[None]:
        return nullcontext()


async def test_one_process_settles_the_card_of_another(dingtalk: DingTalkServer, api: DingTalkApi) -> None:
    shared = Remembered()
    one, other = (
        PersonSender(dingtalk.app, api, CardRoom(dingtalk.app, api, called, shared)) for _ in range(2)
    )

    await to_lina(one, key="n1", buttons=BUTTONS, order=17, entry=1)
    await to_lina(other, key="n2", buttons=BUTTONS, order=17, entry=2)

    assert dingtalk.inbox.cards["n1"].labels() == []
    assert dingtalk.inbox.cards["n2"].to == "lina"
    shared.values = dict.fromkeys(shared.values, "{")  # what cannot be read is as good as nothing
    await to_lina(one, key="n3", buttons=BUTTONS, order=17, entry=3)
    assert dingtalk.inbox.cards["n2"].labels()


async def test_only_so_many_cards_are_remembered(
    dingtalk: DingTalkServer, api: DingTalkApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cardroom, "MOST_REMEMBERED", 2)
    room = CardRoom(dingtalk.app, api, called)
    sender = GroupSender(dingtalk.app, api, room)

    for number in range(5):
        await in_group(sender, key=f"n{number}", buttons=BUTTONS, order=number, entry=1)

    assert len(room._here) == 2
