"""The template in docs/ has a place for everything that cards are filled with."""

import json
from pathlib import Path

from bot.platforms.dingtalk import cards
from domain.sending import Rendered
from tests.fakes import dingtalk_template

DOCS = Path(__file__).parents[3] / "docs"


def test_the_file_is_what_the_code_makes():
    written = json.loads((DOCS / "dingtalk-card.json").read_text(encoding="utf-8"))

    assert written == dingtalk_template.document()


def test_every_variable_is_declared_and_only_the_answer_is_one_persons():
    filled = cards.variables(Rendered("a", buttons=(("b", "b"),)), "cid")
    editor = json.loads(dingtalk_template.document()["editorData"])  # type: ignore[arg-type]

    declared = {one["name"]: one["private"] for one in editor["variableList"]}
    assert filled is not None
    assert declared.keys() == filled.keys()
    assert [name for name, private in declared.items() if private] == [cards.ANSWER]


def test_the_page_about_it_names_every_variable():
    page = (DOCS / "dingtalk-card.md").read_text(encoding="utf-8")
    names = (cards.TITLE, cards.STATE, cards.NOTE, cards.ANSWER, cards.CHAT, cards.SAY)

    assert all(f"`{name}`" in page for name in names)
    assert f"`{cards.body(1)}` … `{cards.body(cards.PARTS)}`" in page
    assert f"`{cards.label(1)}` … `{cards.label(cards.MOST_BUTTONS)}`" in page
    assert f"`{cards.say(1)}` … `{cards.say(cards.MOST_BUTTONS)}`" in page
