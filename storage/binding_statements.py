"""What is asked of bindings and of who wants to be bound, built once."""
# ruff: noqa: S608 - every name in these statements is our own, every value is a parameter

from sqlalchemy import Integer, Text, bindparam, delete, func, literal_column, select, text, update

from domain.binding import MOST_REQUESTS, STREAM, WRONG
from storage.prepared import Prepared
from storage.tables import (
    binding_codes,
    binding_requests,
    binding_tries,
    bindings,
    inbox,
    preferences,
    streams,
)
from storage.types import Number, Time

newest = (
    select(func.coalesce(func.max(streams.c.seq), literal_column("0")))
    .where(streams.c.stream == literal_column(f"'{STREAM}'"))
    .scalar_subquery()
)
"""How often something about people's ids and doors has changed."""

VERSION = Prepared(select(newest.label("version")))
BINDINGS = Prepared(select(bindings).order_by(bindings.c.at, bindings.c.platform, bindings.c.account))
PREFERENCES = Prepared(select(preferences).order_by(preferences.c.person))

TRY = Prepared(
    text(
        "INSERT INTO binding_tries (platform, account, since, tries) VALUES (:platform, :account, :now, 1) "
        "ON CONFLICT (platform, account) DO UPDATE SET "
        "tries = CASE WHEN binding_tries.since <= :before THEN 1 ELSE binding_tries.tries + 1 END, "
        "since = CASE WHEN binding_tries.since <= :before THEN excluded.since ELSE binding_tries.since END "
        "RETURNING tries"
    )
    .bindparams(bindparam("now", type_=Time), bindparam("before", type_=Time))
    .columns(tries=Integer)
)

_live = (
    binding_codes.c.expires_at > bindparam("now", type_=Time),
    binding_codes.c.wrong < literal_column(str(WRONG)),
)
CODES = Prepared(select(binding_codes).where(*_live).order_by(binding_codes.c.person))
# Not before what was read is still so: a newer code of the same person is another one.
SPEND = Prepared(
    delete(binding_codes)
    .where(
        binding_codes.c.person == bindparam("person"),
        binding_codes.c.digest == bindparam("digest"),
        binding_codes.c.wrong < literal_column(str(WRONG)),
    )
    .returning(binding_codes.c.person)
)
# Locked in one order first, so that two who guess at once never wait for each other in a circle.
MISSED = Prepared(
    update(binding_codes)
    .where(
        binding_codes.c.person.in_(
            select(binding_codes.c.person).where(*_live).order_by(binding_codes.c.person).with_for_update()
        )
    )
    .values(wrong=binding_codes.c.wrong + literal_column("1"))
    .returning(binding_codes.c.person)
)

ASK = Prepared(
    text(
        "INSERT INTO binding_requests (platform, account, written, claimed, at, source) "
        "SELECT CAST(:platform AS TEXT), CAST(:account AS TEXT), CAST(:written AS TEXT), CAST(:claimed AS TEXT), :at, CAST(:source AS TEXT) "
        f"WHERE (SELECT count(*) FROM binding_requests WHERE at > :since) < {MOST_REQUESTS} "
        "ON CONFLICT (platform, account) DO UPDATE SET "
        "written = excluded.written, claimed = excluded.claimed, at = excluded.at, source = excluded.source RETURNING id"
    )
    .bindparams(bindparam("at", type_=Time), bindparam("since", type_=Time))
    .columns(id=Number)
)
_waits = binding_requests.c.at > bindparam("since", type_=Time)
REQUEST = Prepared(
    select(binding_requests).where(binding_requests.c.id == bindparam("number", type_=Number), _waits)
)
REQUESTS = Prepared(
    select(binding_requests)
    .where(_waits)
    .order_by(binding_requests.c.id)
    .limit(bindparam("limit", type_=Integer))
)
SETTLE = Prepared(
    delete(binding_requests)
    .where(
        binding_requests.c.id == bindparam("number", type_=Number),
        binding_requests.c.at == bindparam("at", type_=Time),
    )
    .returning(binding_requests.c.id)
)

WROTE = Prepared(
    select(inbox.c.person, inbox.c.platform, func.max(inbox.c.at, type_=Time).label("at"))
    .where(inbox.c.at > bindparam("since", type_=Time), inbox.c.person != literal_column("''"))
    .group_by(inbox.c.person, inbox.c.platform)
)

_before = bindparam("before", type_=Time)
FORGET = tuple(
    Prepared(delete(table).where(moment < _before).returning(literal_column("1", Text).label("one")))
    for table, moment in (
        (binding_codes, binding_codes.c.expires_at),
        (binding_requests, binding_requests.c.at),
        (binding_tries, binding_tries.c.since),
    )
)
