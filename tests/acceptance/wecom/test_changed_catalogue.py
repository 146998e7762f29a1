"""Whoever is answered next, by whichever process, is understood by the tables as they are now."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acceptance.wecom.conftest import Office, an_office, migrate
from tests.served import ROOT, Served


@pytest.fixture(params=["sqlite", "postgresql"])
async def doors(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[tuple[Office, list[str]]]:
    """Two processes on one database, and where each is reached."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    if url:
        migrate(url)
    async with an_office(tmp_path, url) as office:
        (tmp_path / "other").mkdir()
        with Served(tmp_path / "other", office.environment) as other:
            await asyncio.to_thread(other.wait)
            yield office, [office.wecom.callback, f"{other.url}/wecom/callback"]


async def test_what_a_table_says_is_known_at_the_next_line(
    doors: tuple[Office, list[str]], tmp_path: Path
) -> None:
    office, each = doors
    for door in each:
        assert "没有“桂花酥饼”这个商品" in await _answer(office, door, "家家乐 桂花酥饼3箱")
        assert "没有叫“月亮湾" in await _answer(office, door, "月亮湾杂货铺 雪碧3箱")

    await _import(
        office, tmp_path, "products", "sku,name,default_unit,units,price\nN1,桂花酥饼,箱,包;箱=20,60\n"
    )
    await _import(office, tmp_path, "customers", "code,name,region\nK900,月亮湾杂货铺,东湖区\n")
    for door in each:
        answer = await _answer(office, door, "月亮湾杂货铺 桂花酥饼3箱")
        assert "月亮湾杂货铺" in answer
        assert "桂花酥饼 3箱 × 60" in answer

    await _import(office, tmp_path, "products", "sku,name,price\nN1,桂花薄饼,70\n")
    for door in each:
        assert "桂花薄饼 3箱 × 70" in await _answer(office, door, "月亮湾杂货铺 桂花薄饼3箱")
        assert "没有“桂花酥饼”这个商品" in await _answer(office, door, "月亮湾杂货铺 桂花酥饼3箱")


async def _answer(office: Office, door: str, text: str) -> str:
    await office.wecom.send(office.wecom.platform.text("LiNa", "放弃"), door)
    return (await office.wecom.send(office.wecom.platform.text("LiNa", text), door)).text


async def _import(office: Office, folder: Path, kind: str, table: str) -> None:
    """As an operator does, in a process of its own."""
    file = folder / f"{kind}.csv"
    file.write_text(table, encoding="utf-8")
    command = [sys.executable, "-m", "bot", "import", kind, str(file), "--by", "linxiaomei"]
    environment = {**os.environ, **office.environment}
    await asyncio.to_thread(subprocess.run, command, cwd=ROOT, env=environment, check=True)
