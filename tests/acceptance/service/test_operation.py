"""What an operator and a load balancer see of the service."""

import asyncio
import io
import json
import logging
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from bot.app import LONGEST_BODY, make_app
from bot.health import PATIENCE, Health, Red, prompt
from bot.metrics import Metrics
from domain.errors import DatabaseAway
from tests.fakes.outbox import MemoryOutbox

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


async def _fine():
    return "ok"


async def _nothing_to_measure():
    return None


def _app(probes=None, gauge=_nothing_to_measure, metrics=None, **handlers):
    """The application with handlers at `/<name>`."""

    def mount(app):
        for name, handler in handlers.items():
            app.router.add_route("*", f"/{name}/{{rest:.*}}", handler)

    return make_app(Health(probes or {"database": _fine}), metrics or Metrics(), gauge, (mount,))


async def test_it_says_that_it_is_alive_whatever_else_is_wrong(aiohttp_client):
    async def away():
        raise DatabaseAway

    client = await aiohttp_client(_app({"database": away}))

    assert (await client.get("/healthz")).status == 200


async def test_it_is_ready_when_every_part_works(aiohttp_client):
    client = await aiohttp_client(_app({"database": _fine, "outbox": _fine}))

    answer = await client.get("/readyz")

    assert answer.status == 200
    assert await answer.json() == {"ready": True, "parts": {"database": "ok", "outbox": "ok"}}


async def _away():
    raise DatabaseAway


async def _never():
    await asyncio.Event().wait()


async def _behind():
    raise Red("the oldest has been due for 900 s")


@pytest.mark.parametrize(("broken", "says"), [(_away, "away"), (_behind, "900 s")])
async def test_it_is_not_ready_when_a_part_does_not_work_and_says_which(aiohttp_client, broken, says):
    client = await aiohttp_client(_app({"database": _fine, "part": broken}))

    answer = await client.get("/readyz")

    assert answer.status == 503
    parts = (await answer.json())["parts"]
    assert parts["database"] == "ok"
    assert parts["part"].startswith("red")
    assert says in parts["part"]


async def test_a_part_that_does_not_answer_makes_it_not_ready_in_time(aiohttp_client, monkeypatch):
    monkeypatch.setattr("bot.health.PATIENCE", 0.05)
    client = await aiohttp_client(_app({"database": _never}))

    async with asyncio.timeout(PATIENCE):
        answer = await client.get("/readyz")

    assert answer.status == 503


@pytest.mark.parametrize(("age", "good"), [(None, True), (299, True), (301, False)])
async def test_due_work_may_wait_a_little_but_not_long(age, good):
    async def since():
        return None if age is None else NOW - timedelta(seconds=age)

    probe = prompt(since, lambda: NOW, timedelta(minutes=5))

    if good:
        assert await probe() == "ok"
    else:
        with pytest.raises(Red):
            await probe()


async def test_a_bug_is_answered_without_detail_and_logged_with_the_requests_id(aiohttp_client, caplog):
    async def broken(request):
        raise KeyError("customer's phone")

    client = await aiohttp_client(_app(buggy=broken))

    with caplog.at_level(logging.ERROR):
        answer = await client.post("/buggy/x", data="body")

    assert answer.status == 500
    assert await answer.text() == ""
    assert answer.headers["X-Request-ID"]
    assert "customer's phone" in caplog.text


async def test_while_the_database_is_away_the_platform_is_asked_to_send_again(aiohttp_client):
    async def away(request):
        raise DatabaseAway

    client = await aiohttp_client(_app(callback=away))

    answer = await client.post("/callback/x")

    assert answer.status == 503
    assert answer.headers["Retry-After"] == "1"


async def test_a_body_over_a_megabyte_is_refused(aiohttp_client):
    async def reads(request):
        return web.Response(text=str(len(await request.read())))

    client = await aiohttp_client(_app(reads=reads))

    assert (await client.post("/reads/x", data=io.BytesIO(b"x" * LONGEST_BODY))).status == 200
    answer = await client.post("/reads/x", data=io.BytesIO(b"x" * (LONGEST_BODY + 1)))
    assert answer.status == 413
    assert await answer.text() == ""


async def test_what_is_not_there_is_said_without_quoting_the_request(aiohttp_client):
    client = await aiohttp_client(_app())

    missing, wrong = await client.get("/<script>"), await client.post("/healthz")

    assert (missing.status, await missing.text()) == (404, "")
    assert (wrong.status, wrong.headers["Allow"]) == (405, "GET,HEAD")


async def test_each_request_gives_one_line_without_what_was_sent(aiohttp_client, caplog):
    async def fine(request):
        return web.Response(text="secret answer")

    client = await aiohttp_client(_app(callback=fine))
    with caplog.at_level(logging.INFO, logger="bot.middleware"):
        answer = await client.post("/callback/typed-words?msg_signature=s1", data="secret body")

    [record] = [record for record in caplog.records if record.name == "bot.middleware"]
    said = record.__dict__
    assert (said["method"], said["route"], said["status"]) == ("POST", "/callback/{rest}", 200)
    assert said["ms"] >= 0
    assert answer.headers["X-Request-ID"]
    written = json.dumps({name: str(value) for name, value in said.items()})
    for kept_out in ("s1", "secret", "typed-words"):
        assert kept_out not in written


async def test_prometheus_reads_what_happened_and_how_the_outbox_stands(aiohttp_client):
    metrics = Metrics()

    async def look():
        outbox = MemoryOutbox()
        for age in (7, 5, 0):
            outbox.owe("console", f"a{age}", at=NOW - timedelta(seconds=age))
        await outbox.give_up(outbox.owe("console", "dead", at=NOW), NOW, "gone")
        await outbox.trouble("wecom-robot", "a", "setting", "removed", NOW, NOW)
        await metrics.look_at(outbox, NOW)

    metrics.message("wecom", "answered", timedelta(milliseconds=20))
    metrics.delivery("wecom-robot", "sent")
    metrics.timer(timedelta(seconds=2))
    client = await aiohttp_client(_app(gauge=look, metrics=metrics))
    await client.get("/healthz")

    page = await (await client.get("/metrics")).text()

    for line in (
        'gendan_messages_total{outcome="answered",platform="wecom"} 1.0',
        'gendan_reply_seconds_count{platform="wecom"} 1.0',
        'gendan_deliveries_total{outcome="sent",way="wecom-robot"} 1.0',
        'gendan_timer_late_seconds_bucket{le="5.0"} 1.0',
        'gendan_http_requests_total{route="/healthz",status="200"} 1.0',
        "gendan_outbox_waiting 3.0",
        'gendan_destinations_waiting{way="console"} 3.0',
        'gendan_destinations_paused{trouble="setting",way="wecom-robot"} 1.0',
        "gendan_outbox_dead 1.0",
        "gendan_outbox_oldest_due_seconds 7.0",
    ):
        assert line in page.splitlines()


@pytest.mark.parametrize("gauge", [_away, _never])
async def test_prometheus_reads_the_rest_while_the_database_is_away(aiohttp_client, monkeypatch, gauge):
    monkeypatch.setattr("bot.health.PATIENCE", 0.05)
    metrics = Metrics()
    metrics.message("wecom", "database_away", timedelta(milliseconds=20))
    client = await aiohttp_client(_app(gauge=gauge, metrics=metrics))

    answer = await client.get("/metrics")

    assert answer.status == 200
    lines = (await answer.text()).splitlines()
    assert 'gendan_messages_total{outcome="database_away",platform="wecom"} 1.0' in lines
    assert {"gendan_outbox_waiting NaN", "gendan_processes NaN"} <= set(lines)


async def test_two_programs_in_one_process_count_each_for_itself():
    first, second = Metrics(), Metrics()

    first.delivery("console", "sent")

    assert b'gendan_deliveries_total{outcome="sent",way="console"} 1.0' in first.exposition()
    assert b"gendan_deliveries_total{" not in second.exposition()
