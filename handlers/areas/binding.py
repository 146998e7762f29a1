"""Who somebody is on another platform: a code for it, the process owner's yes or no, the list, and the end of it."""

import re
import secrets
from collections.abc import Mapping

from domain.binding import DIGITS, Account, bind, claimed, code_for, counts, refuse, unbind
from domain.catalogue import Staff
from domain.errors import Unknown
from domain.facts import Notice
from domain.gate import refusal
from domain.identity import BOUND_ON, Binding, own_id
from domain.permissions import may
from domain.ports import UnitOfWork
from handlers.context import Context
from handlers.router import Answer, Handler
from handlers.understanding.reading import Reading
from handlers.wording import binding as words
from handlers.wording import binding_notices as notices
from handlers.wording.platforms import platform_named

MANAGES = "binding.manage"
LISTED = 60
"""So many are shown at most; who has more looks into `gendan` itself."""
DECISION = re.compile(r"#?(?P<number>\d{1,9})号?\s*(?P<name>.*)")


async def begin(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """A code to type on the other platform; only where nobody else reads it."""
    if request.slots.note:
        return words.known_already(ctx)
    if ctx.place:
        return words.only_alone()
    digits = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    await uow.bindings.offer(code_for(ctx.actor, ctx.key.platform, digits, secrets.token_hex(16), ctx.now))
    return words.code(digits)


async def approve(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """The process owner knows who asked: the one they said, or the one named now."""
    _guard(ctx)
    said = DECISION.fullmatch(request.slots.note or "")
    asked = await uow.bindings.request(int(said["number"]), ctx.now) if said else None
    if said is None or asked is None:
        return words.no_request()
    person = claimed(said["name"] or asked.claimed, ctx.company)
    if person is None:
        return words.who_is_it(asked, said["name"])
    account = Account(asked.platform, asked.account, written=asked.written)
    change = bind(account, person, ctx.act)
    if not await uow.bindings.settle(asked):
        return words.no_request()
    await uow.bindings.keep(change)
    facts = notices.bound_facts(change.binding, ctx.company)
    to = (f"account:{account.platform}:{account.written}", f"user:{person.user_id}")
    await uow.tell([Notice("bound", one, facts=facts) for one in to], ctx.now, str(ctx.key))
    return words.approved(change.binding, person)


async def reject(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """It is not whom they say."""
    _guard(ctx)
    said = DECISION.fullmatch(request.slots.note or "")
    asked = await uow.bindings.request(int(said["number"]), ctx.now) if said else None
    if asked is None or not await uow.bindings.settle(asked):
        return words.no_request()
    await uow.bindings.keep(refuse(asked, ctx.act))
    return words.rejected(asked)


async def listed(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """All of it and who waits, for who keeps it in order; else what is one's own."""
    bindings = (await uow.bindings.register()).bindings
    if not may(ctx.actor, MANAGES, None, ctx.company):
        own = [one for one in bindings if one.person == ctx.actor.user_id]
        return words.listed(own, (), ctx)
    return words.listed(bindings[-LISTED:], await uow.bindings.requests(ctx.now, LISTED), ctx)


async def end(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """An id is nobody's from now on: one's own, or a colleague's by the process owner."""
    said = (request.slots.note or "").split()
    platform = next((named for word in said if (named := platform_named(word)) in BOUND_ON), "")
    names = [word for word in said if platform_named(word) not in BOUND_ON]
    person = _whose(" ".join(names), ctx)
    bindings = (await uow.bindings.register()).bindings
    found = [one for one in bindings if one.person == person.user_id and platform in ("", one.platform)]
    if len(found) != 1:
        return words.which_to_end(found, person, ctx) if found else _nothing_bound(person, platform)
    await uow.bindings.keep(unbind(found[0], ctx.act))
    await uow.tell(_told(found[0], person, ctx), ctx.now, str(ctx.key))
    return words.ended(found[0], person)


def _whose(name: str, ctx: Context) -> Staff:
    """Oneself, or the colleague named; their affairs are the process owner's."""
    if not name:
        return ctx.actor
    everybody = ctx.company.catalogue.staff
    # Also who left: what is theirs may be tidied up.
    person = claimed(name, ctx.company) or everybody.get(name.lower())
    if person is None:
        raise Unknown("staff", user_id=name)
    if person != ctx.actor:
        _guard(ctx)
    return person


def _nothing_bound(person: Staff, platform: str) -> Answer:
    return words.in_the_table(person, platform) if own_id(platform, person) else words.nothing_bound(person)


def _told(binding: Binding, person: Staff, ctx: Context) -> tuple[Notice, ...]:
    """Whoever loses an id by another's hand hears of it."""
    if person == ctx.actor or not counts(binding, ctx.company):
        return ()
    facts = {**notices.bound_facts(binding, ctx.company), "by": ctx.actor.name}
    return (Notice("unbound", f"user:{person.user_id}", facts=facts),)


def _guard(ctx: Context) -> None:
    if not may(ctx.actor, MANAGES, None, ctx.company):
        raise refusal("no-role", MANAGES, None, ctx.act)


HANDLERS: Mapping[str, Handler] = {
    "binding.begin": begin,
    "binding.approve": approve,
    "binding.reject": reject,
    "binding.list": listed,
    "binding.end": end,
}
