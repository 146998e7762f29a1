"""From an intent to the one function that answers it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from domain.gate import refusal
from domain.permissions import BY_SCOPE, FREE, may
from domain.ports import UnitOfWork
from handlers.context import Context
from handlers.message import Reply
from handlers.understanding.reading import Reading

Answer: TypeAlias = Reply | Reading
"""A reply; or the request with what is still open in it, so that the dialogue asks."""

Handler: TypeAlias = Callable[[Reading, Context, UnitOfWork], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Router:
    """The handlers by intent; a second registration for an intent is a mistake of ours and raises."""

    handlers: Mapping[str, Handler] = field(default_factory=dict)

    def with_handlers(self, more: Mapping[str, Handler]) -> "Router":
        """This router with more intents."""
        twice = self.handlers.keys() & more.keys()
        if twice:
            raise ValueError(f"registered twice: {sorted(twice)}")
        return Router({**self.handlers, **more})

    async def answer(self, request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
        """Let the intent's handler answer; what the domain does not guard itself is guarded here."""
        if (
            request.intent in FREE
            and request.intent not in BY_SCOPE
            and not may(ctx.actor, request.intent, None, ctx.company)
        ):
            raise refusal("no-role", request.intent, None, ctx.act)
        return await self.handlers[request.intent](request, ctx, uow)
