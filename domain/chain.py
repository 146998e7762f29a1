"""The chain of hashes over an order's events."""

import hashlib
import json
from datetime import UTC

from domain.facts import Event


def link(previous_hash: str, seq: int, event: Event) -> str:
    """The hash that ties `event`, the `seq`-th of its stream (from 1, where nothing is previous), to all before.

    The same after a way through any database: the moment is taken in UTC, the data as JSON with sorted keys.
    """
    content = [
        previous_hash,
        seq,
        event.stream,
        event.kind,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.by,
        event.source,
        event.data,
    ]
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
