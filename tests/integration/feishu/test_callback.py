"""The address of events over real connections: what only HTTP has."""

import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot.platforms.feishu.callback import FeishuCallback
from bot.platforms.feishu.reception import Reception
from tests.fakes.feishu_platform import Platform, Sealed
from tests.fakes.feishu_server import FeishuServer
from tests.integration.feishu.conftest import Desk, clock, serving


@pytest.fixture(autouse=True)
async def address(feishu: FeishuServer, reception: Reception) -> AsyncIterator[None]:
    async with serving(FeishuCallback(feishu.app, reception, clock)) as feishu.callback:
        yield


async def test_saving_the_address_in_the_console_works(feishu: FeishuServer) -> None:
    assert await feishu.save_address()
    assert await feishu.save_address("回声 😀")


async def test_what_is_not_from_feishu_learns_nothing(
    feishu: FeishuServer, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    good = feishu.platform.seal(feishu.platform.text("lina", "待办"))
    forged = {**good.headers, "X-Lark-Signature": "0" * 64}
    unsigned = {name: value for name, value in good.headers.items() if name != "X-Lark-Signature"}

    for sealed in (
        Sealed(forged, good.body),
        Sealed(unsigned, good.body),
        Sealed(good.headers, good.body + b" "),
        Sealed({}, b"{}"),
        Sealed({}, b""),
        Sealed({}, json.dumps({"type": "url_verification", "challenge": "x"}).encode()),
        Sealed({}, b"x" * (2 << 20)),
    ):
        status, _ = await feishu.post(sealed)
        assert status in {400, 413}
    assert desk.heard == []
    secrets = (feishu.app.encrypt_key, feishu.app.verification_token, feishu.app.app_secret)
    assert not any(secret in caplog.text for secret in secrets)


@pytest.mark.parametrize("off", [timedelta(minutes=6), timedelta(minutes=-6)])
async def test_six_minutes_off_everything_is_heard_all_the_same(
    feishu: FeishuServer, desk: Desk, off: timedelta
) -> None:
    def elsewhere() -> float:
        return (clock() + off).timestamp()

    feishu.platform = Platform(feishu.app, elsewhere)

    assert (await feishu.say("lina", "待办")).attempts == 1
    assert abs(desk.heard[0].at - datetime.fromtimestamp(elsewhere(), desk.heard[0].at.tzinfo)) < timedelta(
        minutes=1
    )


async def test_what_a_day_ago_was_signed_is_rejected(feishu: FeishuServer, desk: Desk) -> None:
    old = Platform(feishu.app, (clock() - timedelta(days=1)).timestamp)

    assert (await feishu.post(old.seal(old.text("lina", "待办"))))[0] == 400
    assert desk.heard == []
