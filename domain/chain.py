"""The chain of hashes over an order's events."""

from domain.facts import Event


def link(previous_hash: str, seq: int, event: Event) -> str:
    """The hash that ties `event`, the `seq`-th of its stream (from 1), to all before it; the first has no previous ("")."""
    raise NotImplementedError
