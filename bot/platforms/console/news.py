"""A bell inside the process: who waits for something new is woken."""

import asyncio


class News:
    """Wakes everybody who waits; losing it loses no push, the live pages also look by themselves."""

    def __init__(self) -> None:
        self._next = asyncio.Event()
        self.closed = False

    def ticket(self) -> asyncio.Event:
        """Take it before looking for something new, then wait on it: nothing falls between the two."""
        return self._next

    def tell(self) -> None:
        """Wake everybody who took a ticket until now."""
        told, self._next = self._next, asyncio.Event()
        told.set()

    def close(self) -> None:
        """Wake everybody for good."""
        self.closed = True
        self.tell()
