"""A small company without a mistake, to be spoiled in one place."""

from collections.abc import Mapping

import pytest

from bot.company.load import load_files
from bot.company.problems import Problem
from bot.company.starter import STARTER, WORKFLOW
from bot.company.texts import FILES

Texts = dict[str, str]


@pytest.fixture
def texts() -> Texts:
    """The starter company as text."""
    found = {name: STARTER / name for name in FILES if (STARTER / name).exists()}
    return {
        name: path.read_text(encoding="utf-8") for name, path in {**found, "workflow.yaml": WORKFLOW}.items()
    }


def spoiled(texts: Texts, file: str, find: str, put: str) -> Texts:
    """The company with the first `find` in `file` replaced."""
    assert find in texts[file], f"{find!r} is not in {file}"
    return {**texts, file: texts[file].replace(find, put, 1)}


def line_of(text: str, marker: str) -> int:
    """The line on which `marker` first stands."""
    return text.count("\n", 0, text.index(marker)) + 1


def found(texts: Mapping[str, str]) -> tuple[Problem, ...]:
    """Everything said about these files."""
    return load_files(texts).problems


def places(problems: tuple[Problem, ...]) -> list[tuple[str, int, str]]:
    """Where and what, without the words."""
    return [(problem.file, problem.line, problem.code) for problem in problems]
