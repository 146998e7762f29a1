"""docs/figures.md defines what is counted: the same names as in the code."""

import re
from dataclasses import fields
from pathlib import Path

from domain.deeds import KINDS
from domain.figures import Backlog, StepTime, Tally

TEXT = (Path(__file__).parents[3] / "docs" / "figures.md").read_text(encoding="utf-8")
# What tells a row from the others, and what only adds up.
KEYS = {"step", "owner"}


def named(section: str) -> set[str]:
    """The names in the first column of the tables of a section."""
    part = TEXT.split(f"## {section}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]+`) \|", part, re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


def test_every_deed_is_defined():
    assert named("Deeds") == set(KINDS)


def test_every_figure_of_a_period_is_defined():
    told = {field.name for field in fields(Tally)} | {"accuracy", "satisfaction"}
    of_steps = {field.name for field in fields(StepTime)} - KEYS

    assert named("Figures of a period") == told | of_steps


def test_every_figure_of_the_board_is_defined():
    assert named("How things stand now") == {field.name for field in fields(Backlog)} - KEYS
