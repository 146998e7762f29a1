"""Long work done in between: everybody else goes on meanwhile."""

import asyncio
import time

from handlers.understanding.readings.sheets.steps import Result, Steps

TURN_S = 0.005


async def gently(steps: Steps[Result]) -> Result:
    """The result of work in steps; every few milliseconds others have their turn."""
    until = time.perf_counter() + TURN_S
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: Result = end.value
            return result
        if time.perf_counter() >= until:
            await asyncio.sleep(0)
            until = time.perf_counter() + TURN_S
