"""A table sent from the page, in the demo as it is started: chosen, dropped, refused, read, confirmed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ConsoleThread, Visit
from tests.demo_program import running_demo
from tests.tables import workbook

pytestmark = pytest.mark.browser

TABLE = workbook(
    ["客户", "品名", "规格", "数量", "单位", "备注"],
    ["人民路华联", "罐装可乐", "330ml*24", 20, "箱", "要新日期"],
    ["人民路华联", "雪碧", "", 10, "箱", ""],
    ["人民路华联", "榴莲汁", "", 5, "箱", ""],
    ["福满楼", "纯生", "", "2箱3瓶", "", ""],
    ["福满楼", "可乐", "", 6, "箱", ""],
    ["合计", "", "", 41, "", ""],
)
DROP = """([target, name, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], name));
  for (const kind of ["dragover", "drop"])
    target.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[str]:
    """The demo, new."""
    with running_demo(tmp_path) as url:
        yield url


def choose(page: Page, name: str, data: bytes) -> None:
    """Choose a file as people do, with the paper clip."""
    with page.expect_file_chooser() as chooser:
        page.click("#attach")
    chooser.value.set_files({"name": name, "mimeType": "", "buffer": data})


def test_a_table_is_chosen_read_asked_about_and_ordered(demo: str, visit: Visit):
    page = visit.page
    page.goto(demo)
    expect(page.locator("#attach")).to_be_enabled()
    choose(page, "华联和福满楼.xlsx", TABLE)

    expect(page.locator(".paper")).to_contain_text("华联和福满楼.xlsx")
    expect(page.locator("#log [data-kind=reply]")).to_contain_text("正在读")
    visit.picture("file-sent")
    read = page.locator("#log [data-kind=push]", has_text="华联和福满楼.xlsx")
    expect(read).to_contain_text("共 5 行：取了 3 行，要问 1 行，没收 1 行")
    expect(read).to_contain_text("第4行 没收：找不到“榴莲汁”")
    visit.picture("file-read")
    page.locator(".offers button", has_text="全部确认").last.click()
    expect(page.locator("#log [data-kind=reply]").last).to_contain_text("已建单")
    visit.picture("file-ordered")


def test_a_table_is_dropped_onto_the_conversation(scripted: ConsoleThread, visit: Visit):
    page = visit.page
    page.goto(scripted.url)
    expect(page.locator("#attach")).to_be_enabled()
    page.evaluate(DROP, [page.query_selector("#log"), "订单 <b>.csv", list(b"a,b")])

    expect(page.locator(".paper b")).to_have_text("订单 <b>.csv")
    (message,) = scripted.world.bot.heard
    assert message.attachment is not None
    assert (message.kind, message.attachment.name, message.attachment.data) == (
        "file",
        "订单 <b>.csv",
        b"a,b",
    )


def test_a_file_that_is_too_large_is_not_sent(scripted: ConsoleThread, visit: Visit):
    page = visit.page
    page.goto(scripted.url)
    expect(page.locator("#attach")).to_be_enabled()
    choose(page, "大.xlsx", b"x" * (2 * 1024 * 1024 + 1))

    expect(page.locator(".fate")).to_contain_text("超过 2 MB")
    assert scripted.world.bot.heard == []
    page.click("text=去掉")
    expect(page.locator(".paper")).to_have_count(0)
