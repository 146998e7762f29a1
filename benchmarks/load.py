"""Messages as WeCom sends them, so many at once, and how long each took."""

import asyncio
import itertools
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import aiohttp

from tests.fakes import crowd
from tests.fakes.wecom_platform import Platform

AT_ONCE = 8
PEOPLE = len(crowd.SURNAMES)
GOODS = (
    "可乐330ml罐装",
    "可乐500ml瓶装",
    "可乐2L大瓶",
    "冰红茶500ml",
    "绿茶500ml",
    "矿泉水550ml",
    "凉茶310ml罐装",
    "纯牛奶250ml",
)
NUMBER = re.compile(r"#(\d+)")


@dataclass
class Times:
    """How long each message took, in seconds; `span` is how long all of them took together."""

    each: list[float] = field(default_factory=list)
    span: float = 0.0

    @property
    def rate(self) -> float:
        """Messages a second."""
        return len(self.each) / self.span

    def percentile(self, part: float) -> float:
        """The time within which this part of them was answered, in milliseconds."""
        ordered = sorted(self.each)
        return 1000 * ordered[min(len(ordered) - 1, int(part * len(ordered)))]

    def figures(self) -> dict[str, float]:
        """For the report."""
        return {
            "messages": len(self.each),
            "rate": round(self.rate, 1),
            "p50_ms": round(self.percentile(0.50), 2),
            "p99_ms": round(self.percentile(0.99), 2),
        }


class Line:
    """One line to a running server."""

    def __init__(self, platform: Platform, url: str, session: aiohttp.ClientSession) -> None:
        self._platform = platform
        self._url = f"{url}/wecom/callback"
        self._session = session

    async def ask(self, user: str, words: str) -> str:
        """Say it; the answer."""
        callback = self._platform.text(user, words)
        async with self._session.post(self._url, params=callback.query, data=callback.body) as answer:
            body = await answer.read()
            assert answer.status == 200, answer.status
        return self._platform.read(callback, body).text

    async def timed(
        self, times: Times, asked: Iterable[tuple[str, str]], at_once: int = AT_ONCE
    ) -> list[str]:
        """Say all of it, so many at once; the answers in the order of the questions."""
        waiting = list(enumerate(asked))
        waiting.reverse()
        answers = [""] * len(waiting)

        async def worker() -> None:
            while waiting:
                place, (user, words) = waiting.pop()
                began = time.perf_counter()
                answers[place] = await self.ask(user, words)
                times.each.append(time.perf_counter() - began)

        began = time.perf_counter()
        await asyncio.gather(*(worker() for _ in range(at_once)))
        times.span += time.perf_counter() - began
        return answers


def new_times() -> dict[str, Times]:
    """Nothing said yet, by kind of message."""
    return {"create": Times(), "confirm": Times(), "approve": Times()}


async def orders(line: Line, seconds: float, times: dict[str, Times], first: int) -> None:
    """Enter, confirm and approve orders, a round of everybody's after the other, numbered from `first`."""
    began, rounds = time.perf_counter(), itertools.count(first)
    while time.perf_counter() < began + seconds:
        await one_round(line, times, next(rounds))


async def one_round(line: Line, times: dict[str, Times], number: int) -> Sequence[int]:
    """Everybody enters one order; says their numbers."""
    people = range(PEOPLE)
    await line.timed(times["create"], [(crowd.seller(one), words(one, number)) for one in people])
    entered = await line.timed(times["confirm"], [(crowd.seller(one), "确认") for one in people])
    numbers = [_number(answer) for answer in entered]
    approved = await line.timed(
        times["approve"], [(crowd.reviewer(one), f"通过 {numbers[one]}") for one in people]
    )
    failed = [answer for answer in approved if "审核通过" not in answer]
    assert not failed, failed[0]
    return numbers


def words(one: int, number: int) -> str:
    """An order of three lines, of which a reviewer must approve."""
    goods = [GOODS[(one + number + step) % len(GOODS)] for step in range(3)]
    boxes = [15 + (one + number * 7 + step) % 20 for step in range(3)]
    said = " ".join(f"{name}{count}箱" for name, count in zip(goods, boxes, strict=True))
    return f"{crowd.customer(one)} {said} 明天上午送"


def _number(answer: str) -> int:
    found = NUMBER.search(answer)
    assert found, answer
    return int(found[1])
