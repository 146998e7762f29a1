"""Two things done to one order: 17签收并付款, 17签收了 款也付了."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.understanding.spans.items import Line

_REFERENCE = re.compile(r"\s*(?:[NOC](?:的|那单|那边|[\s、,和])*)+")
_AND = re.compile(r"[\s,]*(?:并且|而且|同时|并)(?!不)[\s,]*")
_PAUSE = re.compile(r"[\s,;。]+|(?<=[^\s,;。])(?=已)")
_SIGNED_AND_PAID = frozenset({"order.sign", "order.pay"})


@dataclass(frozen=True, slots=True)
class Couple:
    """What may be two requests, each as a line with the order that both are about; `certain` by a word that joins."""

    first: str
    second: str
    certain: bool

    def holds(self, first: str, second: str) -> bool:
        """Whether two requests of these intents were meant; behind a mere pause mostly a reason stands."""
        actions = first != second and first.startswith("order.") and second.startswith("order.")
        return actions and (self.certain or {first, second} == _SIGNED_AND_PAID)


def couples(line: Line) -> Iterator[Couple]:
    """Every way to read a line about an order as two requests."""
    masked = line.masked
    reference = _REFERENCE.match(masked)
    if not reference:
        return
    about = line.behind(0, reference.end())
    for pattern, certain in ((_AND, True), (_PAUSE, False)):
        # The last pause first: what was received stands with the signing.
        for match in reversed(list(pattern.finditer(masked, reference.end()))):
            first, second = line.behind(0, match.start()), line.behind(match.end(), len(masked))
            if not certain and re.search(r"P.*收", masked[match.end() :]):
                continue  # what was received of the goods (可乐只收到18箱)
            if match.start() > reference.end() and second:
                yield Couple(first, f"{about} {second}", certain)
