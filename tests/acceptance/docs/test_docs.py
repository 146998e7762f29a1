"""The pages under docs/ name what is there: links, files, keys of the YAML, columns of the tables, ways, actions."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.company import models
from bot.company.flow import KINDS
from bot.company.ladders import WHOM
from bot.company.models import CompanyModel, WorkflowModel
from bot.company.powers import ACTIONS
from bot.company.tables import COLUMNS

ROOT = Path(__file__).parents[3]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
LINK = re.compile(r"\]\((?!https?://)([^)#]+)")
FILE = re.compile(r"\b(?:bot|domain|handlers|scheduler|storage|tests)/[\w/]+\.(?:py|yaml|csv)\b")


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_link_leads_somewhere(page: Path):
    text = CODE.sub("", page.read_text(encoding="utf-8"))

    assert [to for to in LINK.findall(text) if not (page.parent / to).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_every_file_named_is_there(page: Path):
    named = set(FILE.findall(page.read_text(encoding="utf-8")))

    assert {file for file in named if not (ROOT / file).exists()} == set()


def _keys(model: type[BaseModel]) -> Iterator[str]:
    """The model's keys and those of the models below it."""
    for name, field in model.model_fields.items():
        yield name
        for below in re.findall(r"\w+Model", str(field.annotation)):
            yield from _keys(vars(models)[below])


@pytest.mark.parametrize("model", [CompanyModel, WorkflowModel])
def test_every_key_of_the_yaml_is_explained(model: type[BaseModel]):
    text = (ROOT / "docs" / "company.md").read_text(encoding="utf-8")
    words = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`\n]+)`", text))))

    assert set(_keys(model)) - words == set()


def test_every_column_kind_rung_and_action_is_explained():
    named = set(re.findall(r"`([^`\n]+)`", (ROOT / "docs" / "company.md").read_text(encoding="utf-8")))
    columns = {column for columns in COLUMNS.values() for column in columns.all}

    assert {*COLUMNS, *columns, *KINDS, *WHOM, *ACTIONS} - named == set()
