"""Fifty buyers, ten boxes, two server processes on one PostgreSQL."""

import asyncio
import random
from pathlib import Path

import pytest

from storage.schema import upgrade
from tests.fakes import crowd
from tests.fakes.wecom_server import WecomServer
from tests.fire.aftermath import (
    aftermath,
    all_is_told,
    chains_hold,
    each_message_counts_once,
    every_order,
    stock_adds_up,
)
from tests.fire.people import People
from tests.served import Served

BUYERS = 50
LAST = 10
STOCK = {("W01", "D001"): LAST}


@pytest.mark.slow
async def test_ten_boxes_go_to_ten_of_fifty_buyers(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = crowd.make(tmp_path / "company", BUYERS, STOCK)
    for name, value in crowd.robots(folder).items():
        monkeypatch.setenv(name, value)
    async with WecomServer() as wecom:
        variables = {
            **wecom.environment(),
            **crowd.robots(folder),
            "GENDAN_DATABASE_URL": postgres_url,
            "GENDAN_COMPANY": str(folder),
        }
        await upgrade(postgres_url)
        with Served(tmp_path, variables) as first, Served(tmp_path, variables) as second:
            await asyncio.gather(asyncio.to_thread(first.wait), asyncio.to_thread(second.wait))
            people = People(wecom, (first.url, second.url), random.Random(50))
            await asyncio.gather(*(_draft(people, number) for number in range(BUYERS)))
            entered = await asyncio.gather(
                *(people.ask(crowd.seller(number), "确认") for number in range(BUYERS))
            )
            waiting = [answer for answer in entered if "待审核" in answer.text]
            # Whoever came too late is approved by hand, at the same moment again: nothing is left to reserve.
            await asyncio.gather(
                *(
                    people.ask(crowd.reviewer(number), f"通过 {answer.order}")
                    for number, answer in enumerate(waiting)
                )
            )
        async with aftermath(postgres_url, wecom) as program:
            orders = await every_order(program)
            boxes = [sum(line.reserved for line in order.lines) / 24 for order in orders]
            async with program.units() as uow:
                levels = await uow.stock.levels(("D001",))
            assert sorted(boxes, reverse=True) == [1] * LAST + [0] * (BUYERS - LAST)
            assert sum(level.reserved for level in levels.values()) == LAST * 24
            assert [order.step for order in orders].count("short") == BUYERS - LAST
            await each_message_counts_once(program, wecom.app.name, people.said)
            await stock_adds_up(program, STOCK)
            await chains_hold(program)
            await all_is_told(program, wecom, [order.number for order in orders])


async def _draft(people: People, number: int) -> None:
    answer = await people.ask(crowd.seller(number), f"{crowd.customer(number)} 可乐330ml罐装1箱 明天上午送")
    assert "请核对" in answer.text
