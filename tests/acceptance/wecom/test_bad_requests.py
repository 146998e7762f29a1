"""What is not WeCom's, or not whole: a 4xx without a word, one line in the log, nothing stored."""

import io
from collections.abc import Mapping
from dataclasses import replace

import aiohttp
import pytest

from bot.platforms.wecom import xml
from tests.acceptance.wecom.conftest import Office
from tests.fakes.wecom_platform import Callback, Platform

TABLES = ("inbox", "orders", "todos", "outbox", "conversations", "events")
pytestmark = pytest.mark.asyncio(loop_scope="module")


async def post(office: Office, query: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(office.wecom.callback, params=query, data=io.BytesIO(body)) as response,
    ):
        return response.status, await response.read()


def sealed_as(office: Office, sealed: str) -> Callback:
    """A rightly signed request around any text."""
    return Callback("LiNa", office.wecom.platform.signed(sealed), xml.write({"Encrypt": sealed}))


def forgeries(office: Office) -> dict[str, Callback]:
    """Every kind of bad request, by what is wrong with it."""
    wecom, platform = office.wecom, office.wecom.platform
    good = platform.text("LiNa", "待办")
    sealed = xml.text_of(xml.read(good.body), "Encrypt")
    app = wecom.app
    doctype = b'<!DOCTYPE x [<!ENTITY a "b">]><xml><Content>&a;</Content></xml>'
    return {
        "signature": replace(good, query={**good.query, "msg_signature": "0" * 40}),
        "no signature": replace(good, query={}),
        "nonce": replace(good, query={**good.query, "nonce": "1"}),
        "token": Platform(replace(app, token="another")).text("LiNa", "待办"),
        "old": Platform(app, clock=lambda: 1700000000.0).text("LiNa", "待办"),
        "receiver": Platform(replace(app, corp_id="another")).text("LiNa", "待办"),
        "agent": Platform(replace(app, agent_id=1000099)).text("LiNa", "待办"),
        "base64": sealed_as(office, sealed[:-5] + "*" + sealed[-4:]),
        "cut": sealed_as(office, sealed[:-24]),
        "padding": sealed_as(office, sealed[:-8] + "AAAAAAA="),
        "body is no XML": replace(good, body=b"<xml>"),
        "body has a doctype": replace(good, body=doctype),
        "message is no XML": platform.seal("LiNa", b"{}"),
        "message has a doctype": platform.seal("LiNa", doctype),
        "too long": replace(good, body=good.body + b" " * (1 << 20)),
    }


async def test_each_is_refused_without_a_word_and_logged_with_a_reason(office: Office) -> None:
    before = {table: office.stored(table) for table in TABLES}
    for name, forged in forgeries(office).items():
        told = len(office.logged("callback rejected"))

        assert await post(office, forged.query, forged.body) == (400, b""), name

        (line,) = office.logged("callback rejected")[told:]
        assert line["reason"], name
    assert {table: office.stored(table) for table in TABLES} == before
    assert "madeUp" not in office.gendan.log.read_text()


async def test_a_forged_message_changes_nothing_and_the_genuine_one_still_counts(office: Office) -> None:
    genuine = office.wecom.platform.text("LiNa", "帮助")
    await post(office, {**genuine.query, "msg_signature": "0" * 40}, genuine.body)

    assert (await office.wecom.send(genuine)).text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
async def test_other_methods_are_not_answered(office: Office, method: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, office.wecom.callback) as response,
    ):
        assert response.status == 405
        assert await response.read() == b""


async def test_strange_words_are_only_words(office: Office) -> None:
    for words in (
        "可乐" * 17_000,
        "\u202e反着写\u202c \u200b\ufeff",
        "'; DROP TABLE orders; --",
        "<xml><MsgType>event</MsgType></xml> ]]> &lt;b&gt;",
        "😀" * 500,
        "\t \t",
        "给 <script>alert(1)</script> 下单 可乐 10 箱",
        "\\u4e2d\\n%s{0}${jndi:x}",
    ):
        answered = await office.wecom.say("LiNa", words)
        assert (answered.status, answered.attempts) == (200, 1), words[:30]
