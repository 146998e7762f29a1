"""Whatever a platform answers, or does not, ends as one of three failures that show nothing secret."""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
from aiohttp import web

from bot.platforms.http import Answer, Http, open_http
from domain.sending import Misconfigured, TryLater, Undeliverable

Ask = Callable[[web.Response | str], Awaitable[Answer]]
SECRET = "made-up-secret"


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    async with open_http(timedelta(seconds=1.5)) as client:
        yield client


@pytest.fixture
async def ask(http: Http) -> AsyncIterator[Ask]:
    """Ask a server that answers with this response, or does the thing named."""
    planned: list[web.Response | str] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        response = planned.pop()
        if isinstance(response, web.Response):
            return response
        if response == "hangs":
            await asyncio.sleep(60)
        if response == "half":
            stream = web.StreamResponse(headers={"Content-Length": "100"})
            await stream.prepare(request)
            await stream.write(b"{")
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    server = web.Application()
    server.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(server, shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/send"

    async def call(response: web.Response | str) -> Answer:
        planned.append(response)
        return await http.call("POST", url, query={"key": SECRET}, document={"text": SECRET})

    yield call
    await runner.cleanup()


async def test_a_json_object_is_an_answer_with_its_code(ask: Ask) -> None:
    for body, code in (
        ('{"errcode": 0}', 0),
        ('{"errcode": "0"}', 0),
        ('{"errcode": "45009"}', 45009),
        ('{"errcode": -1}', -1),
        ('{"errcode": "what"}', -1),
        ("{}", 0),
    ):
        assert (await ask(web.Response(text=body, content_type="text/plain"))).code() == code
    assert (await ask(web.json_response({"code": 230020}, status=400))).code("code") == 230020


@pytest.mark.parametrize("name", ["hangs", "drops", "half"])
async def test_no_answer_is_tried_later(ask: Ask, name: str) -> None:
    with pytest.raises(TryLater):
        await ask(name)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_server_in_trouble_is_tried_later(ask: Ask, status: int) -> None:
    with pytest.raises(TryLater):
        await ask(web.Response(status=status, text="<html>"))
    with pytest.raises(TryLater) as later:
        await ask(web.json_response({"errcode": 0}, status=status, headers={"Retry-After": "7"}))
    assert later.value.after == timedelta(seconds=7)


@pytest.mark.parametrize("body", ["<html></html>", "", "[1]", '"ok"', "{", "[" * 100_000, "\x00"])
async def test_a_page_instead_of_json_is_tried_later(ask: Ask, body: str) -> None:
    with pytest.raises(TryLater):
        await ask(web.Response(text=body, content_type="text/html"))


@pytest.mark.parametrize("after", ["3", "x", "-3", "9" * 99, "Wed, 21 Oct 2026 07:28:00 GMT"])
async def test_too_many_calls_are_tried_later(ask: Ask, after: str) -> None:
    with pytest.raises(TryLater) as later:
        await ask(web.Response(status=429, text="slow down", headers={"Retry-After": after}))
    assert later.value.after in {None, timedelta(seconds=3), timedelta(hours=1)}


async def test_an_answer_without_end_is_cut(ask: Ask) -> None:
    with pytest.raises(TryLater):
        await ask(web.Response(body=io.BytesIO(b'{"errcode": 0}' + b" " * (3 << 20))))


@pytest.mark.parametrize("status", [301, 302, 400, 401, 403, 404, 405])
async def test_a_wrong_address_is_a_setting(ask: Ask, status: int) -> None:
    with pytest.raises(Misconfigured):
        await ask(web.Response(status=status, text="<html>", headers={"Location": "http://127.0.0.1:9/"}))


async def test_what_is_too_large_never_arrives(ask: Ask) -> None:
    with pytest.raises(Undeliverable):
        await ask(web.Response(status=413, text="<html>"))


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/x", "http://[::1", "not a url", "ftp://127.0.0.1/x", ""])
async def test_no_failure_shows_where_or_what(http: Http, url: str) -> None:
    with pytest.raises((TryLater, Misconfigured)) as told:
        await http.call("POST", url, query={"key": SECRET}, document={"text": SECRET})
    assert SECRET not in str(told.value)
    assert told.value.__suppress_context__
