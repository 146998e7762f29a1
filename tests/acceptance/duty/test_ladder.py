"""An order that stands: the ladder climbs once per rung, 收到 and 稍后提醒 silence it, acting ends it."""

from tests.acceptance.handlers.test_order_life import placed
from tests.world import World

BIG = "人民路华联 罐装可乐60箱 雪碧10箱"  # over 2 000 yuan: the reviewers take turns


def rang(world: World, number: int) -> list[tuple[str, str]]:
    """Who was called about the order, oldest first, with the title."""
    return [
        (item.to, item.text.splitlines()[0])
        for item in world.pushed
        if f"#{number}" in item.text and ("超时提醒" in item.text or "快到时限" in item.text)
    ]


def called(world: World, number: int) -> list[str]:
    return [to for to, _ in rang(world, number)]


async def test_reviewer_supervisor_and_manager_are_called_once_each(world):
    number = await placed(world, BIG)
    owner = (await world.order(number)).owner
    assert owner == "heting"

    await world.passes(minutes=29)
    assert called(world, number) == []
    await world.passes(minutes=2)
    assert called(world, number) == ["user:heting"]
    await world.passes(minutes=40)
    assert called(world, number) == ["user:heting", "user:linxiaomei"]
    await world.passes(hours=4)
    assert called(world, number) == ["user:heting", "user:linxiaomei", "user:chenjianguo"]
    await world.passes(days=10)
    assert len(called(world, number)) == 3


async def test_a_word_stops_it_for_half_an_hour_once_for_each_ring_and_the_group_knows(world):
    number = await placed(world, BIG)
    await world.passes(minutes=31)

    reply = await world.says("heting", f"收到 {number}")

    assert "11-23 11:01 前不再催" in reply.text
    assert "下一次提醒 11-23 11:01：主管 林晓梅" in reply.text
    [told] = [text for text in world.told("group:review") if "有人在办" in text]
    assert "何婷 在处理" in told
    assert "11-23 11:01 前不再催" in told
    assert "已经收到过" in (await world.says("heting", f"{number}收到")).text
    await world.passes(minutes=29)
    assert called(world, number) == ["user:heting"]
    await world.passes(minutes=2)
    assert called(world, number) == ["user:heting", "user:linxiaomei"]
    assert "前不再催" in (await world.says("heting", f"收到 {number}")).text
    assert [event.kind for event in await world.story(number)].count("order:acked") == 2


async def test_a_yes_under_the_first_card_still_counts_after_reminders_but_not_after_a_change(world):
    number, other = await placed(world, BIG), await placed(world, BIG.replace("60", "70"))
    yes = f"通过 {number} @{(await world.order(number)).version}"
    stale = f"通过 {other} @{(await world.order(other)).version}"
    await world.passes(minutes=31)
    await world.says("heting", f"收到 {number}")
    await world.says("lina", f"催 {number}")
    await world.says("lina", f"{other}号单雪碧改成8箱")

    assert "又有变化" in (await world.says("heting", stale)).text
    assert "又有变化" not in (await world.says("heting", yes)).text
    assert (await world.order(number)).step == "picking"


async def test_the_word_is_a_button_under_the_notice_and_so_is_an_hour_later(world):
    number = await placed(world, BIG)
    await world.passes(minutes=31)

    [item] = [item for item in world.pushed if item.to == "user:heting" and "超时提醒" in item.text]

    assert item.buttons == (
        (f"收到 #{number}", f"收到 {number}"),
        ("一小时后提醒", f"{number}一小时后提醒"),
        (f"查看 #{number}", f"查单 {number}"),
    )
    reply = await world.says("heting", item.buttons[1][1])
    assert "推迟提醒" in reply.text
    assert "11-23 11:31 前不再催" in reply.text
    assert any("何婷 推迟了提醒" in text for text in world.told("group:review"))
    await world.passes(minutes=59)
    assert called(world, number) == ["user:heting"]
    assert "到时先提醒 何婷" in reply.text
    await world.passes(minutes=2)
    assert sorted(called(world, number)) == ["user:heting", "user:heting", "user:linxiaomei"]


async def test_a_quoted_alert_is_answered_with_the_word_alone(world):
    number = await placed(world, BIG)
    await world.passes(minutes=31)

    reply = await world.says("heting", f"「超时提醒 #{number} 华联超市(人民路店)」\n收到", place="review")

    assert "前不再催" in reply.text


async def test_who_reminds_himself_is_reminded_where_the_ladder_says_nothing_then(world):
    number = await placed(world, BIG)
    await world.says("heting", f"通过 {number}")
    keeper = (await world.order(number)).owner
    await world.passes(hours=6)  # half past three: nobody was there from twelve to one
    before = called(world, number)

    await world.says(keeper, f"{number}半小时后提醒")
    await world.passes(minutes=31)

    assert called(world, number) in ([*before, f"user:{keeper}"], [*before, "user:linxiaomei"])


async def test_another_who_says_so_takes_it_over_and_who_had_it_is_told(world):
    number = await placed(world, BIG)
    await world.passes(minutes=31)

    reply = await world.says("zhoukai", f"收到 {number}")

    order = await world.order(number)
    assert "接手、收到" in reply.text
    assert order.owner == "zhoukai"
    assert any("转交" in text for text in world.told("user:heting"))
    assert any("周凯 接手（原来在 何婷 手上）" in text for text in world.told("group:review"))


async def test_who_had_it_can_no_longer_answer_for_it(world):
    number = await placed(world, BIG)
    await world.passes(minutes=31)

    await world.says("zhoukai", f"收到 {number}")

    card = [item for item in world.pushed if item.to == "user:heting" and f"#{number}" in item.text][-1]
    assert card.buttons == ((f"查看 #{number}", f"查单 {number}"),)


async def test_who_may_not_is_refused_with_those_who_may(world):
    number = await placed(world, BIG)

    for line in (f"收到 {number}", f"{number}一小时后提醒"):
        text = (await world.says("liujun", line)).text
        assert "权限" in text
        assert "何婷" in text


async def test_a_reminder_asks_which_order_and_when_and_not_for_ever(world):
    number = await placed(world, BIG)

    assert "哪一张单" in (await world.says("heting", "一小时后提醒")).text
    for vague in ("过会儿", "明天下午", "昨天", "今天"):
        assert "过多久" in (await world.says("heting", f"{number}{vague}提醒我")).text
    assert "最多推迟2个工作日" in (await world.says("heting", f"{number}五天后提醒我")).text
    assert "最多推迟2个工作日" in (await world.says("heting", f"{number} 100小时后提醒")).text
    assert (await world.order(number)).silent_until is None


async def test_a_reminder_may_be_for_another_day_and_comes_at_the_minute_said(world):
    number = await placed(world, BIG)

    at_three = await world.says("heting", f"{number}下午三点提醒我")
    tomorrow = await world.says("heting", f"{number}明天早上提醒我")

    assert "11-23 15:00 前不再催" in at_three.text
    assert "11-24 08:30 前不再催" in tomorrow.text


async def test_who_wants_to_be_reminded_hears_that_he_will_be(world):
    number = await placed(world, BIG)
    await world.passes(days=3)  # every rung has rung

    reply = await world.says("heting", f"{number}一小时后提醒")

    assert "前不再催，到时先提醒 何婷，之后不再逐级提醒" in reply.text
    await world.says("heting", "撤销")
    await world.says("heting", "确认")
    assert "各级都已提醒过，不再逐级提醒" in (await world.says("lina", f"为什么 {number}")).text


async def test_a_reminder_says_what_to_answer_and_that_the_order_is_taken_over_by_it(world):
    number = await placed(world, BIG)
    await world.passes(minutes=61)

    [own] = [text for text in world.told("user:heting") if "超时提醒" in text]
    [above] = [text for text in world.told("user:linxiaomei") if "超时提醒" in text]

    assert own.endswith(f"请处理；正在办就回「收到 {number}」，先不再催。")
    assert above.endswith(
        f"请过问：催 何婷，换人办就说「{number}转给某某」，自己办就回「收到 {number}」由您接手。"
    )


async def test_who_stands_in_is_not_asked_to_press_whoever_is_away(world):
    number = await placed(world, BIG)
    await world.says("heting", "我今天请假，周凯代我")
    await world.passes(minutes=31)

    [told] = [text for text in world.told("user:zhoukai") if "超时提醒" in text]
    assert told.endswith(f"何婷 不在，请您代办：回「收到 {number}」由您接手。")


async def test_the_bare_word_answers_the_only_reminder_and_is_asked_about_where_there_are_several(world):
    number = await placed(world, BIG)
    await world.says("heting", "收到")  # nothing has rung: a courtesy
    assert not (await world.order(number)).acked
    await world.passes(minutes=31)

    assert "前不再催" in (await world.says("heting", "收到收到，谢谢")).text

    assert (await world.order(number)).acked
    assert "我在" in (await world.says("heting", "收到")).text


async def test_the_bare_word_is_asked_about_where_several_orders_rang(world):
    first = await placed(world, BIG)
    numbers = [await placed(world, f"华联东湖店 金麦罐装{boxes}箱") for boxes in (30, 40, 50)]
    owned = [n for n in (first, *numbers) if (await world.order(n)).owner == "heting"]
    await world.passes(minutes=31)

    reply = await world.says("heting", "收到")

    assert len(owned) > 1
    assert "收到的是哪张" in reply.text
    assert [button.say for button in reply.buttons] == [f"收到 {number}" for number in owned]


async def test_acting_ends_it(world):
    number = await placed(world, BIG)
    await world.passes(minutes=31)
    await world.says("heting", f"收到 {number}")

    await world.says("heting", f"通过 {number}")

    order = await world.order(number)
    assert (order.step, order.silent_until, order.acked) == ("picking", None, False)
    await world.passes(minutes=90)
    assert called(world, number) == ["user:heting"]


async def test_the_word_is_taken_back_and_the_ladder_rings_as_it_would_have(world):
    number = await placed(world, BIG)
    await world.passes(minutes=55)
    await world.says("heting", f"收到 {number}")

    await world.says("heting", "撤销")
    await world.says("heting", "确认")
    await world.passes(minutes=6)

    assert (await world.order(number)).silent_until is None
    assert called(world, number) == ["user:heting", "user:linxiaomei"]


async def test_an_early_warning_comes_before_the_limit(world):
    number = await placed(world, BIG)
    await world.says("heting", f"通过 {number}")
    keeper = (await world.order(number)).owner

    await world.passes(hours=4)  # ten to twelve, one to two

    [(to, title)] = rang(world, number)
    assert to == f"user:{keeper}"
    assert "快到时限" in title


async def test_pressing_is_counted_told_once_and_answered_with_where_it_stands(world):
    number = await placed(world, BIG)
    await world.passes(minutes=10)

    first = await world.says("lina", f"催 {number}")
    second = await world.says("lina", f"催 {number}")

    assert "第 1 次，已提醒" in first.text
    assert "停在「待审核」，何婷 在办，11-23 10:00（10分钟前）进入" in first.text
    assert "下一次提醒 11-23 10:30：负责人 何婷" in first.text
    assert "第 2 次（刚提醒过，这次只记数）" in second.text
    [told] = [text for text in world.told("group:review") if "催单" in text]
    assert (
        "李娜 催单（第 1 次），停在「待审核」，在 何婷 手上，11-23 10:00（10分钟前）进入，请尽快处理。"
        in told
    )
    await world.passes(minutes=11)
    await world.says("wangmin", f"催 {number}")
    assert len([text for text in world.told("group:review") if "催单" in text]) == 2
    assert (await world.order(number)).urges == 3
    assert [event.kind for event in await world.story(number)].count("order:urged") == 3


async def test_pressing_without_an_order_is_asked_about(world):
    number = await placed(world, BIG)

    assert "哪一张单" in (await world.says("zhaolei", "催单")).text
    assert "第 1 次" in (await world.says("zhaolei", str(number))).text


async def test_the_week_end_is_nobodys_time(world):
    await world.passes(days=5, hours=7, minutes=45)  # Saturday, a quarter to six in the evening
    number = await placed(world, BIG)

    await world.passes(days=1)  # Sunday
    assert called(world, number) == []
    await world.passes(hours=15)  # Monday, a quarter to nine
    assert called(world, number) == ["user:heting"]
