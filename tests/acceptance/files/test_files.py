"""A table that is sent becomes drafts, and drafts become orders; every row is accounted for."""

from pathlib import Path

import pytest

from domain.files import LARGEST
from domain.ports import MessageKey
from handlers.message import Attachment, Message, Reply
from tests.tables import workbook
from tests.world import World

ORDER = workbook(
    ["客户：人民路华联"],
    ["序号", "品名", "规格", "数量", "单位", "备注"],
    [1, "罐装可乐", "330ml*24", 20, "箱", ""],
    [2, "雪碧", "", 10.0, "箱", "要新日期"],
    [3, "榴莲汁", "", 5, "箱", ""],
    [4, "可乐", "", 5, "箱", ""],
    ["合计", "", "", 41],
    ["送货日期：明天上午"],
)
SEVERAL = workbook(
    ["客户", "品名", "数量", "单位"],
    *(
        [name, goods, count, "箱"]
        for name in ("人民路华联", "福满楼", "川味轩", "百惠")
        for goods, count in (("雪碧", 3), ("罐装可乐", 2))
    ),
    ["大众超市", "雪碧", 4, "箱"],
)


async def sent(world: World, data: bytes, name: str = "订单.xlsx", person: str = "lina") -> Reply:
    at_once, told = await world.sends(person, name, data)
    assert "正在读" in at_once.text
    assert told is not None
    return told


async def test_a_table_becomes_a_draft_with_its_question_and_then_an_order(world: World):
    told = await sent(world, ORDER)

    for part in (
        "共 5 行：取了 2 行，要问 1 行，没收 2 行",
        "取了：第3–4行",
        "第5行 没收：找不到“榴莲汁”",
        "第8行 没收：不是商品行，当说明看了：“送货日期：明天上午”",
        "数量合计（不含没收的）：35箱",
        "第7行的合计是 41，上面各行加起来是 40",
        "第6行“可乐”（5箱）是哪一个？",
    ):
        assert part in told.text
    draft = await world.presses("lina", told, told.buttons[0].label)
    assert "来自「订单.xlsx」第3–4、6行" in draft.text
    assert "第4行 雪碧330ml罐装 10箱" in draft.text
    assert "11-24 周二（明天） 上午（表里写的）" in draft.text
    number = (await world.presses("lina", draft, "确认")).order
    assert number
    order = await world.order(number)
    assert [(line.sku, int(line.qty)) for line in order.lines] == [("D001", 20), ("D005", 10), ("D001", 5)]
    assert (order.customer, order.note) == ("C001", "雪碧：要新日期")


async def test_a_line_that_is_asked_about_may_be_left_out(world: World):
    await sent(world, ORDER)

    draft = await world.says("lina", "不要了")

    assert "可乐330ml罐装 20箱" in draft.text
    assert "第6行" not in draft.text


async def test_several_customers_are_several_drafts_told_in_short_and_confirmed_together(world: World):
    told = await sent(world, SEVERAL)

    assert "共 9 行：取了 8 行，要问 1 行，没收 0 行" in told.text
    assert "**4 张草稿，请核对**" in told.text
    assert "1. 华联超市(人民路店)：2 行，5箱，" in told.text
    code = told.text.split("福满楼酒店：")[1].split("（")[1][:4]
    alone = await world.says("lina", f"看 {code}")
    assert "福满楼酒店" in alone.text
    assert "第5行 可乐330ml罐装 2箱" in alone.text

    written = await world.says("lina", "全部确认")

    assert written.text.count("已建单") == 4
    assert "「订单.xlsx」第10行：没有叫“大众超市”的客户" in written.text
    last = await world.says("lina", "解放路华联")
    assert (await world.presses("lina", last, "确认")).order == 5


async def test_all_drafts_of_a_file_can_be_given_up_at_once(world: World):
    await sent(world, SEVERAL)

    given_up = await world.says("lina", "全部放弃")

    assert "5 张草稿都放弃了" in given_up.text
    assert "没有等您确认的草稿" in (await world.says("lina", "全部确认")).text


async def test_what_waited_before_waits_behind_the_files_drafts(world: World):
    await world.says("lina", "川味轩 雪碧3箱")

    told = await sent(world, workbook(["客户", "品名", "数量"], ["福满楼", "纯生", 2]))
    first = await world.presses("lina", told, "确认 福满楼酒店")

    assert "福满楼酒店" in first.text
    assert "川味轩火锅" in first.text


async def test_the_same_message_again_is_one_effect(world: World):
    first, _ = await world.sends("lina", "订单.xlsx", ORDER, key="once")
    told = len(world.pushed)

    second, more = await world.sends("lina", "订单.xlsx", ORDER, key="once")

    assert (second, more) == (first, None)
    assert len(world.pushed) == told


async def test_the_same_table_again_is_asked_about(world: World):
    rows = (["客户", "品名", "数量"], ["福满楼", "纯生", 2])
    await sent(world, workbook(*rows))
    await world.passes(minutes=10)

    told = await sent(world, workbook(*rows), "福满楼订单.xlsx")

    assert "和您10分钟前传的是同一张表（那次叫「订单.xlsx」），那次出了 1 张草稿。再下一次吗？" in told.text
    assert "不再下了" in (await world.presses("lina", told, "不用了")).text
    again = await sent(world, workbook(*rows), "订单.xlsx")
    await world.presses("lina", again, "再下一次")
    assert "福满楼酒店" in world.told("user:lina")[-1]


async def test_a_yes_in_words_counts_for_a_table_that_is_asked_about_and_only_once(world: World):
    await sent(world, ORDER)
    told = await sent(world, ORDER)

    await world.says("lina", "确认")
    before = len(world.told("user:lina"))
    twice = await world.presses("lina", told, "再下一次")

    assert "读完了" in world.told("user:lina")[-1]
    assert len(world.told("user:lina")) == before
    assert "不在了" in twice.text


async def test_what_is_typed_after_the_question_is_what_a_yes_means(world: World):
    await sent(world, workbook(["客户", "品名", "数量"], ["福满楼", "纯生", 2]))
    await sent(world, workbook(["客户", "品名", "数量"], ["福满楼", "纯生", 2]))

    await world.says("lina", "川味轩 雪碧3箱")
    written = await world.says("lina", "确认")

    assert "川味轩火锅" in written.text


async def test_another_person_or_another_day_may_send_the_same_table(world: World):
    rows = (["客户", "品名", "数量"], ["福满楼", "纯生", 2])
    await sent(world, workbook(*rows))

    assert "读完了" in (await sent(world, workbook(*rows), person="zhaolei")).text
    await world.passes(hours=13)
    assert "读完了" in (await sent(world, workbook(*rows))).text


async def test_what_a_word_means_is_learned_in_talk_and_known_in_files(world: World):
    for goods in ("雪碧1箱", "凉茶1箱"):
        asked = await world.says("lina", f"福满楼 可乐3箱 {goods}")
        draft = await world.presses("lina", asked, asked.buttons[1].label)
        await world.presses("lina", draft, draft.buttons[0].label)

    told = await sent(world, workbook(["客户", "品名", "数量"], ["福满楼", "可乐", 5]))

    assert "取了 1 行，要问 0 行" in told.text
    assert "※" in told.text
    assert "可乐500ml瓶装 5箱" in told.text


async def test_in_a_group_the_answer_comes_to_the_sender_alone(world: World):
    at_once, told = await world.sends("lina", "订单.xlsx", ORDER, place="sales")

    assert "读好我私聊发给您" in at_once.text
    assert told is not None
    assert not any("订单.xlsx" in text for text in world.told("group:sales"))


async def test_alone_it_comes_where_the_file_was_sent(world: World):
    key, file = MessageKey("feishu", "cli_1", "om_1"), Attachment("订单.xlsx", ORDER)
    sent = Message(key, "lina", "", world.now, kind="file", chat="ou_lina", attachment=file)

    await world.program.desk.answer(sent)
    await world.passes(minutes=1)

    (told,) = world.told("chat:feishu:ou_lina")
    assert "订单.xlsx" in told
    assert not any("订单.xlsx" in text for text in world.told("user:lina"))


async def test_who_may_not_order_is_told_so_at_once(world: World):
    at_once, told = await world.sends("madong", "订单.xlsx", ORDER)

    assert "没有下单的权限" in at_once.text
    assert told is None


async def test_a_stranger_sends_nothing(world: World):
    at_once, told = await world.sends("nobody", "订单.xlsx", ORDER)

    assert "还不认识您" in at_once.text
    assert told is None


@pytest.mark.parametrize(
    ("data", "words"),
    [(None, "超过 2 MB"), (b"x" * (LARGEST + 1), "超过 2 MB"), (b"", "是空的")],
)
async def test_what_cannot_be_kept_is_refused_at_once(world: World, data: bytes | None, words: str):
    at_once, told = await world.sends("lina", "../../订单.xlsx", data)

    assert at_once.text.startswith("「订单.xlsx」")
    assert words in at_once.text
    assert told is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "这不是表格"),
        (b"PK\x03\x04broken", "文件坏了"),
        (b"<html><table>", "另存为 .xlsx"),
        (workbook(["价目表"], ["雪碧", 44]), "没有可下的单"),
        (
            workbook(["客户", "品名", "数量"], *(["福满楼", "雪碧", 1] for _ in range(1001))),
            "1001 行要下单，一次最多 1000 行",
        ),
    ],
)
async def test_what_is_no_order_is_answered_and_on_the_process_owners_list(
    world: World, data: bytes, words: str
):
    told = await sent(world, data)

    assert words in told.text
    async with world.program.units() as uow:
        (todo,) = await uow.todos(10)
    assert (todo.kind, todo.text) == ("unread", "订单.xlsx")


async def test_what_cells_say_mentions_nobody_and_draws_nothing(world: World):
    told = await sent(
        world,
        workbook(
            ["客户", "品名", "数量"],
            ["<@all>", "@all **雪碧** [x](http://evil)", 3],
            ["@all", "雪碧", 3],
            ["福满楼", "`确认`", 3],
        ),
        "@all <b>.xlsx",
    )

    assert not any(mark in told.text for mark in ("@all", "<", "](", "`"))
    assert told.text.count("**") == 2


async def test_too_many_files_at_once_are_refused(world: World):
    from handlers.files.taking import MOST_WAITING

    for number in range(MOST_WAITING):
        await world.leaves_lying("lina", f"{number}.xlsx", ORDER)

    at_once, _ = await world.sends("lina", "more.xlsx", ORDER)

    assert f"前面还有 {MOST_WAITING} 个文件没读完" in at_once.text


async def test_the_older_kind_of_workbook_says_what_it_does_not(world: World):
    old = (Path(__file__).parents[2] / "data" / "files" / "orders.xls").read_bytes()

    told = await sent(world, old, "订单.xls")

    assert "取了 2 行，要问 0 行，没收 1 行" in told.text
    assert "「隐藏」是隐藏的工作表，没读（1行）" in told.text
    assert ".xls 看不出哪些行、列是隐藏的" in told.text
