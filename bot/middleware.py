"""Around every request: an id, one line in the log, and an answer that says nothing about what is inside."""

import logging
import secrets
import time

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.metrics import Metrics
from domain.errors import DatabaseAway

log = logging.getLogger(__name__)
ID_HEADER = "X-Request-ID"


def observed(metrics: Metrics) -> Middleware:
    """Count requests and write a line for each; what nobody expected becomes a 500 without detail."""

    @web.middleware
    async def observe(request: web.Request, handler: Handler) -> web.StreamResponse:
        number = secrets.token_hex(8)
        began = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request=number):
            response = await _answer(request, handler)
            if not response.prepared:
                response.headers[ID_HEADER] = number
            route, took = _route(request), time.perf_counter() - began
            line = {"method": request.method, "route": route, "status": response.status}
            log.info("request", extra={**line, "ms": round(took * 1000, 1)})
        metrics.request(route, response.status)
        return response

    return observe


async def _answer(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPException as refusal:
        # Its text may quote what was sent.
        return web.Response(status=refusal.status, reason=refusal.reason, headers=_kept(refusal))
    except DatabaseAway:
        log.warning("database away")
        return web.Response(status=503, headers={"Retry-After": "1"})
    except Exception:
        # The edge: whatever it is, the other side learns only that it was not its fault.
        log.exception("bug")
        return web.Response(status=500)


def _kept(refusal: web.HTTPException) -> dict[str, str]:
    return {
        name: value for name, value in refusal.headers.items() if name in {"Allow", "Location", "Retry-After"}
    }


def _route(request: web.Request) -> str:
    """The route's pattern, not the path: what was typed into an address is nobody's business."""
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "unknown"
