"""`gendan demo` as it is started: an order's whole way over the JSON surface and through the terminal."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from tests.demo_program import ROOT, running_demo

LINE = "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"
DELIVERED_S = 10


class Demo:
    """Talks to a running demo as a script would."""

    def __init__(self, url: str) -> None:
        self.url = url

    def call(self, path: str, **body: object) -> Any:
        data = json.dumps(body).encode() if body else None
        request = Request(f"{self.url}{path}", data, {"Content-Type": "application/json"})
        with urlopen(request, timeout=30) as response:
            return json.load(response)

    def say(self, person: str, text: str, group: str | None = None, **more: str) -> Any:
        return self.call("/console/say", **{"as": person, "in": group, "text": text, **more})

    def press(self, person: str, label: str, answer: Any, group: str | None = None) -> Any:
        """Press the button of this label."""
        found = [button["say"] for button in answer["buttons"] if button["label"].startswith(label)]
        assert found, (label, answer)
        return self.say(person, found[0], group)

    def pushed(self, to: str, words: str, after: int = 0) -> Any:
        """The first push to somebody with these words in it, once it is delivered."""
        end = time.monotonic() + DELIVERED_S
        while time.monotonic() < end:
            for item in self.call(f"/console/feed?after={after}")["items"]:
                if item["to"] == to and words in item["text"]:
                    return item
            time.sleep(0.05)
        raise AssertionError(f"nobody told {to}: {words}")

    def ordered(self) -> str:
        """Order something; gives the number."""
        number = self.press("lina", "确认", self.say("lina", LINE)["reply"])["order"]
        assert isinstance(number, str)
        return number


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One demo for all of them."""
    with running_demo(tmp_path_factory.mktemp("demo")) as url:
        yield Demo(url)


def test_an_order_goes_from_a_line_to_paid_and_done_and_every_group_is_told(demo: Demo):
    asked = demo.say("lina", LINE)["reply"]
    assert "1,320.00" in asked["text"]
    number = demo.press("lina", "确认", asked)["order"]

    for person, group, verb in [
        ("heting", "review", "通过"),
        ("madong", "warehouse", "发货"),
        ("wangmin", "service", "签收"),
        ("qianfang", "finance", "收款"),
    ]:
        notice = demo.pushed(f"group:{group}", f"#{number} ")
        assert notice["mentions"], notice
        assert demo.press(person, verb, notice, group)["order"] == number

    assert "已完成" in demo.say("lina", f"查单 {number}")["reply"]["text"]


def test_a_redelivery_gets_the_first_answer_and_orders_nothing_again(demo: Demo):
    asked = demo.say("wangqiang", "永旺达 雪碧10箱 明天上午送", key="again-1")
    assert demo.say("wangqiang", "永旺达 雪碧10箱 明天上午送", key="again-1") == asked
    sure = next(button["say"] for button in asked["reply"]["buttons"] if button["label"] == "确认")

    with ThreadPoolExecutor(4) as at_once:
        answers = list(at_once.map(lambda _: demo.say("wangqiang", sure, key="again-2"), range(4)))

    assert len({json.dumps(answer, sort_keys=True) for answer in answers}) == 1
    last = demo.say("zhaolei", "顺达 雪碧10箱 明天上午送")
    following = demo.press("zhaolei", "确认", last["reply"])["order"]
    assert int(following) == int(answers[0]["order"]) + 1


def test_a_stranger_is_told_so_and_nothing_else(demo: Demo):
    answer = demo.say("nobody", LINE)

    assert answer["reply"]["text"]
    assert "确认" not in answer["reply"]["text"]
    assert (answer["reply"]["buttons"], answer["order"]) == ([], None)


def test_chatter_in_a_group_gets_no_answer(demo: Demo):
    assert demo.say("lina", "中午吃什么", "sales") == {"reply": None, "order": None}


def test_time_that_is_moved_on_brings_what_falls_due(demo: Demo):
    number = demo.ordered()
    demo.pushed("group:review", f"#{number} ")
    before = demo.call("/console/feed?after=0")["items"][-1]["seq"]

    now = demo.call("/console/clock", advance_s=2 * 3600)["now"]

    late = [
        item for item in demo.call(f"/console/feed?after={before}")["items"] if f"#{number} " in item["text"]
    ]
    assert late, "nobody was reminded"
    assert all(item["at"] <= now for item in late)


def test_the_terminal_talks_to_it(demo: Demo):
    command = [sys.executable, "-m", "bot", "chat", "--as", "lina", "--url", demo.url]

    done = subprocess.run(
        command, check=False, input=f"{LINE}\n确认\n", text=True, capture_output=True, cwd=ROOT, timeout=60
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"SO\d{6}-\d{4,}", done.stdout)
    assert "**" not in done.stdout


def test_what_happened_is_there_after_a_restart(tmp_path: Path):
    with running_demo(tmp_path) as url:
        number = Demo(url).ordered()
        Demo(url).pushed("group:review", f"#{number} ")
    with running_demo(tmp_path) as url:
        assert "待审核" in Demo(url).say("lina", f"查单 {number}")["reply"]["text"]
        assert Demo(url).pushed("group:review", f"#{number} ")
