"""Has a file read in a process of its own."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

from bot.spreadsheets.limits import PATIENCE_S
from bot.spreadsheets.transfer import unpacked
from domain.pages import Page, Unreadable

_ROOT = Path(__file__).parents[2]
_PROGRAM = (sys.executable, "-P", "-m", "bot.spreadsheets.child")
# This very code, and nothing else of our environment: no setting, no secret.
_ENVIRONMENT = {"PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


async def read_pages(data: bytes) -> tuple[Page, ...]:
    """The pages of a file, or raise `Unreadable`; it takes no longer than `PATIENCE_S`."""
    child = await asyncio.create_subprocess_exec(
        *_PROGRAM, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=_ENVIRONMENT, cwd="/"
    )
    try:
        async with asyncio.timeout(PATIENCE_S):
            answer, _ = await child.communicate(data)
    except TimeoutError as error:
        raise Unreadable("too-much") from error
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode != 0:
        raise Unreadable("too-much")
    return unpacked(answer)
