"""Serves the chat page and its files."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader

_HERE = Path(__file__).parent
_STATIC = _HERE / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_SAFE = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


def page(company: str, bot: str, opens: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """The chat page of this company, whose day begins at `opens` (`08:30`)."""
    templates = Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=True)
    html = templates.get_template("console.html").render(company=company, bot=bot, opens=opens)

    async def show(_: web.Request) -> web.StreamResponse:
        return web.Response(text=html, content_type="text/html", charset="utf-8", headers=_SAFE)

    return show


async def assets(request: web.Request) -> web.StreamResponse:
    """One of the page's own files; any other name is not found."""
    path = _STATIC / request.match_info["name"]
    if path.parent != _STATIC or path.suffix not in _TYPES or not path.is_file():
        raise web.HTTPNotFound
    return web.Response(
        body=path.read_bytes(), content_type=_TYPES[path.suffix], charset="utf-8", headers=_SAFE
    )
