"""Lines typed at a terminal, while the rest of the program goes on."""

import asyncio
import readline  # input() edits and remembers lines once this is imported
import sys
import termios
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def typed_lines(prompt: str) -> AsyncIterator[AsyncIterator[str]]:
    """The lines a person types until Ctrl-D; leaving gives the terminal back as it was."""
    before = termios.tcgetattr(sys.stdin)
    queue: asyncio.Queue[str | None] = asyncio.Queue()
    asked = threading.Event()
    loop = asyncio.get_running_loop()
    # A daemon: input() cannot be interrupted, and must not keep the program from ending.
    arguments = (prompt, asked, loop, queue)
    threading.Thread(target=_read, args=arguments, name="keyboard", daemon=True).start()
    try:
        yield _lines(queue, asked)
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def shown_again(prompt: str) -> str:
    """The prompt and what has been typed so far, for writing after something was printed in between."""
    return prompt + readline.get_line_buffer()


async def _lines(queue: "asyncio.Queue[str | None]", asked: threading.Event) -> AsyncIterator[str]:
    asked.set()
    while (line := await queue.get()) is not None:
        yield line
        asked.set()


def _read(
    prompt: str, asked: threading.Event, loop: asyncio.AbstractEventLoop, queue: "asyncio.Queue[str | None]"
) -> None:
    """Ask for a line only when the one before is answered, so that the prompt stands below the answer."""
    line: str | None = ""
    while line is not None:
        asked.wait()
        asked.clear()
        try:
            line = input(prompt)
        except (EOFError, UnicodeDecodeError):
            line = None
        if not loop.is_closed():
            loop.call_soon_threadsafe(queue.put_nowait, line)
