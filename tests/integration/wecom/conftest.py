"""A WeCom of our own, and what talks to it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.platforms.http import Http, open_http
from bot.platforms.wecom.api import WecomApi
from tests.fakes.wecom_server import WecomServer


def clock() -> datetime:
    """The machine's."""
    return datetime.now(UTC)


@pytest.fixture
async def wecom() -> AsyncIterator[WecomServer]:
    async with WecomServer(members=["LiNa", "WangQiang"], robots=["robot-key-1", "robot-key-2"]) as server:
        yield server


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    async with open_http(timedelta(seconds=1.5)) as client:
        yield client


@pytest.fixture
def api(wecom: WecomServer, http: Http) -> WecomApi:
    return WecomApi(wecom.app, http, clock)
