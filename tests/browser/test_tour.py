"""The README's tour by clicks, in the demo as a newcomer starts it: one order from a typed line to paid and done."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.demo_program import running_demo

pytestmark = pytest.mark.browser
LINE = "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[str]:
    """The demo, new."""
    with running_demo(tmp_path) as url:
        yield url


def become(visit: Visit, user_id: str) -> None:
    """Take somebody else's place."""
    page = visit.page
    if visit.narrow:
        page.locator("#who-talk:visible, #who:visible").first.click()
    page.click(f"[data-person={user_id}]")
    expect(page.locator(f"[data-person={user_id}]")).to_have_attribute("aria-current", "true")


def read(visit: Visit, place: str) -> None:
    """Open a conversation that has something new."""
    row = visit.page.locator(f'[data-place="{place}"]')
    expect(row.locator(".badge")).to_be_visible()
    row.click()


def press(page: Page, label: str) -> None:
    """Press the newest button of this name, and see it answered."""
    said = page.locator("#log [data-kind=said]").count()
    told = page.locator("#log [data-kind=reply]").count()
    page.locator(".offers button", has_text=re.compile(f"^{label}$")).last.click()
    expect(page.locator("#log [data-kind=said]")).to_have_count(said + 1)
    expect(page.locator("#log [data-kind=reply]")).to_have_count(told + 1)


def newest(page: Page) -> str:
    """What the bot answered last."""
    return page.locator("#log [data-kind=reply] .words").last.inner_text()


def test_an_order_goes_from_a_typed_line_to_paid_and_done(demo: str, visit: Visit):
    page = visit.page
    page.goto(demo)
    expect(page.get_by_role("button", name=LINE)).to_be_visible()
    visit.picture("0-start")
    page.fill("#text", LINE)
    page.click("#send")
    expect(page.locator("#log .card").last).to_contain_text("确认")
    expect(page.locator("#log .card").last).to_contain_text("1,320.00")
    visit.picture("1-asked")
    press(page, "确认")
    number = re.search(r"SO\d{6}-0*(\d+)", newest(page))
    assert number, newest(page)
    visit.picture("2-ordered")

    for step, (person, group, verb) in enumerate(
        [
            ("heting", "review", "通过"),
            ("madong", "warehouse", "发货"),
            ("wangmin", "service", "签收"),
            ("qianfang", "finance", "收款"),
        ],
        3,
    ):
        become(visit, person)
        read(visit, f"group:{group}")
        expect(page.locator("#log .card").last).to_contain_text(f"#{number[1]}")
        press(page, f"{verb} #{number[1]}")
        visit.picture(f"{step}-{person}")

    become(visit, "lina")
    read(visit, "user:lina") if visit.narrow else page.click('[data-place="user:lina"]')
    page.fill("#text", f"查单 {number[1]}")
    page.keyboard.press("Enter")
    expect(page.locator("#log [data-kind=reply] .words").last).to_contain_text("已完成")
    visit.picture("7-done")
