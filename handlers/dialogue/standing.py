"""What a line is by itself, whatever was said before it."""

import re

from handlers.dialogue.answers import leaves_out
from handlers.understanding import Reading

NAMES_DEPUTY = re.compile(r"[代替顶]|交给|转给|找|[让由]|请(?!.{0,4}假)")

STANDS_IN = re.compile(r"我(?:来|去|帮[他她]?|先)?[代替顶]")


def names_customer(reading: Reading) -> bool:
    """True where a customer was said, be it one that nobody knows."""
    return bool(reading.slots.customer or "customer" in reading.ambiguous or "customer" in reading.unknown)


def of_a_colleague(leave: Reading, text: str) -> bool:
    """True where a name says who is away, not who stands in: 李娜明天请假, 李娜明天请假 我代."""
    if not (leave.slots.staff or "staff" in leave.ambiguous):
        return False
    return STANDS_IN.search(text) is not None or ("我" not in text and not NAMES_DEPUTY.search(text))


def stands_alone(reading: Reading, text: str) -> bool:
    """True for a line that is a whole request by itself and so no answer to the question before it."""
    if reading.intent in {"none", "confirm"}:
        return False
    if reading.intent == "dismiss":
        return not leaves_out(text)
    if reading.intent == "order.create":
        return names_customer(reading) and bool(reading.slots.lines)
    return reading.intent != "order.change" or bool(reading.slots.orders)
