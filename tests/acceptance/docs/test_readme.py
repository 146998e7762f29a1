"""The READMEs say what is true: their tour and every line they name is typed into the program, from top to bottom."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.cli import app
from bot.company.demo_orders import play
from bot.settings import DingTalkSettings, FeishuSettings, Settings, WeComBotSettings, WeComSettings, variable
from tests.world import World

ROOT = Path(__file__).parents[3]
README, CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"
CODE = re.compile(r"`([^`]+)`")
# Needs a step of the company's own, which the demo company does not have.
NOT_IN_THE_DEMO = {"完成 17"}
APPS: dict[str, type[BaseModel]] = {
    "wecom": WeComSettings,
    "wecom_bot": WeComBotSettings,
    "dingtalk": DingTalkSettings,
    "feishu": FeishuSettings,
}


@dataclass(frozen=True)
class Typed:
    """One line that a README has people type: by whom, and what comes of it."""

    who: str
    text: str
    says: str


@dataclass(frozen=True)
class Stop:
    """One line of the tour: afterwards the order stands in `step`, and `group` has been told."""

    who: str
    text: str
    step: str
    group: str


def _tables(readme: Path) -> Iterator[list[list[str]]]:
    """Each table's rows as cells, without its head."""
    rows: list[list[str]] = []
    for line in [*readme.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
        elif rows:
            yield rows[2:]
            rows = []


def _tour(readme: Path) -> list[Stop]:
    table = next(_tables(readme))
    return [
        Stop(CODE.findall(who)[0], CODE.findall(typed)[0], step, group) for who, typed, step, group in table
    ]


def _lines(readme: Path) -> list[Typed]:
    """Every line of the tables after the tour's, in order, until those about the machine."""
    tables = [table for table in list(_tables(readme))[1:] if len(table[0]) == 4]
    return [
        Typed(next(iter(CODE.findall(who)), ""), text, says)
        for table in tables
        for _, typed, who, says in table
        for text in CODE.findall(typed)
    ]


async def _walk(world: World, stops: list[Stop]) -> None:
    names = {group.name: f"group:{key}" for key, group in world.program.rulebook.company().groups.items()}
    steps = world.program.rulebook.company().workflow.steps
    for stop in stops:
        before = {to: len(world.told(to)) for to in names.values()}
        reply = await world.says(stop.who, stop.text)
        if stop.step:
            assert reply.order == 13, f"{stop.text}: {reply.text}"
            assert steps[(await world.order(13)).step].name == stop.step, stop.text
        else:
            assert reply.order is None, stop.text
        if stop.group:
            to = names[stop.group]
            assert "#13 " in "".join(world.told(to)[before[to] :]), (
                f"{stop.group} was not told of {stop.text}"
            )


@pytest.fixture
async def demo(world: World) -> World:
    """The demo on its first day."""
    await play(world.program.desk.answer)
    await world.program.worker.settle()
    return world


async def test_the_tour_leads_an_order_to_its_end(demo: World):
    stops = _tour(README)

    await _walk(demo, stops)

    assert (await demo.order(13)).step == "done"
    assert len({stop.who for stop in stops}) >= 4


async def test_every_line_works_as_it_stands(demo: World):
    await _walk(demo, _tour(README))
    lines = _lines(README)
    assert len(lines) > 50

    wrong = []
    for line in lines:
        if line.who:
            reply = await demo.says(line.who, line.text)
            if not line.says or line.says not in reply.text:
                wrong.append(f"{line.who}: {line.text}\n  wanted: {line.says}\n  got: {reply.text}")

    assert not wrong, "\n".join(wrong)
    assert {line.text for line in lines if not line.who} == NOT_IN_THE_DEMO


def test_both_readmes_list_the_same():
    assert _tour(CHINESE) == _tour(README)
    assert _lines(CHINESE) == _lines(README)
    fences = re.compile(r"^(?:make|echo|\.venv/bin/gendan)\b.*?(?=  |$)", re.MULTILINE)
    assert fences.findall(CHINESE.read_text(encoding="utf-8")) == fences.findall(
        README.read_text(encoding="utf-8")
    )


@pytest.mark.parametrize("readme", [README, CHINESE], ids=["en", "zh"])
def test_every_command_and_variable_is_named(readme: Path):
    text = readme.read_text(encoding="utf-8")
    commands = {
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    }
    groups = {
        f"{group.name} {command.name or command.callback.__name__}"
        for group in app.registered_groups
        if group.typer_instance
        for command in group.typer_instance.registered_commands
        if command.callback
    }
    variables = {variable(name) for name in Settings.model_fields if name not in APPS}
    variables |= {variable(app, name) for app, model in APPS.items() for name in model.model_fields}

    assert {name for name in commands | groups if f"`gendan {name}" not in text} == set()
    assert {name for name in variables if f"`{name}`" not in text} == set()
