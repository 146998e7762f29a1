"""Reading a file in a process of its own, which is given up when it takes too much."""

import asyncio
import os
from pathlib import Path

import psutil
import pytest

from bot.spreadsheets import reader
from bot.spreadsheets.opened import pages_of
from bot.spreadsheets.reader import read_pages
from domain.pages import Unreadable
from tests.tables import workbook
from tests.unit.spreadsheets.test_hostile_workbooks import sheet

TABLE = workbook(["品名", "数量"], ["可乐", 20], 成本=[["可乐", 30]])


def children() -> list[psutil.Process]:
    return [one for one in psutil.Process().children() if "bot.spreadsheets" in " ".join(one.cmdline())]


async def test_the_process_reads_what_we_would():
    assert await read_pages(TABLE) == pages_of(TABLE)
    assert children() == []


async def test_a_refusal_comes_through_with_its_facts():
    with pytest.raises(Unreadable) as refused:
        await read_pages(sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>'))

    assert (refused.value.code, refused.value.facts["place"]) == ("too-wide", "XFD1")


async def test_one_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reader, "PATIENCE_S", 0.01)

    with pytest.raises(Unreadable, match="too-much"):
        await read_pages(TABLE)

    assert children() == []


async def test_who_is_cancelled_leaves_no_process_behind():
    reading = asyncio.create_task(read_pages(TABLE))
    while not children():  # noqa: ASYNC110 - a process is no event
        await asyncio.sleep(0.001)
    reading.cancel()
    await asyncio.wait({reading})

    assert reading.cancelled()
    assert children() == []


async def test_one_that_takes_too_much_memory_ends_and_we_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    greedy = tmp_path / "greedy.py"  # would answer, were it let
    greedy.write_text(
        "from bot.spreadsheets import child, opened\n"
        "opened.pages_of = lambda data: (bytearray(1500 << 20), ())[1]\n"
        "child.main()\n"
    )
    program = (*reader._PROGRAM[:2], str(greedy))
    monkeypatch.setattr(reader, "_PROGRAM", program)

    with pytest.raises(Unreadable, match="too-much"):
        await read_pages(TABLE)


async def test_the_process_sees_neither_settings_nor_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GENDAN_WECOM__SECRET", "of-nobody")
    curious = tmp_path / "curious.py"
    curious.write_text(
        "import json, os\nfrom pathlib import Path\nfrom bot.spreadsheets import child, opened\n"
        "from domain.pages import Unreadable\n"
        "def pages_of(data):\n"
        "    try:\n        Path('seen').write_bytes(b'x' * 10)\n        wrote = True\n"
        "    except OSError:\n        wrote = False\n"
        "    raise Unreadable('broken', seen=sorted(os.environ), wrote=wrote)\n"
        f"os.chdir({str(tmp_path)!r})\nopened.pages_of = pages_of\nchild.main()\n"
    )
    monkeypatch.setattr(reader, "_PROGRAM", (*reader._PROGRAM[:2], str(curious)))

    with pytest.raises(Unreadable) as refused:
        await read_pages(TABLE)

    seen = refused.value.facts
    assert not any("GENDAN" in name or "SECRET" in name for name in seen["seen"])  # type: ignore[attr-defined]
    assert seen["wrote"] is False
    assert "GENDAN_WECOM__SECRET" in os.environ
