"""Strangers who connect and say nothing, or never come to an end, do not keep the door for ever."""

import asyncio
from pathlib import Path

import pytest

from bot.clock import system_clock
from bot.service import listening
from bot.settings import Settings
from bot.wiring import open_program
from tests.world import DEMO_COMPANY


@pytest.mark.parametrize("begun", [b"", b"POST /wecom/callback HTTP/1.1\r\nHost: x\r\nX-Slow: "])
async def test_a_connection_that_asks_nothing_is_closed(tmp_path: Path, monkeypatch, begun: bytes):
    monkeypatch.setattr("bot.service.IDLE_S", 0.2)
    url = f"sqlite+aiosqlite:///{tmp_path}/gendan.db"
    settings = Settings.model_construct(database_url=url, company=DEMO_COMPANY, port=0)
    async with (
        open_program(settings, system_clock, console=True) as program,
        listening(program, (), "127.0.0.1") as address,
    ):
        answers, asks = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
        asks.write(begun)
        async with asyncio.timeout(5):
            assert await answers.read() == b""
        asks.close()
