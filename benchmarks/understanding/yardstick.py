"""How fast this machine is just now: a fixed piece of plain Python, of the kind that understanding is made of."""

import time

WORDS = 40_000


def cpu() -> float:
    """How long this process has used a processor, in seconds."""
    return time.process_time()


def yardstick() -> float:
    """How long the fixed work takes, in seconds of the processor; about a twentieth on a machine of 2024."""
    began = cpu()
    words = [chr(0x4E00 + number * 7919 % 20_000) * 2 + str(number % 997) for number in range(WORDS)]
    places: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        places.setdefault(word[:2], []).append(at)
    ordered = sorted(words)
    assert sum(word[:2] in places for word in ordered) == WORDS
    return cpu() - began
