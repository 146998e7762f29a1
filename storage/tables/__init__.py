"""The schema, with the constraints that decide races."""

from storage.tables.base import metadata
from storage.tables.doors import aliases, chats, intake, leases
from storage.tables.duty import NOT_ENDED, absences
from storage.tables.figures import deeds, passages
from storage.tables.files import TO_READ, files
from storage.tables.identity import binding_codes, binding_requests, binding_tries, bindings, preferences
from storage.tables.learning import LEARNED, NOT_LEARNED, lessons, misreadings
from storage.tables.messages import conversations, feed, inbox, live_cards, rules, todos
from storage.tables.orders import OPEN, UNPAID, order_lines, order_numbers, orders, payments, shipments
from storage.tables.stock import stock, stock_moves
from storage.tables.story import events, streams
from storage.tables.waiting import OWED, PENDING_TIMER, TROUBLED_TIMER, destinations, outbox, runs, timers
from storage.tables.working import processes

__all__ = [
    "LEARNED",
    "NOT_ENDED",
    "NOT_LEARNED",
    "OPEN",
    "OWED",
    "PENDING_TIMER",
    "TO_READ",
    "TROUBLED_TIMER",
    "UNPAID",
    "absences",
    "aliases",
    "binding_codes",
    "binding_requests",
    "binding_tries",
    "bindings",
    "chats",
    "conversations",
    "deeds",
    "destinations",
    "events",
    "feed",
    "files",
    "inbox",
    "intake",
    "leases",
    "lessons",
    "live_cards",
    "metadata",
    "misreadings",
    "order_lines",
    "order_numbers",
    "orders",
    "outbox",
    "passages",
    "payments",
    "preferences",
    "processes",
    "rules",
    "runs",
    "shipments",
    "stock",
    "stock_moves",
    "streams",
    "timers",
    "todos",
]
