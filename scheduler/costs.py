"""How many messages of the platform a message of ours becomes: that is what its tokens are counted by; pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from domain.destinations import Destination, Dialect
from domain.sending import Rendered
from scheduler.letters import Message
from scheduler.merging import AROUND, CALLED


def unlimited(way: str) -> Destination:
    """A way nobody described."""
    return Destination(way, 16_384, Dialect.NEUTRAL)


def messages_of(rendered: Rendered, destination: Destination) -> int:
    """How many of the platform's messages these words become at most."""
    calls = CALLED * len(rendered.mentions) if destination.mentions else 0
    parts = -((len(rendered.text.encode("utf-8", "replace")) + AROUND + calls) // -destination.bytes)
    apart = destination.buttons and bool(rendered.buttons) and len(rendered.text) > destination.card
    pictured = destination.pictures and bool(rendered.charts)
    whole = parts + apart + pictured
    return min(whole, destination.burst or whole)


def costed(messages: Iterable[Message], destination: Destination) -> Iterator[Message]:
    """Each with what it costs there."""
    return (replace(one, cost=messages_of(one.rendered, destination)) for one in messages)
