"""An AI bot's platform as a process of its own, for looking: `python -m tests.fakes.wecombot_server`.

curl -s localhost:8091/people/say -d '{"user": "lina", "text": "帮助", "chat": "wrSales"}'
curl -s localhost:8091/people/press -d '{"user": "lina", "place": 3, "label": "确认"}'
curl -s localhost:8091/people/seen
"""

import argparse
import asyncio
import dataclasses
import json
import sys
from functools import partial

from aiohttp import web

from tests.fakes.wecombot_socket import BotSocket

written = partial(json.dumps, ensure_ascii=False)


def people(wecom: BotSocket) -> list[web.RouteDef]:
    """What people do and see."""

    async def say(request: web.Request) -> web.Response:
        said = await request.json()
        await wecom.connected()
        body = await wecom.say(said["user"], said["text"], said.get("chat", ""))
        shown = await wecom.answer(body)
        return web.json_response(
            {"place": wecom.room.shown.index(shown), **dataclasses.asdict(shown)}, dumps=written
        )

    async def press(request: web.Request) -> web.Response:
        said = await request.json()
        shown = wecom.room.shown[said["place"]]
        await wecom.press(said["user"], shown, said["label"])
        await asyncio.sleep(1)
        return web.json_response(dataclasses.asdict(shown), dumps=written)

    async def seen(request: web.Request) -> web.Response:
        return web.json_response([dataclasses.asdict(shown) for shown in wecom.room.shown], dumps=written)

    return [
        web.post("/people/say", say),
        web.post("/people/press", press),
        web.get("/people/seen", seen),
    ]


async def _serve(port: int) -> None:
    async with BotSocket() as wecom:
        for name, value in wecom.environment().items():
            sys.stdout.write(f"export {name}='{value}'\n")
        sys.stdout.flush()
        app = web.Application()
        app.add_routes(people(wecom))
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="WeCom's end of an AI bot's long connection, on loopback.")
    parser.add_argument("--port", type=int, default=8091)
    asyncio.run(_serve(parser.parse_args().port))
