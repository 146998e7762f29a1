"""Charts as a PNG."""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.pictures.shapes import WIDTH
from bot.pictures.sheet import sheet
from domain.charts import Chart

if TYPE_CHECKING:
    from jinja2 import Template

FONT = "Noto Sans SC"
PATIENCE_S = 10.0
MOST_BYTES = 2_000_000
"""What a WeCom robot takes; a picture of ours has a tenth of it."""
_HERE = Path(__file__).parent


class NotPainted(Exception):
    """No picture came of it; the words say everything as well."""


class Painter:
    """Paints one picture at a time, in a process beside this one."""

    def __init__(self, press: Sequence[str] = (sys.executable, "-I", str(_HERE / "press.py"))) -> None:
        self._press = tuple(press)
        self._alone = asyncio.Lock()

    async def __call__(self, charts: Sequence[Chart]) -> bytes:
        """One picture of all charts, or raise `NotPainted`."""
        async with self._alone:
            try:
                return await self._painted(svg(charts).encode())
            except OSError as error:
                raise NotPainted(type(error).__name__) from error

    async def _painted(self, text: bytes) -> bytes:
        process = await asyncio.create_subprocess_exec(*self._press, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)
        try:
            async with asyncio.timeout(PATIENCE_S):
                picture, _ = await process.communicate(text)
        except TimeoutError as error:
            raise NotPainted("no end") from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode or not 0 < len(picture) <= MOST_BYTES:
            raise NotPainted(f"ended with {process.returncode}, {len(picture)} bytes")
        return picture


def svg(charts: Sequence[Chart]) -> str:
    """The picture as text; whatever people wrote stands in it as text, too."""
    drawing = sheet(charts)
    return _template().render(drawing=drawing, width=WIDTH, height=round(drawing.height), font=FONT)


@cache
def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader  # noqa: PLC0415 - a service that shows no picture needs none

    return Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=True).get_template(
        "picture.svg"
    )
