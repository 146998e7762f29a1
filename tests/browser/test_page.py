"""The page by itself: what it shows, what it keeps, what it never does."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from domain.charts import RANKED, TILES, Chart, Series
from handlers.message import Button, Reply
from tests.browser.conftest import ConsoleThread, Visit

pytestmark = pytest.mark.browser
EXAMPLE = "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"


def type_line(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.click("#send")


def said(page: Page) -> Locator:
    return page.locator("#log [data-kind=said] .bubble")


def told(page: Page) -> Locator:
    return page.locator("#log .card")


def test_a_newcomer_sees_what_to_type(scripted: ConsoleThread, visit: Visit):
    visit.page.goto(scripted.url)

    expect(visit.page.locator(".start")).to_contain_text("李娜，你好")
    visit.picture("welcome")
    visit.page.click(f"text={EXAMPLE}")
    expect(visit.page.locator("#text")).to_have_value(EXAMPLE)
    visit.page.click("#send")

    expect(said(visit.page)).to_have_text(EXAMPLE)
    expect(told(visit.page)).to_contain_text(f"听到了:{EXAMPLE}")
    expect(visit.page.locator("#text")).to_have_value("")


def test_enter_sends_and_shift_enter_breaks_the_line(scripted: ConsoleThread, visit: Visit):
    page = visit.page
    page.goto(scripted.url)
    page.click("#text")
    page.keyboard.type("可乐20箱")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("雪碧10箱")
    page.keyboard.press("Enter")

    expect(told(page)).to_be_visible()
    assert [message.text for message in scripted.world.bot.heard] == ["可乐20箱\n雪碧10箱"]


def test_an_enter_of_the_input_method_does_not_send(scripted: ConsoleThread, visit: Visit):
    page = visit.page
    page.goto(scripted.url)
    page.fill("#text", "renminlu")
    press = "([text, how]) => text.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, ...how}))"
    for how in ({"isComposing": True}, {"keyCode": 229}):
        page.evaluate(press, [page.query_selector("#text"), how])

    expect(page.locator("#text")).to_have_value("renminlu")
    expect(said(page)).to_have_count(0)


def test_what_people_type_is_never_markup(scripted: ConsoleThread, visit: Visit):
    evil = "<img src=x onerror=alert(1)><b>粗</b> **星** [链](javascript:alert(1))"
    page = visit.page
    page.goto(scripted.url)
    type_line(page, evil)

    expect(said(page)).to_have_text(evil)
    expect(told(page).locator("strong")).to_have_text("星")
    expect(told(page)).to_contain_text("<img src=x onerror=alert(1)><b>粗</b>")
    expect(page.locator("#log img, #log b, #log a")).to_have_count(0)


def test_the_bots_markdown_is_drawn(scripted: ConsoleThread, visit: Visit):
    text = (
        "### 请确认\n**客户** 华联\n第二行\n- 可乐 20箱\n- 雪碧 10箱\n1. 一\n2. 二\n> 原话\n"
        "| 品名 | 数量 |\n|---|---|\n| 可乐 | 20 |\n✓ 价格\n⚠ 库存"
    )
    scripted.world.bot.answer = lambda _: Reply(text)
    page = visit.page
    page.goto(scripted.url)
    type_line(page, "看")

    card = told(page)
    expect(card.locator("h4")).to_have_text("请确认")
    expect(card.locator("ul li")).to_have_text(["可乐 20箱", "雪碧 10箱"])
    expect(card.locator("ol li")).to_have_text(["一", "二"])
    expect(card.locator("blockquote")).to_have_text("原话")
    expect(card.locator("th")).to_have_text(["品名", "数量"])
    expect(card.locator("td")).to_have_text(["可乐", "20"])
    expect(card.locator(".good")).to_have_text("✓ 价格")
    expect(card.locator(".warn")).to_have_text("⚠ 库存")
    expect(card).not_to_contain_text("**")


def test_a_button_says_its_words_once_while_it_waits(scripted: ConsoleThread, visit: Visit):
    page = visit.page
    scripted.world.bot.answer = lambda heard: Reply(
        heard.text, (Button("确认下单", "确认"), Button("不要了", "取消"))
    )
    page.goto(scripted.url)
    type_line(page, "可乐")
    held: list[Route] = []
    page.route("**/console/say", lambda route: held.insert(0, route))
    button = page.get_by_role("button", name="确认下单").first
    button.click()

    expect(button).to_be_disabled()
    expect(page.get_by_role("button", name="不要了").first).to_be_disabled()
    held[0].continue_()
    expect(told(page)).to_have_count(2)
    expect(page.get_by_role("button", name="确认下单").first).to_be_enabled()
    assert [message.text for message in scripted.world.bot.heard] == ["可乐", "确认"]


def test_a_message_that_did_not_go_out_stays_and_is_sent_again_with_its_key(
    scripted: ConsoleThread, visit: Visit
):
    page = visit.page
    page.goto(scripted.url)
    expect(page.locator(".start")).to_be_visible()
    bodies: list[str | None] = []

    def lose_the_answer(route: Route) -> None:
        bodies.append(route.request.post_data)
        route.fetch()
        route.abort()

    page.route("**/console/say", lose_the_answer)
    type_line(page, "17发了")
    expect(page.locator(".fate.failed")).to_contain_text("没有发出去")
    page.unroute("**/console/say")
    page.reload()
    page.get_by_role("button", name="重发").click()

    expect(told(page)).to_contain_text("听到了:17发了")
    expect(page.locator(".fate")).to_have_count(0)
    first, second = scripted.world.bot.heard
    assert first.key == second.key
    assert [re.sub(r"\s", "", fault) for fault in visit.faults if "ERR_FAILED" not in fault] == []
    visit.faults.clear()


def test_what_the_server_refuses_can_be_changed(scripted: ConsoleThread, visit: Visit):
    page = visit.page
    page.goto(scripted.url)
    page.route("**/console/say", lambda route: route.fulfill(status=400, json={"error": "太长了。"}))
    type_line(page, "很长的话")
    expect(page.locator(".fate.failed")).to_contain_text("太长了。")
    page.get_by_role("button", name="改一改").click()

    expect(page.locator("#text")).to_have_value("很长的话")
    expect(said(page)).to_have_count(0)
    visit.faults.clear()


def test_a_push_arrives_live_where_it_belongs(scripted: ConsoleThread, visit: Visit):
    page = visit.page
    scripted.push("group:review", "早上的旧消息")
    page.goto(f"{scripted.url}#/heting")
    expect(page.locator('[data-place="group:review"]')).to_contain_text("早上的旧消息")
    expect(page.locator(".places .badge")).to_have_count(0)

    scripted.push("group:review", "**SO261123-0017** 待审核", "heting")

    row = page.locator('[data-place="group:review"]')
    expect(row.locator(".badge")).to_have_text("1")
    expect(row).to_contain_text("[有人@我]")
    row.click()
    expect(told(page).last.locator(".mention.me")).to_have_text("@何婷")
    expect(page.locator(".places .badge")).to_have_count(0)
    scripted.push("group:review", "再来一条")
    expect(told(page).last).to_contain_text("再来一条")


def test_everybody_keeps_their_own_conversation(scripted: ConsoleThread, visit: Visit):
    page = visit.page
    page.goto(f"{scripted.url}#/lina/user:lina")
    type_line(page, "我是李娜")
    expect(told(page)).to_have_count(1)
    page.goto(f"{scripted.url}#/madong/user:madong")
    expect(page.locator(".start")).to_contain_text("马东，你好")
    scripted.push("user:lina", "给李娜的通知")
    page.goto(f"{scripted.url}#/lina/user:lina")
    page.reload()

    expect(page.locator("#log .entry")).to_have_count(3)
    expect(said(page)).to_have_text("我是李娜")
    expect(told(page).last).to_contain_text("给李娜的通知")


def test_a_group_shows_what_its_members_said(scripted: ConsoleThread, visit: Visit):
    scripted.world.bot.answer = lambda _: Reply("")
    page = visit.page
    page.goto(f"{scripted.url}#/lina/group:sales")
    type_line(page, "谁去一趟人民路")
    expect(said(page)).to_have_count(1)
    expect(page.locator(".fate")).to_have_count(0)
    page.goto(f"{scripted.url}#/wangqiang/group:sales")

    expect(page.locator("#log .theirs .name")).to_have_text("李娜")
    expect(said(page)).to_have_text("谁去一趟人民路")
    expect(told(page)).to_have_count(0)


def test_the_clock_moves_on_and_shows_the_companys_time(scripted: ConsoleThread, visit: Visit):
    page = visit.page
    page.goto(scripted.url)
    expect(page.locator("#now")).to_have_text("11月23日 周一 10:00")
    page.click("text=＋1小时")
    expect(page.locator("#now")).to_have_text("11月23日 周一 11:00")
    page.click("text=＋30分钟")
    expect(page.locator("#now")).to_have_text("11月23日 周一 11:30")
    page.click("text=到明早")
    expect(page.locator("#now")).to_have_text("11月24日 周二 08:30")


def test_nothing_is_wider_than_the_screen(scripted: ConsoleThread, visit: Visit):
    page = visit.page
    scripted.world.bot.answer = lambda _: Reply("长" * 300 + "x" * 400 + "\n| " + "很长的表格 | " * 20)
    page.goto(scripted.url)
    type_line(page, "w" * 500)
    expect(told(page)).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(
        "document.querySelector('#log').scrollWidth <= document.querySelector('#log').clientWidth"
    )


def test_a_draft_stays_where_it_was_typed(scripted: ConsoleThread, visit: Visit):
    page = visit.page
    page.goto(f"{scripted.url}#/lina/user:lina")
    page.fill("#text", "还没说完")
    page.goto(f"{scripted.url}#/lina/group:sales")
    expect(page.locator("#text")).to_have_value("")
    page.goto(f"{scripted.url}#/lina/user:lina")

    expect(page.locator("#text")).to_have_value("还没说完")


def test_the_stream_is_taken_up_again_after_a_break(scripted: ConsoleThread, visit: Visit):
    page = visit.page
    page.goto(f"{scripted.url}#/lina/user:lina")
    expect(page.locator(".start")).to_be_visible()
    scripted.hang_up()
    expect(page.locator("#line")).to_be_visible()
    scripted.push("user:lina", "断线时的通知")

    expect(told(page)).to_contain_text("断线时的通知")
    expect(page.locator("#line")).to_be_hidden()


def test_charts_are_seen_as_a_picture_in_replies_and_pushes(scripted: ConsoleThread, visit: Visit):
    head = Chart("日报", TILES, (), (Series("新单", (Decimal(47),), "张"),), note="11-27 周五")
    late = Chart(
        "各环节超时", RANKED, ("待审核", "待发货"), (Series("超时", (Decimal(1), Decimal(3))),), "张"
    )
    scripted.world.bot.answer = lambda _: Reply("**日报**", charts=(head, late))
    page = visit.page
    page.goto(f"{scripted.url}#/chenjianguo/group:managers")
    type_line(page, "日报")
    scripted.push("group:managers", "**日报** 到点了", charts=(head, late))

    pictures = page.get_by_role("img", name="日报 11-27 周五（图：各环节超时）")
    expect(pictures).to_have_count(2)
    for one in pictures.all():
        expect(one).to_have_js_property("naturalWidth", 1080)
    visit.picture("report")
    assert page.evaluate(
        "document.querySelector('#log').scrollWidth <= document.querySelector('#log').clientWidth"
    )


def test_the_sheet_of_people_is_left_with_escape_and_gives_the_focus_back(
    scripted: ConsoleThread, visit: Visit
):
    page = visit.page
    page.set_viewport_size(
        {"width": 800, "height": 700} if visit.size == "desktop" else {"width": 390, "height": 844}
    )
    page.goto(f"{scripted.url}#/lina")
    page.click("#who")
    expect(page.locator("[data-person=lina]")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.locator("#people")).to_be_hidden()
    expect(page.locator("#who")).to_be_focused()


def test_everything_can_be_done_with_the_keyboard(scripted: ConsoleThread, visit: Visit):
    scripted.world.bot.answer = lambda heard: Reply(heard.text, (Button("确认下单", "确认 a1"),))
    page = visit.page
    page.goto(scripted.url)
    page.focus("#text")
    page.keyboard.type("可乐")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="确认下单").focus()
    page.keyboard.press("Enter")

    expect(said(page).last).to_have_text("确认下单")
    expect(page.locator("#text")).to_be_focused()
    assert [message.text for message in scripted.world.bot.heard] == ["可乐", "确认 a1"]


def test_a_newer_card_of_an_order_folds_the_earlier_one_to_a_line(scripted: ConsoleThread, visit: Visit):
    visit.page.goto(f"{scripted.url}#/heting/group:review")
    scripted.push("group:review", "**待审核 #17 人民路华联**\n可乐20箱", order=17)
    scripted.push("group:review", "**待审核 #18 福满楼**", order=18)
    expect(told(visit.page)).to_have_count(2)
    scripted.push("group:review", "**超时提醒 #17 人民路华联**", order=17)

    folded = visit.page.locator("#log .folded")
    expect(folded).to_have_text("待审核 #17 人民路华联（后面有更新）")
    expect(told(visit.page)).to_have_count(2)
    expect(visit.page.locator("#log .offers")).to_have_count(2)
    visit.picture("folded")
