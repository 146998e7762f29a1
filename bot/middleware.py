"""Around every request: an id, one line in the log, and an answer that says nothing about what is inside."""

import logging
import secrets
import time

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from domain.errors import DatabaseAway

log = logging.getLogger(__name__)
ID_HEADER = "X-Request-ID"


@web.middleware
async def observed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer a request and write its line; what nobody expected becomes a 500 without detail."""
    number = secrets.token_hex(8)
    began = time.perf_counter()
    with structlog.contextvars.bound_contextvars(request=number):
        response = await _answer(request, handler)
        if not response.prepared:
            response.headers[ID_HEADER] = number
        log.info("request", extra=_line(request, response.status, time.perf_counter() - began))
    return response


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


def _line(request: web.Request, status: int, took: float) -> dict[str, object]:
    """The route's pattern instead of the path: what was typed into an address is nobody's business."""
    resource = request.match_info.route.resource
    route = resource.canonical if resource is not None else "unknown"
    return {"method": request.method, "route": route, "status": status, "ms": round(took * 1000, 1)}
