"""The JSON surface, exactly as scripts use it."""

import asyncio
import io
import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.pictures.painter import Painter
from bot.platforms.console.routes import mount
from domain.charts import RANKED, Chart, Series
from domain.sending import Rendered
from handlers.message import Button, Reply
from tests.fakes.console import ConsoleWorld

Client = TestClient[web.Request, web.Application]


async def say(client: Client, **body: object) -> tuple[int, Any]:
    response = await client.post("/console/say", json=body)
    return response.status, await response.json()


async def test_what_is_said_is_answered_with_text_buttons_and_order(client: Client, lone: ConsoleWorld):
    lone.bot.answer = lambda _: Reply("**已下单**", (Button("看这张单", "17"),), 17)

    status, answer = await say(client, **{"as": "Lina", "in": None, "text": "确认", "key": "k-1"})

    assert status == 200
    assert answer == {
        "reply": {
            "text": "**已下单**",
            "buttons": [{"label": "看这张单", "say": "17"}],
            "picture": None,
            "picture_alt": "",
        },
        "order": "17",
    }
    (message,) = lone.bot.heard
    assert (message.sender, message.place, message.text, message.at) == ("lina", "", "确认", lone.now)
    assert str(message.key) == "console:console:lina/k-1"


async def test_chatter_in_a_group_gets_no_reply(client: Client, lone: ConsoleWorld):
    lone.bot.answer = lambda _: Reply("")

    assert await say(client, **{"as": "lina", "in": "sales", "text": "吃饭去"}) == (
        200,
        {"reply": None, "order": None},
    )
    assert lone.bot.heard[0].place == "sales"


async def test_without_a_key_every_message_is_one_of_its_own(client: Client, lone: ConsoleWorld):
    for _ in range(2):
        await say(client, **{"as": "lina", "in": "", "text": "确认"})

    first, second = lone.bot.heard
    assert first.key != second.key


async def test_a_key_that_somebody_else_used_is_another_message(client: Client, lone: ConsoleWorld):
    for person in ("lina", "LINA", "zhoukai"):
        await say(client, **{"as": person, "text": "待办", "key": "k-1"})

    first, again, other = (message.key for message in lone.bot.heard)
    assert first == again != other


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, '"as"'),
        ({"as": "  ", "text": "x"}, '"as" 不能为空'),
        ({"as": 7, "text": "x"}, '"as"'),
        ({"as": "lina"}, '"text"'),
        ({"as": "lina", "text": ["x"]}, '"text"'),
        ({"as": "lina", "text": "x", "in": 3}, '"in"'),
        ({"as": "lina", "text": "x", "key": "k" * 201}, '"key"'),
        ({"as": "l" * 201, "text": "x"}, '"as"'),
        ({"as": "lina", "text": "x", "in": "nowhere"}, "warehouse"),
        (["lina"], "JSON 对象"),
    ],
)
async def test_wrong_input_gets_one_sentence(client: Client, lone: ConsoleWorld, body: object, words: str):
    response = await client.post("/console/say", json=body)

    assert response.status == 400
    assert words in (await response.json())["error"]
    assert lone.bot.heard == []


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"as": NaN'])
async def test_a_body_that_is_no_json_gets_a_400(client: Client, lone: ConsoleWorld, raw: bytes):
    response = await client.post("/console/say", data=raw, headers={"Content-Type": "application/json"})

    assert (response.status, (await response.json())["error"]) == (400, "内容不是正确的 JSON。")


async def test_a_body_over_the_limit_is_refused(client: Client, lone: ConsoleWorld):
    body = io.BytesIO(json.dumps({"as": "lina", "text": "x" * (1 << 20)}).encode())
    response = await client.post("/console/say", data=body, headers={"Content-Type": "application/json"})

    assert (response.status, "1 MB" in (await response.json())["error"]) == (400, True)
    assert lone.bot.heard == []


async def test_a_long_text_arrives_whole(client: Client, lone: ConsoleWorld):
    text = "人民路华联 可乐20箱 🥤<script>alert(1)</script>'; DROP TABLE orders;--\u202e" * 1500

    status, answer = await say(client, **{"as": "lina", "text": text})

    assert (status, answer["reply"]["text"]) == (200, f"听到了:{text}")


async def test_half_a_surrogate_pair_and_nul_become_storable_text(client: Client, lone: ConsoleWorld):
    raw = b'{"as": "lina", "text": "a\\ud83d b\\u0000c \\ud83e\\udd64"}'

    await client.post("/console/say", data=raw, headers={"Content-Type": "application/json"})

    assert lone.bot.heard[0].text == "a\ufffd bc 🥤"


async def test_the_feed_gives_what_was_pushed_since(client: Client, lone: ConsoleWorld):
    for number in range(3):
        await lone.push("group:review", f"第{number}条", ("heting",))

    body = await (await client.get("/console/feed?after=1")).json()

    assert [item["seq"] for item in body["items"]] == [2, 3]
    assert body["items"][0] == {
        "seq": 2,
        "at": "2026-11-23T10:00:00+08:00",
        "to": "group:review",
        "text": "第1条",
        "mentions": ["heting"],
        "buttons": [{"label": "看一下", "say": "17"}],
        "picture": None,
        "picture_alt": "",
        "replaces": None,
    }


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "٣", "9" * 30, ""])
async def test_an_odd_place_in_the_feed_gets_a_400(client: Client, after: str):
    response = await client.get("/console/feed", params={"after": after})

    assert (response.status, '"after"' in (await response.json())["error"]) == (400, True)


async def test_the_clock_answers_with_the_new_time(client: Client, lone: ConsoleWorld):
    response = await client.post("/console/clock", json={"advance_s": 5400})

    assert await response.json() == {"now": "2026-11-23T11:30:00+08:00"}


@pytest.mark.parametrize("seconds", [None, "3600", True, -1, 1e9, float("nan"), float("inf"), [60]])
async def test_the_clock_takes_only_seconds_forward(client: Client, lone: ConsoleWorld, seconds: object):
    raw = json.dumps({"advance_s": seconds})

    response = await client.post("/console/clock", data=raw, headers={"Content-Type": "application/json"})

    assert (response.status, '"advance_s"' in (await response.json())["error"]) == (400, True)
    assert lone.now.hour == 2


async def test_the_state_names_time_people_and_groups(client: Client):
    body = await (await client.get("/console/state")).json()

    assert set(body) == {"now", "people", "groups"}
    assert "lina" in [person["user_id"] for person in body["people"]]
    assert "warehouse" in [group["key"] for group in body["groups"]]


async def test_pushes_and_the_clock_arrive_live(client: Client, lone: ConsoleWorld):
    await lone.push("user:lina", "早先的")
    async with asyncio.timeout(5), client.get("/console/events?after=0") as stream:
        assert stream.content_type == "text/event-stream"
        assert [(await frame(stream))[0] for _ in range(3)] == ["hello", "push", "clock"]

        await lone.push("group:warehouse", "待发货")
        kind, data = await frame(stream)
        assert (kind, data["seq"], data["to"], data["text"]) == ("push", 2, "group:warehouse", "待发货")
        assert (await frame(stream))[0] == "clock"

        await client.post("/console/clock", json={"advance_s": 60})
        assert await frame(stream) == ("clock", {"now": "2026-11-23T10:01:00+08:00"})


async def test_a_line_that_broke_goes_on_where_it_broke(client: Client, lone: ConsoleWorld):
    for text in ("一", "二", "三"):
        await lone.push("user:lina", text)
    headers = {"Last-Event-ID": "2"}
    async with asyncio.timeout(5), client.get("/console/events?after=0", headers=headers) as stream:
        await frame(stream)
        assert (await frame(stream))[1]["text"] == "三"


async def test_a_missed_wake_up_is_made_up_for(lone: ConsoleWorld):
    hasty = replace(lone.console, heartbeat=timedelta(milliseconds=50))
    app = web.Application()
    mount(app, hasty)
    async with (
        asyncio.timeout(5),
        TestClient(TestServer(app)) as client,
        client.get("/console/events") as stream,
    ):
        await frame(stream)
        await frame(stream)
        await lone.feed.append("user:lina", Rendered("没有敲铃"), lone.now, "k")
        while (seen := await frame(stream))[0] == "clock":
            pass
        assert seen[1]["text"] == "没有敲铃"


async def test_a_page_that_was_closed_is_let_go_quietly(
    client: Client, lone: ConsoleWorld, caplog: pytest.LogCaptureFixture
):
    async with asyncio.timeout(5), client.get("/console/events") as stream:
        await frame(stream)
        stream.close()
    for number in range(5):
        await lone.push("user:lina", f"第{number}条")
        await asyncio.sleep(0.02)

    assert caplog.records == []


async def test_stopping_lets_the_live_pages_go(client: Client, lone: ConsoleWorld):
    async with asyncio.timeout(5), client.get("/console/events") as stream:
        await frame(stream)
        await frame(stream)
        lone.console.close()
        assert await stream.content.read() == b""


async def frame(stream: Any) -> tuple[str, Any]:
    """The next server-sent event."""
    kind, data = "", None
    while line := (await stream.content.readline()).decode().strip():
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        elif line.startswith("data: "):
            data = json.loads(line.removeprefix("data: "))
    return kind, data


CHARTS = (
    Chart("各环节超时", RANKED, ("待审核", "待发货"), (Series("超时", (Decimal(1), Decimal(3))),), "张"),
)


async def test_a_reply_with_charts_has_a_picture(client: Client, lone: ConsoleWorld):
    lone.bot.answer = lambda _: Reply("**日报**", charts=CHARTS)

    _, answer = await say(client, **{"as": "Lina", "text": "日报", "key": "k/汉?"})
    response = await client.get(answer["reply"]["picture"])

    assert answer["reply"]["picture_alt"] == "（图：各环节超时）"
    assert (response.status, response.content_type) == (200, "image/png")
    assert (await response.read()).startswith(b"\x89PNG")


async def test_a_push_with_charts_has_a_picture_as_long_as_it_is_kept(client: Client, lone: ConsoleWorld):
    await lone.push("group:managers", "早")
    await lone.push("group:managers", "**日报**", charts=CHARTS)

    plain, report = (await (await client.get("/console/feed")).json())["items"]
    response = await client.get(report["picture"])

    assert plain["picture"] is None
    assert (response.status, response.content_type) == (200, "image/png")


@pytest.mark.parametrize(
    "name",
    [
        "push-1-0123456789abcdef.png",
        "push-9-{print}.png",
        "push-x-{print}.png",
        f"push-{'9' * 400}-{{print}}.png",
        "reply-a-{print}.png",
        "reply-_w==-{print}.png",
        "reply-bm9ib2R5-{print}.png",
        "..%2f..%2fconsole.css",
        "push-1.png",
    ],
)
async def test_no_other_name_is_a_picture(client: Client, lone: ConsoleWorld, name: str):
    await lone.push("group:managers", "**日报**", charts=CHARTS)
    (item,) = (await (await client.get("/console/feed")).json())["items"]
    known = item["picture"].rsplit("-", 1)[1].removesuffix(".png")

    response = await client.get(f"/console/pictures/{name.format(print=known)}")

    assert response.status == 404


async def test_where_nothing_can_paint_the_words_stand_alone(lone: ConsoleWorld):
    app = web.Application()
    mount(app, replace(lone.console, paint=Painter(("false",))))
    await lone.push("group:managers", "**日报**", charts=CHARTS)
    async with TestClient(TestServer(app)) as client:
        (item,) = (await (await client.get("/console/feed")).json())["items"]

        assert (await client.get(item["picture"])).status == 503


async def test_a_picture_is_for_this_machine_only(client: Client, lone: ConsoleWorld):
    await lone.push("group:managers", "**日报**", charts=CHARTS)
    (item,) = (await (await client.get("/console/feed")).json())["items"]

    assert (await client.get(item["picture"], headers={"Host": "gendan.example"})).status == 403
