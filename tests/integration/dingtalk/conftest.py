"""A DingTalk of our own, and what talks to it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.platforms.dingtalk.api import DingTalkApi
from bot.platforms.http import Http, open_http
from tests.fakes.dingtalk_server import DingTalkServer


def clock() -> datetime:
    """The machine's."""
    return datetime.now(UTC)


@pytest.fixture
async def dingtalk() -> AsyncIterator[DingTalkServer]:
    async with DingTalkServer(members=["lina", "wangqiang"], groups=["cid1", "cid2"]) as server:
        server.api.robots = {"robot-token-1": "", "robot-token-2": "SECtest0000"}
        yield server


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    async with open_http(timedelta(seconds=4)) as client:
        yield client


@pytest.fixture
def api(dingtalk: DingTalkServer, http: Http) -> DingTalkApi:
    return DingTalkApi(dingtalk.app, http, clock)
