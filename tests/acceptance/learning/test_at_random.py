"""Whoever says what for whom in whatever order: nobody goes unasked who was not asked twice, and nothing crosses over."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, AsyncExitStack, ExitStack
from itertools import count
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from handlers.message import Reply
from tests.acceptance.learning.people import BOTTLE, CAN
from tests.world import World, a_world

ANSWERS = {"罐装可乐": CAN, "瓶装可乐": BOTTLE}
CUSTOMERS = {"人民路华联": "客户 华联超市(人民路店)", "解放路华联": "客户 华联超市(解放路店)"}


class Talking(RuleBasedStateMachine):
    """Two people sell to two customers. The model is what was answered for each since it was last taken back."""

    databases: Callable[[], AbstractContextManager[str]]

    def __init__(self) -> None:
        super().__init__()
        self._loop, self._open, self._program = asyncio.new_event_loop(), ExitStack(), AsyncExitStack()
        self._url = self._open.enter_context(type(self).databases())
        self._keys, self._answers = count(), dict[tuple[str, str], list[str]]()
        self._world, self._fresh = self._begin(), 0

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self._loop.run_until_complete(work)

    def _begin(self) -> World:
        world: World = self._do(self._program.enter_async_context(a_world(self._url)))
        return world

    def _say(self, who: str, text: str) -> Reply:
        reply: Reply = self._do(self._world.says(who, text, key=f"random-{next(self._keys)}"))
        return reply

    @rule(
        who=st.sampled_from(("lina", "zhaolei")),
        customer=st.sampled_from(sorted(CUSTOMERS)),
        word=st.sampled_from(("可乐", "肥宅水")),
        answer=st.sampled_from(sorted(ANSWERS)),
    )
    def order(self, who: str, customer: str, word: str, answer: str) -> None:
        """Say a line; answer where it is asked about; look what the draft takes for granted."""
        self._fresh += 1
        reply = self._say(who, f"{customer} {word}5箱")
        said = self._answers.setdefault((customer, word), [])
        if _learned(said):
            assert f"- {ANSWERS[said[-1]]} 5箱" in reply.text
            assert f"“{word}” 按" in reply.text
        else:
            assert "请核对" not in reply.text
            assert f"- {ANSWERS[answer]} 5箱" in self._say(who, answer).text
            said.append(answer)
        self._say(who, "算了")

    @precondition(lambda self: any(_learned(said) for said in self._answers.values()))
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        """The process owner takes one of the list back."""
        shown = self._say("linxiaomei", "别名")
        learned = sorted(term for term, said in self._answers.items() if _learned(said))
        assert f"学会的别名 {len(learned)} 个" in shown.text
        customer, word = data.draw(st.sampled_from(learned))
        row = next(
            row for row in shown.text.splitlines() if f"“{word}”" in row and CUSTOMERS[customer] in row
        )
        assert "已撤回" in self._say("linxiaomei", f"撤回别名 {row.split('.')[0]}").text
        self._answers[customer, word] = []

    @precondition(lambda self: self._fresh > 3)
    @rule()
    def restart(self) -> None:
        """Another process goes on."""
        self._fresh = 0
        self._do(self._program.aclose())
        self._world = self._begin()

    def teardown(self) -> None:
        """The end of it."""
        self._do(self._program.aclose())
        self._open.close()
        self._loop.close()


def _learned(said: list[str]) -> bool:
    return len(said) > 1 and said[-1] == said[-2]


def test_nobody_goes_unasked_who_was_not_asked_twice(a_database: Callable[[], AbstractContextManager[str]]):
    class Here(Talking):
        databases = staticmethod(a_database)

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=5, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
