"""A real browser, looking at the page."""

import asyncio
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import web
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, sync_playwright

from bot.platforms.console.routes import mount
from domain.charts import Chart
from tests.fakes.console import ConsoleWorld

PICTURES = Path(__file__).parents[2] / "build" / "browser"
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
# It talks to nobody: every service of its own that would is switched off.
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


def pytest_report_header() -> list[str]:
    """The tests pass without a Chinese font, but their pictures show boxes."""
    fonts = shutil.which("fc-list")
    known = fonts and subprocess.run([fonts, ":lang=zh"], capture_output=True, check=False).stdout
    return [] if known else ["no Chinese font here: pictures will show boxes (Debian: fonts-noto-cjk)"]


@dataclass
class Visit:
    """A page, how wide it is, and everything that went wrong on it."""

    page: Page
    size: str
    faults: list[str] = field(default_factory=list)

    @property
    def narrow(self) -> bool:
        """True on a phone."""
        return self.size == "phone"

    def picture(self, name: str) -> None:
        """Keep what can be seen now."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.mouse.move(0, 0)
        self.page.screenshot(path=PICTURES / f"{self.size}-{name}.png", animations="disabled")

    def heed(self) -> None:
        """Note every error from now on."""
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._elsewhere)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"{message.type}: {message.text} ({message.location})")

    def _elsewhere(self, request: Request) -> None:
        if not request.url.startswith("http://127.0.0.1:"):
            self.faults.append(f"asked another machine: {request.url}")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The Chromium that `make test-browser` found, or the first on the path."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if found is None:
        pytest.fail("no Chromium: run `make test-browser`, which finds or installs one")
    started = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
    yield started
    started.close()


@pytest.fixture(params=list(SIZES))
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """An empty page of either width; at the end nothing may have gone wrong on it.

    Ask for it after whatever serves it, so that it is closed before that ends.
    """
    size: str = request.param
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=size == "phone",
        is_mobile=size == "phone",
        device_scale_factor=2 if size == "phone" else 1,
        locale="zh-CN",
        timezone_id="America/New_York",  # the page shows the company's time, wherever it is looked at
    )
    seen = Visit(context.new_page(), size)
    seen.page.set_default_timeout(10_000)
    seen.heed()
    yield seen
    context.close()
    assert seen.faults == []


class ConsoleThread:
    """The console alone, on loopback in a thread of its own, so that a test may look and script at once."""

    def __init__(self) -> None:
        self.world = ConsoleWorld()
        self.url = ""
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Serve."""
        self._thread.start()
        assert self._ready.wait(10)

    def push(
        self, to: str, text: str, *mentions: str, order: int | None = None, charts: tuple[Chart, ...] = ()
    ) -> None:
        """Tell a group or a person something."""
        told = self.world.push(to, text, mentions, order=order, charts=charts)
        asyncio.run_coroutine_threadsafe(told, self._loop).result(10)

    def hang_up(self) -> None:
        """Break every live line; the next one holds."""

        def close() -> None:
            self.world.console.close()
            self._loop.call_later(1, setattr, self.world.news, "closed", False)

        self._loop.call_soon_threadsafe(close)

    def stop(self) -> None:
        """End, letting the pages go."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        runner = self._loop.run_until_complete(self._serve())
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    async def _serve(self) -> web.AppRunner:
        app = web.Application()
        mount(app, self.world.console)
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
        return runner


@pytest.fixture
def scripted() -> Iterator[ConsoleThread]:
    """A console whose bot says what the test wants."""
    console = ConsoleThread()
    console.start()
    yield console
    console.stop()
