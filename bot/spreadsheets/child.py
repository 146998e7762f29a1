"""Reads one file from standard input and says its pages on standard output, within limits of its own.

A process for itself, so that whatever a file was made to do ends here: memory and time are bounded, nothing of the
program's settings and secrets is in its environment, and it writes nothing.
"""

import resource
import sys
from contextlib import suppress

from bot.spreadsheets import limits


def main() -> None:
    """Read, and answer pages or a refusal; another end means that the limits were met."""
    for what, most in (
        (resource.RLIMIT_AS, limits.MEMORY),
        (resource.RLIMIT_CPU, limits.CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # macOS knows no limit of the address space
            resource.setrlimit(what, (most, most))
    from bot.spreadsheets.opened import pages_of  # noqa: PLC0415 - within the limits
    from bot.spreadsheets.transfer import packed, refused  # noqa: PLC0415
    from domain.pages import Unreadable  # noqa: PLC0415

    try:
        answer = packed(pages_of(sys.stdin.buffer.read()))
    except Unreadable as error:
        answer = refused(error)
    except MemoryError:
        answer = refused(Unreadable("too-much"))
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main()
