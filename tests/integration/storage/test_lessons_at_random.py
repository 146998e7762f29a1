"""Whatever people choose, take back and restart: a word is known only where it was chosen the same way twice in a row."""

import asyncio
from collections.abc import Coroutine
from itertools import count
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from domain.ports import UnitsOfWork
from storage.engine import Database, connect
from tests.integration.storage.conftest import ways
from tests.integration.storage.teaching import COLAS, a_choice, choose, known, withdraw

SCOPES = ("customer:{}A", "customer:{}B", "person:{}a")
WORDS = ("可乐", "肥宅水")
RUNS = count()

Result = Any


class People(RuleBasedStateMachine):
    """A few people, customers and words. The model is the codes chosen since the word was last taken back."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.new_event_loop()
        self._run = next(RUNS)
        self._messages = count()
        self._chosen: dict[tuple[str, str], list[str]] = {}
        self._start()

    def _start(self) -> None:
        self._database: Database = connect(self.url)
        self._units: UnitsOfWork = self._database.units(ways)

    def _do(self, work: Coroutine[Any, Any, Result]) -> Result:
        return self._loop.run_until_complete(work)

    def _scope(self, index: int) -> str:
        return SCOPES[index].format(self._run)

    @rule(
        where=st.integers(0, len(SCOPES) - 1),
        word=st.sampled_from(WORDS),
        code=st.sampled_from(sorted(COLAS)),
    )
    def choose(self, where: int, word: str, code: str) -> None:
        """Somebody is asked and chooses."""
        scope = self._scope(where)
        message = f"m{next(self._messages)}"
        self._do(choose(self._units, a_choice(code, message, scope=scope, word=word)))
        self._chosen.setdefault((scope, word), []).append(code)

    @precondition(lambda self: any(_learned(codes) for codes in self._chosen.values()))
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        """The process owner takes one back."""
        learned = sorted(term for term, codes in self._chosen.items() if _learned(codes))
        term = data.draw(st.sampled_from(learned))
        lesson = self._do(known(self._units, *term))
        self._do(withdraw(self._units, lesson.number))
        self._chosen[term] = []

    @rule()
    def restart(self) -> None:
        """Another process goes on."""
        self._do(self._database.dispose())
        self._start()

    @invariant()
    def only_what_was_chosen_twice_in_a_row_settles(self) -> None:
        """In every scope exactly what was taught there, and nothing of the others."""
        for index in range(len(SCOPES)):
            for word in WORDS:
                term = (self._scope(index), word)
                codes = self._chosen.get(term, [])
                lesson = self._do(known(self._units, *term))
                settles = lesson is not None and lesson.settles(COLAS)
                assert settles == _learned(codes), (term, codes)
                assert not settles or lesson.code == codes[-1]

    def teardown(self) -> None:
        """Hang up."""
        self._do(self._database.dispose())
        self._loop.close()


def _learned(codes: list[str]) -> bool:
    return len(codes) > 1 and codes[-1] == codes[-2]


def test_a_word_is_known_only_where_it_was_taught(database_url: str):
    class Here(People):
        url = database_url

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
