"""The cheapest way to cut a line into spans."""

import itertools
from collections.abc import Iterable, Sequence

from handlers.understanding.spans.span import Span

_UNKNOWN = 3.0


def cut(length: int, spans: Iterable[Span], edges: Sequence[int]) -> list[Span]:
    """Spans from the first character to the last; what no span covers becomes a span of tag `r`.

    `edges` are the offsets where a run of letters and digits may be cut.
    """
    ending: dict[int, list[Span]] = {}
    for span in spans:
        ending.setdefault(span.end, []).append(span)
    best: list[tuple[float, Span | None]] = [(float("inf"), None) for _ in range(length + 1)]
    best[0] = (0.0, None)
    for begin, end in itertools.pairwise(edges):
        ending.setdefault(end, []).append(Span("r", begin, end, _UNKNOWN))
    for end in range(1, length + 1):
        for span in ending.get(end, ()):
            cost = best[span.start][0] + span.cost
            if cost < best[end][0]:
                best[end] = (cost, span)
    return _merged(_path(best))


def _path(best: list[tuple[float, Span | None]]) -> list[Span]:
    path = []
    at = len(best) - 1
    while at > 0:
        span = best[at][1]
        if span is None:
            at -= 1
            continue
        path.append(span)
        at = span.start
    return path[::-1]


def _merged(path: list[Span]) -> list[Span]:
    """Neighbours that nobody knows are one."""
    out: list[Span] = []
    for span in path:
        if span.tag == "r" and out and out[-1].tag == "r" and out[-1].end == span.start:
            out[-1] = Span("r", out[-1].start, span.end, _UNKNOWN)
        else:
            out.append(span)
    return out
