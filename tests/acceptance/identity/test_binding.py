"""One person on several platforms: by a code from where they are known, or by the process owner's yes."""

import asyncio
import re

import pytest

from domain.binding import CODE_LIVES, TRIES
from tests.acceptance.identity.people import OWNER, Office, happened
from tests.world import a_world


def wrong(code: str) -> str:
    """Another code."""
    return f"{(int(code) + 1) % 10**6:06}"


async def test_with_a_code_the_other_platforms_id_is_hers_at_once(office: Office, world_url: str):
    code = await office.code()

    reply = await office.says("feishu", "OU_1", f"绑定 {code}", key="m7")

    assert reply.text.startswith("✓ 绑定好了，李娜")
    assert await office.is_known("feishu", "ou_1")
    assert not await office.is_known("dingtalk", "ou_1")
    [event] = await happened(world_url, "bindings")
    assert (event.kind, event.by, event.source) == ("binding:made", "lina", "feishu:app:m7")
    assert event.data == {"platform": "feishu", "account": "ou_1", "person": "lina"}
    assert any("飞书账号 ou＿1 以后就是李娜" in text for text in office.world.told("user:lina"))


@pytest.mark.parametrize("typed", ["绑定{}", "/绑定 {}", "绑定：{}", "绑定码 {}", " 绑定  {} ", "绑定 {}。"])
async def test_a_code_is_read_however_it_is_typed(office: Office, typed: str):
    code = await office.code()

    assert "绑定好了" in (await office.says("feishu", "ou_1", typed.format(code))).text


async def test_full_width_digits_are_digits(office: Office):
    code = (await office.code()).translate(str.maketrans("0123456789", "０１２３４５６７８９"))

    assert "绑定好了" in (await office.says("feishu", "ou_1", f"绑定 {code}")).text


async def test_a_code_is_used_once(office: Office):
    code = await office.code()
    await office.says("feishu", "ou_1", f"绑定 {code}")

    reply = await office.says("dingtalk", "d1", f"绑定 {code}")

    assert "这个码不对" in reply.text
    assert len(await office.bindings()) == 1


async def test_a_code_runs_out(office: Office):
    code = await office.code()
    await office.world.passes(minutes=CODE_LIVES.total_seconds() / 60)

    assert "这个码不对" in (await office.says("feishu", "ou_1", f"绑定 {code}")).text
    assert not await office.is_known("feishu", "ou_1")


async def test_a_newer_code_ends_the_older_one(office: Office):
    older, newer = await office.code(), await office.code()

    if older != newer:
        assert "这个码不对" in (await office.says("feishu", "ou_1", f"绑定 {older}")).text
    assert "绑定好了" in (await office.says("feishu", "ou_1", f"绑定 {newer}")).text


async def test_who_guesses_too_often_is_not_heard_even_with_the_right_code(office: Office):
    code = await office.code()
    for _ in range(TRIES):
        assert "这个码不对" in (await office.says("feishu", "ou_1", f"绑定 {wrong(code)}")).text

    assert "试的次数太多" in (await office.says("feishu", "ou_1", f"绑定 {code}")).text
    assert "绑定好了" in (await office.says("feishu", "ou_2", f"绑定 {code}")).text


async def test_guesses_sent_all_at_once_are_counted_too(office: Office):
    code = await office.code()
    replies = await asyncio.gather(
        *(office.says("feishu", "ou_1", f"绑定 {wrong(code)}") for _ in range(2 * TRIES))
    )

    looked_at = [reply for reply in replies if "这个码不对" in reply.text]
    assert len(looked_at) <= TRIES
    assert "绑定好了" not in (await office.says("feishu", "ou_1", f"绑定 {code}")).text


async def test_codes_die_of_wrong_ones_whoever_types_them(office: Office):
    code = await office.code()
    for stranger in range(4):
        for _ in range(TRIES):
            await office.says("feishu", f"ou_{stranger}", f"绑定 {wrong(code)}")

    assert "这个码不对" in (await office.says("dingtalk", "d1", f"绑定 {code}")).text


async def test_two_strangers_with_one_code_at_once_one_is_bound(two: tuple[Office, Office]):
    first, second = two
    code = await first.code()

    replies = await asyncio.gather(
        first.says("feishu", "ou_1", f"绑定 {code}"), second.says("dingtalk", "d1", f"绑定 {code}")
    )

    assert sorted("绑定好了" in reply.text for reply in replies) == [False, True]
    assert len(await first.bindings()) == 1


async def test_a_redelivery_is_answered_the_same_and_binds_nothing_twice(office: Office):
    code = await office.code()
    first = await office.says("feishu", "ou_1", f"绑定 {code}", key="once")

    assert await office.says("feishu", "ou_1", f"绑定 {code}", key="once") == first
    assert len(await office.bindings()) == 1


async def test_the_code_is_shown_once_and_kept_nowhere(office: Office, world_url: str):
    first = await office.says("wecom", "lina", "绑定", key="asked")
    code = re.search(r"\d{6}", first.text)
    assert code is not None

    again = await office.says("wecom", "lina", "绑定", key="asked")
    await office.says("feishu", "ou_1", f"绑定 {wrong(code[0])}")
    await office.says("feishu", "ou_1", f"我要绑定 {code[0]}")

    assert code[0] not in again.text
    kept = await everything(world_url)
    assert code[0] not in kept
    assert wrong(code[0]) not in kept


async def everything(url: str) -> str:
    """All rows where words are kept, as text."""
    from sqlalchemy import text
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine(url)
    tables = (
        "inbox",
        "conversations",
        "todos",
        "binding_codes",
        "binding_requests",
        "events",
        "outbox",
        "feed",
    )
    async with engine.connect() as connection:
        rows = [(await connection.execute(text(f"SELECT * FROM {table}"))).all() for table in tables]
    await engine.dispose()
    return repr(rows)


async def test_in_a_group_no_code_is_given_and_none_is_taken(office: Office):
    assert "私聊" in (await office.says("wecom", "lina", "绑定", place="sales")).text
    code = await office.code()

    assert "私聊" in (await office.says("feishu", "ou_1", f"绑定 {code}", place="oc_1")).text
    assert await office.bindings() == ()


async def test_a_code_does_not_take_the_account_away_where_it_was_given(office: Office):
    """She is known there by her user id: another account would be the only one from then on."""
    code = await office.code()

    assert "一人一个" in (await office.says("wecom", "other", f"绑定 {code}")).text
    assert await office.is_known("wecom", "lina")
    assert "绑定好了" in (await office.says("feishu", "ou_1", f"绑定 {code}")).text


async def test_the_ai_bot_knows_by_wecoms_ids_and_binds_none(office: Office):
    assert await office.is_known("wecom-bot", "lina")
    assert "不能绑定" in (await office.says("wecom-bot", "wo_secret", f"绑定 {await office.code()}")).text


async def test_any_id_of_hers_will_do_from_then_on(office: Office):
    await office.says("feishu", "ou_1", f"绑定 {await office.code()}", also=("on_1",))

    known = await office.says("feishu", "u_9", "我的待办", also=("on_1", "ou_1"))
    assert "我还不认识您" not in known.text


async def test_a_second_id_on_one_platform_is_refused_and_the_code_is_gone(office: Office):
    await office.says("feishu", "ou_1", f"绑定 {await office.code()}")

    reply = await office.says("feishu", "ou_2", f"绑定 {await office.code()}")

    assert "已经有账号" in reply.text
    assert not await office.is_known("feishu", "ou_2")


async def test_an_id_of_the_table_is_never_overridden(office: Office):
    await office.hires("user_id,feishu_id\nlina,ou_own\n")

    reply = await office.says("feishu", "ou_1", f"绑定 {await office.code()}")

    assert "写在员工表里的请流程负责人改" in reply.text
    assert await office.is_known("feishu", "ou_own")


async def test_the_table_wins_over_what_was_bound_before(office: Office):
    await office.says("feishu", "ou_1", f"绑定 {await office.code()}")

    await office.hires("user_id,feishu_id\nwangqiang,ou_1\n")

    assert "王强" in (await office.says("feishu", "ou_1", "帮助")).text
    assert "不起作用" in (await office.says("wecom", OWNER, "绑定列表")).text


async def test_after_a_restart_and_in_another_process_she_is_known(office: Office, world_url: str):
    async with a_world(world_url) as another:
        elsewhere = Office(another)
        assert not await elsewhere.is_known("feishu", "ou_1")
        await office.says("feishu", "ou_1", f"绑定 {await office.code()}")
        assert await elsewhere.is_known("feishu", "ou_1")

        await elsewhere.says("feishu", "ou_1", "解绑 飞书")
        assert not await office.is_known("feishu", "ou_1")
    async with a_world(world_url) as later:
        assert not await Office(later).is_known("feishu", "ou_1")


async def test_a_stranger_is_told_how(office: Office):
    assert "「绑定 483920」" in (await office.says("feishu", "ou_1", "绑定")).text
    assert "说「绑定」" in (await office.says("feishu", "ou_1", "你好")).text
    assert "不能绑定" in (await office.says("console", "nobody", "绑定")).text


async def asked(office: Office, text: str = "绑定 李娜", sender: str = "ou_1") -> str:
    """A stranger asks; the number of the request, as the process owner was told."""
    assert "已请流程负责人确认" in (await office.says("feishu", sender, text)).text
    found = re.search(r"同意绑定 (\d+)", office.world.told(f"user:{OWNER}")[-1])
    assert found is not None
    return found[1]


async def test_the_process_owner_says_yes_and_both_are_told(office: Office, world_url: str):
    number = await asked(office)
    notice = office.world.pushed[-1]
    assert ("同意绑定 " + number) in dict(notice.buttons)
    assert "李娜，销售" in notice.text

    reply = await office.says("wecom", OWNER, f"同意绑定 {number}", key="yes")

    assert "以后就是李娜" in reply.text
    assert await office.is_known("feishu", "ou_1")
    assert len(office.world.told("account:feishu:ou_1")) == len(office.world.told("user:lina")) == 1
    [event] = await happened(world_url, "bindings")
    assert (event.kind, event.by, event.source) == ("binding:made", OWNER, "wecom:app:yes")
    assert "没有这个号" in (await office.says("wecom", OWNER, f"同意绑定 {number}")).text


async def test_the_process_owner_says_no(office: Office, world_url: str):
    number = await asked(office)

    assert "没有同意" in (await office.says("wecom", OWNER, f"拒绝绑定 {number}")).text

    assert not await office.is_known("feishu", "ou_1")
    assert "没有这个号" in (await office.says("wecom", OWNER, f"同意绑定 {number}")).text
    assert [event.kind for event in await happened(world_url, "bindings")] == ["binding:refused"]


async def test_a_name_that_fits_nobody_is_answered_the_same_and_named_by_the_owner(office: Office):
    number = await asked(office, "绑定 老板娘@all")
    assert "＠all" in office.world.told(f"user:{OWNER}")[-1]

    assert "对不上" in (await office.says("wecom", OWNER, f"同意绑定 {number}")).text
    assert "以后就是王强" in (await office.says("wecom", OWNER, f"同意绑定 {number} 王强")).text


async def test_only_who_looks_after_the_process_decides(office: Office):
    number = await asked(office)

    for line in (f"同意绑定 {number}", f"拒绝绑定 {number}", "解绑 王强 飞书"):
        assert "没有管绑定的权限" in (await office.says("wecom", "lina", line)).text
    assert await office.bindings() == ()


async def test_of_two_who_decide_at_once_one_does(two: tuple[Office, Office]):
    first, second = two
    number = await asked(first)
    await second.settles()

    replies = await asyncio.gather(
        first.says("wecom", OWNER, f"同意绑定 {number}"),
        second.says("wecom", "chenjianguo", f"拒绝绑定 {number}"),
    )

    assert sorted("没有这个号" in reply.text for reply in replies) == [False, True]


async def test_the_list_shows_all_to_the_owner_and_ones_own_to_everybody(office: Office):
    await office.says("feishu", "ou_1", f"绑定 {await office.code()}")
    await asked(office, "绑定 王强", "ou_2")

    everything = await office.says("wecom", OWNER, "绑定列表")
    assert "李娜＝飞书账号 ou＿1" in everything.text
    assert "自称「王强」" in everything.text
    assert [button.label[:2] for button in everything.buttons] == ["同意", "拒绝"]
    own = await office.says("wecom", "lina", "绑定列表")
    assert "李娜＝飞书账号 ou＿1" in own.text
    assert "王强" not in own.text
    assert "没有绑定" in (await office.says("wecom", "wangqiang", "绑定列表")).text


async def test_a_colleague_unbinds_their_own_and_the_owner_anybodys(office: Office, world_url: str):
    for platform, sender in (("feishu", "ou_1"), ("dingtalk", "d1")):
        await office.says(platform, sender, f"绑定 {await office.code()}")

    assert "解绑哪个" in (await office.says("wecom", "lina", "解绑")).text
    assert "已解绑" in (await office.says("wecom", "lina", "解绑 飞书")).text
    assert not await office.is_known("feishu", "ou_1")
    assert await office.is_known("dingtalk", "d1")
    assert "没有绑定过" in (await office.says("wecom", "lina", "解绑 飞书")).text

    assert "不再是李娜" in (await office.says("wecom", OWNER, "解绑 李娜")).text
    assert not await office.is_known("dingtalk", "d1")
    assert "林晓梅 把钉钉账号 d1 解绑了" in office.world.told("user:lina")[-1]
    ended = [event for event in await happened(world_url, "bindings") if event.kind == "binding:ended"]
    assert [event.by for event in ended] == ["lina", OWNER]


async def test_an_id_of_the_table_cannot_be_unbound(office: Office):
    await office.hires("user_id,feishu_id\nlina,ou_own\n")

    assert "写在员工表里" in (await office.says("wecom", "lina", "解绑 飞书")).text


async def test_where_somebody_is_known_already_there_is_nothing_to_bind(office: Office):
    code = await office.code()

    assert "已经认识您了" in (await office.says("wecom", "wangqiang", f"绑定 {code}")).text
    assert "已经认识您了" in (await office.says("wecom", "wangqiang", "绑定 李娜")).text
    assert await office.bindings() == ()
