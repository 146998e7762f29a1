"""The schema, with the constraints that decide races."""

from storage.tables.base import metadata
from storage.tables.messages import conversations, feed, inbox, rules, todos
from storage.tables.orders import OPEN, UNPAID, order_lines, order_numbers, orders, payments, shipments
from storage.tables.stock import stock, stock_moves
from storage.tables.story import events, streams
from storage.tables.waiting import OWED, PENDING_TIMER, destinations, outbox, timers
from storage.tables.working import processes

__all__ = [
    "OPEN",
    "OWED",
    "PENDING_TIMER",
    "UNPAID",
    "conversations",
    "destinations",
    "events",
    "feed",
    "inbox",
    "metadata",
    "order_lines",
    "order_numbers",
    "orders",
    "outbox",
    "payments",
    "processes",
    "rules",
    "shipments",
    "stock",
    "stock_moves",
    "streams",
    "timers",
    "todos",
]
