"""Leave, stand-ins, rules of assignment, and 为什么."""

import pytest

from tests.acceptance.duty.test_ladder import BIG, called
from tests.acceptance.handlers.test_order_life import placed

SMALL = "人民路华联 罐装可乐25箱"  # between 800 and 2 000 yuan: the rule's


async def test_new_orders_and_rungs_go_to_the_stand_in_while_somebody_is_away(world):
    old = await placed(world, BIG)
    assert (await world.order(old)).owner == "heting"

    reply = await world.says("heting", "我今天请假，林晓梅代我")

    assert "由林晓梅替您" in reply.text
    assert "您手上还有 1 张单" in reply.text
    for person in ("linxiaomei",):
        [told] = [text for text in world.told(f"user:{person}") if "何婷请假" in text]
        assert f"#{old} 华联超市(人民路店)（待审核）" in told
    await placed(world, BIG.replace("60", "61"), "zhaolei")  # the other reviewer's turn
    new = await placed(world, BIG.replace("60", "62"), "zhaolei")
    assert (await world.order(new)).owner == "linxiaomei"
    await world.passes(minutes=31)
    assert called(world, old) == ["user:linxiaomei"]
    assert "前不再催" in (await world.says("linxiaomei", f"收到 {old}")).text
    assert (await world.order(old)).owner == "linxiaomei"


async def test_a_leave_without_a_name_goes_to_the_usual_deputy(world):
    reply = await world.says("heting", "我明天请假")

    assert "由周凯替您" in reply.text
    before = await placed(world, BIG)
    assert (await world.order(before)).owner == "heting"
    await world.passes(days=1)
    await placed(world, BIG.replace("60", "61"), "zhaolei")  # the other reviewer's turn
    during = await placed(world, BIG.replace("60", "63"), "zhaolei")
    assert dict((await world.order(during)).chosen)["meant"] == "heting"
    assert (await world.order(during)).owner == "zhoukai"
    await placed(world, BIG.replace("60", "64"), "zhaolei")
    await world.passes(days=1)
    after = await placed(world, BIG.replace("60", "62"), "sunyan")
    assert (await world.order(after)).owner == "heting"


async def test_a_name_that_is_not_understood_is_asked_for(world):
    assert "哪位同事" in (await world.says("heting", "我明天请假，孙晓代我")).text
    await world.passes(days=1)
    assert (await world.order(await placed(world, BIG))).owner == "heting"


async def test_who_is_back_early_says_so(world):
    await world.says("heting", "我请假 今天到周五 由周凯代")

    reply = await world.says("heting", "销假")

    assert "欢迎回来" in reply.text
    assert any("何婷已销假" in text for text in world.told("user:zhoukai"))
    assert (await world.order(await placed(world, BIG))).owner == "heting"
    assert "没有登记请假" in (await world.says("heting", "销假")).text


async def test_a_leave_that_is_over_or_for_oneself_is_refused(world):
    assert "不能是您自己" in (await world.says("heting", "我明天请假，何婷代我")).text


async def test_stand_ins_who_are_away_themselves_are_passed_over(world):
    await world.says("heting", "我今天请假，周凯代我")
    await world.says("zhoukai", "我今天请假，何婷代我")

    number = await placed(world, BIG)

    assert (await world.order(number)).owner == "linxiaomei"
    await world.says("linxiaomei", "我今天请假")
    await world.says("chenjianguo", "我今天请假")
    last = await placed(world, BIG.replace("60", "61"), "zhaolei")
    assert (await world.order(last)).owner != ""


async def test_a_rule_says_whose_it_is_and_why_tells_which(world):
    number = await placed(world, SMALL)
    assert (await world.order(number)).owner == "zhoukai"

    text = (await world.says("lina", f"为什么 {number}")).text

    assert "为什么是 周凯：分派规则第1条（待审核、800元以上、2000元以内 → 周凯）。" in text
    assert "下一次提醒 11-23 10:30：负责人 周凯" in text
    assert "「一人审」档，要 1 人审" in text


async def test_why_says_who_was_away_and_who_was_called(world):
    await world.says("zhoukai", "我请假 今天到周三 由何婷代")
    number = await placed(world, SMALL)
    await world.passes(minutes=31)

    text = (await world.says("lina", f"{number}为什么")).text

    assert "本来轮到 周凯，请假到 11-25 周三（后天），由 何婷 接" in text
    assert "已提醒：11-23 10:30 负责人" in text
    assert "下一次提醒 11-23 11:00：主管 林晓梅" in text


async def test_why_an_order_went_through_by_itself_and_what_is_done_needs_nobody(world):
    number = await placed(world, "人民路华联 罐装可乐5箱")

    assert "自动通过" in (await world.says("lina", f"为什么 {number}")).text
    await world.says("lina", f"取消 {number}")
    assert "已经办完" in (await world.says("lina", f"为什么 {number}")).text
    assert "没有 999 号单" in (await world.says("lina", "为什么 999")).text


async def test_the_least_loaded_of_the_warehouse_gets_the_next(world):
    owners, number = [], 0
    for boxes, person in ((5, "lina"), (6, "wangqiang"), (7, "zhaolei")):
        number = await placed(world, f"人民路华联 罐装可乐{boxes}箱", person)
        owners.append((await world.order(number)).owner)

    assert sorted(owners) == ["liujun", "madong", "wujie"]
    assert "手上单最少" in (await world.says("lina", f"为什么 {number}")).text


async def test_after_his_shift_nothing_new_comes_to_the_keeper(world):
    await world.passes(hours=6, minutes=30)  # half past four; the keeper goes home at four

    owners = set()
    for boxes, person in ((5, "lina"), (6, "wangqiang"), (7, "zhaolei"), (8, "sunyan")):
        number = await placed(world, f"人民路华联 罐装可乐{boxes}箱", person)
        owners.add((await world.order(number)).owner)

    assert owners == {"liujun", "wujie"}


async def test_what_colleagues_hand_over_is_explained(world):
    number = await placed(world, SMALL)
    await world.says("linxiaomei", f"{number}转给何婷")
    assert "林晓梅 转给的" in (await world.says("lina", f"为什么 {number}")).text
    await world.says("zhoukai", f"收到 {number}")
    assert "自己接手的" in (await world.says("lina", f"为什么 {number}")).text


@pytest.mark.parametrize(
    ("said", "span"),
    [
        ("我请假3天 让周凯代", "11-23 周一（今天） 至 11-25 周三"),
        ("请三天假，周凯代我", "11-23 周一（今天） 至 11-25 周三"),
        ("请假两天", "11-23 周一（今天） 至 11-24 周二"),
        ("我请假到周五", "11-23 周一（今天） 至 11-27 周五"),
    ],
)
async def test_a_leave_of_so_many_days_is_so_long(world, said, span):
    assert span in (await world.says("heting", said)).text


async def test_a_leave_that_cannot_be_is_not_kept(world):
    assert "2026 年没有 2 月 30 日" in (await world.says("heting", "我2月30日请假")).text
    for said in ("请假", "请假 让张三替"):
        assert "还没登记" in (await world.says("heting", said)).text

    assert "没有登记请假" in (await world.says("heting", "销假")).text


async def test_nobody_is_away_because_a_colleague_says_so(world):
    for said in ("李娜明天请假", "小王今天请假"):
        assert "请假要本人来说" in (await world.says("linxiaomei", said)).text

    assert "没有登记请假" in (await world.says("linxiaomei", "销假")).text


async def test_everybody_who_was_to_stand_in_hears_that_it_is_called_off(world):
    await world.says("heting", "我明天请假，周凯代我")
    await world.says("heting", "我周四请假，林晓梅代我")

    reply = await world.says("heting", "销假")

    assert "已告诉周凯、林晓梅" in reply.text
    assert any("何婷已销假" in text for text in world.told("user:zhoukai"))
