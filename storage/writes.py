"""What can be written, and in which order."""
# ruff: noqa: S608 - every name in these statements is from our own tables, every value is a parameter

from storage import tables
from storage.writing import Latest, Sum, Write, all_but, assigned, insert, listed

NEW_ORDER = insert(tables.orders)
ORDER = Write(
    tables.orders,
    tuple(column.name for column in tables.orders.c),
    f"UPDATE orders SET {assigned(all_but(tables.orders, 'number'), 'new')} FROM {{rows}} AS new "
    "WHERE orders.number = new.number AND orders.version = new.version - 1 RETURNING 1",
    insists=True,
)
LINE = insert(
    tables.order_lines,
    conflict=" ON CONFLICT (order_number, no) DO UPDATE SET "
    + assigned(all_but(tables.order_lines, "order_number", "no"), "excluded"),
)
# PostgreSQL takes the orders as an array: it thinks of a list from JSON as a hundred rows, and would rather read all
# lines of a book of ten thousand orders.
_OF_THESE = "order_number {among}SELECT order_number FROM {rows} AS new{end}"
# Given are the lines that an order has; those it no longer has go.
LINES_KEPT = Write(
    tables.order_lines,
    ("order_number", "no"),
    f"DELETE FROM order_lines WHERE {_OF_THESE} "
    "AND (order_number, no) NOT IN (SELECT order_number, no FROM {rows} AS new) RETURNING 1",
)
STOCK_ROW = insert(tables.stock, conflict=" ON CONFLICT DO NOTHING")
# The rows are locked in one order first, so that two transactions never wait for each other in a circle.
STOCK = Sum(
    tables.stock,
    ("warehouse", "sku", "on_hand", "reserved"),
    "UPDATE stock SET on_hand = stock.on_hand + new.on_hand, reserved = stock.reserved + new.reserved "
    "FROM (SELECT new.* FROM {rows} AS new "
    "JOIN stock AS held ON held.sku = new.sku AND held.warehouse = new.warehouse "
    "ORDER BY held.sku, held.warehouse {lock held}) AS new "
    "WHERE stock.sku = new.sku AND stock.warehouse = new.warehouse "
    "AND stock.reserved + new.reserved BETWEEN 0 AND stock.on_hand + new.on_hand RETURNING 1",
    insists=True,
    contended=True,
)
MOVE = insert(tables.stock_moves, all_but(tables.stock_moves, "id"))
EVENT = insert(tables.events)
STREAM = insert(
    tables.streams,
    conflict=" ON CONFLICT (stream) DO UPDATE SET " + assigned(("seq", "hash"), "excluded"),
    kind=Latest,
)
SHIPMENT = insert(tables.shipments)
PAYMENT = insert(tables.payments, all_but(tables.payments, "id"))
DEED = insert(tables.deeds)
PASSAGE = insert(tables.passages)
UNRATED = Write(
    tables.deeds,
    ("order_number",),
    f"DELETE FROM deeds WHERE kind = 'rated' AND {_OF_THESE} RETURNING 1",
)
DEEDS_BACK, PASSAGES_BACK = (
    Write(
        table,
        ("order_number", "seq"),
        f"DELETE FROM {table.name} WHERE {_OF_THESE} AND EXISTS (SELECT 1 FROM {{rows}} AS new "
        f"WHERE new.order_number = {table.name}.order_number AND {table.name}.seq >= new.seq) RETURNING 1",
    )
    for table in (tables.deeds, tables.passages)
)
# A rung is set once; setting it again, whatever came between, must not make it ring again.
TIMER = insert(
    tables.timers,
    all_but(tables.timers, "fell_due", "attempts", "error"),
    conflict=" ON CONFLICT DO NOTHING",
)
# One that has rung meanwhile stays as it is; one that somebody was just given is his no longer.
MOVED_TIMER = Write(
    tables.timers,
    ("order_number", "entry", "rung", "repeat", "due"),
    "UPDATE timers SET due = new.due, lease_until = NULL, fell_due = NULL FROM {rows} AS new "
    "WHERE timers.order_number = new.order_number AND timers.entry = new.entry AND timers.rung = new.rung "
    f"AND timers.repeat = new.repeat AND {tables.PENDING_TIMER.replace('NOT ', 'NOT timers.')} RETURNING 1",
)
NOTICE = insert(tables.outbox, all_but(tables.outbox, "seq"))
ABSENCE = insert(tables.absences, ("person", "first_day", "last_day", "deputy", "at", "source"))
# Ended twice is ended: whoever says it again changes nothing.
ENDED_ABSENCE = Write(
    tables.absences,
    ("id", "ended_at"),
    "UPDATE absences SET ended_at = new.ended_at FROM {rows} AS new "
    f"WHERE absences.id = new.id AND absences.{tables.NOT_ENDED} RETURNING 1",
)
TODO = insert(tables.todos, all_but(tables.todos, "id"))
NEW_CONVERSATION = insert(tables.conversations, kind=Latest)
CONVERSATION = Latest(
    tables.conversations,
    tuple(column.name for column in tables.conversations.c),
    f"UPDATE conversations SET {assigned(('version', 'document', 'expires_at'), 'new')} FROM {{rows}} AS new "
    "WHERE conversations.person = new.person AND conversations.place = new.place "
    "AND conversations.version = new.version - 1 RETURNING 1",
    insists=True,
)
NEW_LESSON = insert(tables.lessons, all_but(tables.lessons, "id"))
LESSON = Write(
    tables.lessons,
    tuple(column.name for column in tables.lessons.c),
    f"UPDATE lessons SET {assigned(all_but(tables.lessons, 'id'), 'new')} FROM {{rows}} AS new "
    "WHERE lessons.id = new.id AND lessons.version = new.version - 1 RETURNING 1",
    insists=True,
)
MISREADING = insert(tables.misreadings, all_but(tables.misreadings, "id"))
# What may be lost never makes another message wait for a second attempt: the version stays as it is.
FIRST_NOTED = insert(tables.conversations, conflict=" ON CONFLICT DO NOTHING", kind=Latest)
NOTED = Latest(
    tables.conversations,
    ("person", "place", "version", "document"),
    "UPDATE conversations SET document = new.document FROM {rows} AS new "
    "WHERE conversations.person = new.person AND conversations.place = new.place "
    "AND conversations.version = new.version RETURNING 1",
)
BINDING = insert(tables.bindings)
# Who comes second to end one finds nothing to end.
UNBOUND = Write(
    tables.bindings,
    ("platform", "account", "person"),
    "DELETE FROM bindings WHERE EXISTS (SELECT 1 FROM {rows} AS new WHERE new.platform = bindings.platform "
    "AND new.account = bindings.account AND new.person = bindings.person) RETURNING 1",
    insists=True,
)
CODE = insert(
    tables.binding_codes,
    conflict=" ON CONFLICT (person) DO UPDATE SET "
    + assigned(all_but(tables.binding_codes, "person"), "excluded"),
    kind=Latest,
)
PREFERENCE = insert(
    tables.preferences,
    conflict=" ON CONFLICT (person) DO UPDATE SET " + assigned(("door",), "excluded"),
    kind=Latest,
)
INBOX = insert(tables.inbox)
RULES = insert(tables.rules)
# Counted on from the newest row, not drawn from a sequence: whoever reads on from a number must never find a smaller
# one later. Two at once meet in the primary key.
FEED = Write(
    tables.feed,
    all_but(tables.feed, "seq"),
    f"INSERT INTO feed (seq, {listed(all_but(tables.feed, 'seq'))}) "
    f"SELECT (SELECT coalesce(max(seq), 0) + 1 FROM feed), {listed(all_but(tables.feed, 'seq'))} "
    "FROM {rows} AS new WHERE true ON CONFLICT (key) DO NOTHING RETURNING 1",
)

IN_ORDER = (
    INBOX, NEW_CONVERSATION, CONVERSATION, FIRST_NOTED, NOTED, NEW_ORDER, ORDER, LINES_KEPT, LINE, STOCK_ROW, STOCK, MOVE,
    UNRATED, DEEDS_BACK, PASSAGES_BACK, DEED, PASSAGE, SHIPMENT, PAYMENT, EVENT, STREAM, MOVED_TIMER, TIMER, NOTICE,
    ABSENCE, ENDED_ABSENCE, NEW_LESSON, LESSON, MISREADING, UNBOUND, BINDING, CODE, PREFERENCE, TODO, RULES, FEED,
)  # fmt: skip
"""What decides races comes first; a row comes before those that point at it."""
