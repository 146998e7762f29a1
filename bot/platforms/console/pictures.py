"""The pictures of replies and pushes: named by what they belong to, made when somebody looks."""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping, Sequence

from aiohttp import web

from bot.pictures.painter import NotPainted
from bot.platforms.console.console import Console
from bot.platforms.console.guard import Handler
from domain.charts import Chart, to_documents
from domain.ports import MessageKey
from domain.sending import FeedItem
from handlers.message import Reply
from handlers.wording.pictures import described

NAME = re.compile(r"(?P<kind>push|reply)-(?P<of>[\w\-]{1,4000}=*)-(?P<print>[0-9a-f]{16})\.png", re.ASCII)
# The name carries a print of the data, so what a browser has kept under it stays right for ever.
KEPT = {"Cache-Control": "private, max-age=86400, immutable", "X-Content-Type-Options": "nosniff"}


def of_reply(charts: Sequence[Chart], key: MessageKey) -> Mapping[str, object]:
    """Where the picture of the answer to this message is, and what it shows."""
    return _told(charts, f"reply-{base64.urlsafe_b64encode(key.key.encode()).decode()}")


def of_push(item: FeedItem) -> Mapping[str, object]:
    """Where the picture of a push is, and what it shows."""
    return _told(item.charts, f"push-{item.seq}")


def shown(console: Console) -> Handler:
    """The picture, from what was recorded; any other name is not found."""

    async def show(request: web.Request) -> web.StreamResponse:
        charts = await _charts(request.match_info["name"], console)
        if not charts:
            raise web.HTTPNotFound
        try:
            return web.Response(body=await console.paint(charts), content_type="image/png", headers=KEPT)
        except NotPainted as error:
            raise web.HTTPServiceUnavailable from error

    return show


def _told(charts: Sequence[Chart], name: str) -> Mapping[str, object]:
    if not charts:
        return {"picture": None, "picture_alt": ""}
    return {
        "picture": f"/console/pictures/{name}-{_print(charts)}.png",
        "picture_alt": described(charts),
    }


def _print(charts: Sequence[Chart]) -> str:
    return hashlib.sha256(json.dumps(to_documents(charts)).encode()).hexdigest()[:16]


async def _charts(name: str, console: Console) -> Sequence[Chart]:
    match = NAME.fullmatch(name)
    if match is None:
        return ()
    found = await (_pushed if match["kind"] == "push" else _replied)(match["of"], console)
    return found if _print(found) == match["print"] else ()


async def _pushed(seq: str, console: Console) -> Sequence[Chart]:
    if not (seq.isdigit() and len(seq) <= 18):
        return ()
    item = next(iter(await console.feed.after(int(seq) - 1)), None)
    return item.charts if item and item.seq == int(seq) else ()


async def _replied(key: str, console: Console) -> Sequence[Chart]:
    try:
        said = base64.b64decode(key, altchars=b"-_", validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ()
    document = await console.replied(MessageKey("console", "console", said))
    return Reply.from_document(document).charts if document else ()
