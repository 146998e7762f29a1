"""The console's HTTP surface."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from aiohttp import web

from bot.platforms.console import documents, live, pictures
from bot.platforms.console.console import Console, key_of
from bot.platforms.console.guard import Handler, WrongInput, answer, json_body, local_only, raw_body
from bot.web.page import assets, page
from domain.company import Company
from domain.files import LARGEST
from domain.ports import MessageKey
from handlers.message import Attachment

LONGEST_JUMP_S = 366 * 24 * 3600
LONGEST_NAME = 200
MORNING = time(8, 30)


def mount(app: web.Application, console: Console) -> None:
    """Add the console to `app`; its live pages are let go when `app` shuts down."""

    async def close(_: web.Application) -> None:
        console.close()

    app.add_routes(routes(console))
    app.on_shutdown.append(close)


def routes(console: Console) -> list[web.RouteDef]:
    """The page and what it talks to; every handler is for this machine only."""
    company = console.company()
    return [
        web.get("/", local_only(page(company.name, company.bot_name, _morning(company)))),
        web.get("/console/assets/{name}", local_only(assets)),
        web.post("/console/say", local_only(_say(console))),
        web.post("/console/file", local_only(_file(console))),
        web.get("/console/feed", local_only(_feed(console))),
        web.get("/console/events", local_only(_events(console))),
        web.post("/console/clock", local_only(_clock(console))),
        web.get("/console/pictures/{name}", local_only(pictures.shown(console))),
        web.get("/console/state", local_only(_state(console))),
    ]


def _morning(company: Company) -> str:
    """When the day begins, for who skips the night; where work never stops, when most people get up."""
    opens = company.calendar.shifts[0][0]
    return f"{opens if opens > time.min else MORNING:%H:%M}"


def _say(console: Console) -> Handler:
    async def say(request: web.Request) -> web.StreamResponse:
        body = await json_body(request)
        said = _Said.read(body, console)
        text = _text(body.get("text"), "text")
        reply = await console.say(said.person, said.group, text, said.key)
        return answer(documents.said(reply, said.key))

    return say


def _file(console: Console) -> Handler:
    """A file's bytes are the body; who sends it, where and under which name stands in the query."""

    async def file(request: web.Request) -> web.StreamResponse:
        said = _Said.read(request.query, console)
        name = _word(request.query.get("name"), "name")
        reply = await console.send(
            said.person, said.group, Attachment(name, await raw_body(request, LARGEST)), said.key
        )
        return answer(documents.said(reply, said.key))

    return file


@dataclass(frozen=True, slots=True)
class _Said:
    """Who says something, where, and under which key."""

    person: str
    group: str
    key: MessageKey

    @classmethod
    def read(cls, given: Mapping[str, object], console: Console) -> "_Said":
        """From the request, or raise `WrongInput`."""
        person = _word(given.get("as"), "as")
        group, key = _text(given.get("in") or "", "in"), _text(given.get("key") or "", "key")
        for name, said in (("as", person), ("key", key)):
            if len(said) > LONGEST_NAME:
                raise WrongInput(f'"{name}" 最多 {LONGEST_NAME} 个字符。')
        if group and group not in console.company().groups:
            names = "、".join(console.company().groups)
            raise WrongInput(f'没有 "{group}" 这个群；"in" 可以是：{names}，或者 null（一对一）。')
        return cls(person, group, key_of(person, key))


def _feed(console: Console) -> Handler:
    async def feed(request: web.Request) -> web.StreamResponse:
        items = await console.pushed(_after(request.query.get("after", "0")))
        return answer({"items": [documents.pushed(item, console.company()) for item in items]})

    return feed


def _events(console: Console) -> Handler:
    async def events(request: web.Request) -> web.StreamResponse:
        seen = request.headers.get("Last-Event-ID") or request.query.get("after", "0")
        return await live.stream(console, request, _after(seen))

    return events


def _clock(console: Console) -> Handler:
    async def clock(request: web.Request) -> web.StreamResponse:
        await console.pass_time(_seconds((await json_body(request)).get("advance_s")))
        return answer({"now": documents.local_time(console.now(), console.company())})

    return clock


def _state(console: Console) -> Handler:
    async def state(_: web.Request) -> web.StreamResponse:
        return answer(documents.state(console.company(), console.now()))

    return state


def _text(value: object, name: str) -> str:
    """Text that can be stored: JSON may carry half a surrogate pair or NUL, which no database takes."""
    if not isinstance(value, str):
        raise WrongInput(f'"{name}" 应当是一段文字。')
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")


def _word(value: object, name: str) -> str:
    text = _text(value, name).strip()
    if not text:
        raise WrongInput(f'"{name}" 不能为空。')
    return text


def _after(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise WrongInput('"after" 应当是一个不小于 0 的整数。')
    return int(text)


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise WrongInput('"advance_s" 应当是秒数，例如 {"advance_s": 3600}。')
    if not 0 <= value <= LONGEST_JUMP_S:
        raise WrongInput('"advance_s" 只能往前拨，一次最多 366 天。')
    return value
