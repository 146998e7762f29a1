"""Where replies come as cards, an order can be placed and approved without typing more than the order."""

from pathlib import Path

from tests.acceptance.wecom.conftest import an_office

LINE = "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"


async def test_an_order_is_placed_by_a_button(tmp_path: Path) -> None:
    async with an_office(tmp_path, GENDAN_WECOM__REPLY_CARDS="true") as office:
        assert await office.say("lina", LINE) == ""
        await office.person_hears("lina", "华联超市(人民路店)", "回复「确认」")
        draft = await office.card_for("lina", "确认")

        first = await office.wecom.press(draft, "确认")
        await office.person_hears("lina", "已建单 #1")
        again = await office.wecom.press(draft, "确认")

        assert first.passive.kind == again.passive.kind == "update_button"
        await office.person_hears("lina", "没有重复下单")
        assert office.stored("orders") == 1
        await office.group_hears("review", "#1")


async def test_what_offers_nothing_is_still_answered_at_once(tmp_path: Path) -> None:
    async with an_office(tmp_path, GENDAN_WECOM__REPLY_CARDS="true") as office:
        assert await office.say("nobody-we-know", LINE)
