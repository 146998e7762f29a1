"""`gendan serve` as a process of its own, which can be asked to stop and can be killed."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]
START_S = 60.0
STOP_S = 20.0


class Served:
    """One process. `url` is its address once `start` came back; what it logs is kept in `log`."""

    def __init__(self, environment: Mapping[str, str], log: Path, port: int = 0) -> None:
        self.log = log
        self.url = ""
        self._environment = {**os.environ, **environment}
        self._port = port
        self._process: Process | None = None

    async def start(self) -> None:
        """Be there when it answers."""
        with self.log.open("ab") as log:
            begins = log.tell()
            command = [sys.executable, "-m", "bot", "serve", "--host", "127.0.0.1", "--port", str(self._port)]
            self._process = await asyncio.create_subprocess_exec(
                *command, cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )
        async with asyncio.timeout(START_S):
            while not (url := self._said_url(begins)):
                assert self._process.returncode is None, self.log.read_text()
                await asyncio.sleep(0.05)
        self.url = url

    async def kill(self) -> None:
        """End it as a power cut does."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """Ask it to stop; gives its exit code."""
        return await self._end(signal.SIGTERM)

    def lines(self) -> list[dict[str, object]]:
        """What it logged so far."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def _said_url(self, begins: int) -> str:
        with self.log.open("rb") as log:
            log.seek(begins)
            for line in log:
                if line.startswith(b"{") and line.endswith(b"}\n") and b'"serving"' in line:
                    return str(json.loads(line)["url"])
        return ""

    async def _end(self, number: signal.Signals) -> int:
        assert self._process is not None
        with suppress(ProcessLookupError):
            self._process.send_signal(number)
        return await asyncio.wait_for(self._process.wait(), STOP_S)


@asynccontextmanager
async def serving(environment: Mapping[str, str], folder: Path, port: int = 0) -> AsyncIterator[Served]:
    """A process that answers; killed at the end if it has not ended by itself."""
    served = Served(environment, folder / "gendan.log", port)
    try:
        await served.start()
        yield served
    finally:
        if served._process is not None and served._process.returncode is None:
            await served.kill()
