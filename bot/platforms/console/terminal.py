"""`gendan chat`: the chat in a terminal, or line by line through a pipe."""

import asyncio
import sys
from collections.abc import Mapping
from typing import Any

from rich.console import Console as Screen
from rich.text import Text

from bot.platforms.console.client import ConsoleClient, Refused, Unreachable
from bot.platforms.console.keyboard import shown_again, typed_lines
from bot.platforms.console.marks import plain, styled

DEFAULT_URL = "http://127.0.0.1:8080"
_PICTURE = "（有图，见网页）"
_NOBODY = (
    "连不上 {url}：请先在另一个窗口运行 gendan demo。"
    " Nothing answers at {url}: start it with `gendan demo` in another terminal."
)


def chat(person: str, group: str | None = None, url: str = DEFAULT_URL) -> int:
    """Chat as `person` (in `group`, or 1:1) until the input ends; answers the exit code: 0, or 1 refused."""
    try:
        return asyncio.run(_chat(person, group or None, url))
    except KeyboardInterrupt:
        return 0


async def _chat(person: str, group: str | None, url: str) -> int:
    async with ConsoleClient(url) as client:
        try:
            state = await client.state()
            if sys.stdin.isatty() and sys.stdout.isatty():
                await _Talk(client, person, group, state).run()
            else:
                await _pipe(client, person, group)
        except Unreachable:
            sys.stderr.write(_NOBODY.format(url=url) + "\n")
            return 1
        except Refused as refused:
            sys.stderr.write(f"{refused}\n")
            return 1
    return 0


async def _pipe(client: ConsoleClient, person: str, group: str | None) -> None:
    """Say each line of stdin and print what is answered."""
    while line := await asyncio.to_thread(sys.stdin.readline):
        if text := line.strip():
            said = await client.say(person, group, text)
            if said["reply"] is not None:
                sys.stdout.write("".join(f"{row}\n" for row in _rows(said["reply"])))
                sys.stdout.flush()


def _rows(message: Mapping[str, Any]) -> tuple[str, ...]:
    offers = "  ".join(f"[{button['label']}] {button['say']}" for button in message["buttons"])
    picture = [_PICTURE] if message["picture"] else []
    return (plain(message["text"]), *picture, *([offers] if offers else []))


class _Talk:
    """A person at a terminal: types, reads answers, and sees pushes as they arrive."""

    def __init__(
        self, client: ConsoleClient, person: str, group: str | None, state: Mapping[str, Any]
    ) -> None:
        self._client = client
        self._person = person
        self._group = group
        self._names = {one["user_id"]: one for one in state["people"]}
        self._places = {f"group:{one['key']}": str(one["name"]) for one in state["groups"]}
        self._screen = Screen(highlight=False, soft_wrap=True)
        self._prompt = f"{person}> "

    async def run(self) -> None:
        """Talk until the person leaves."""
        self._greet()
        watching = asyncio.create_task(self._watch(await self._client.latest()))
        try:
            async with typed_lines(self._prompt) as lines:
                async for line in lines:
                    await self._say(line.strip())
        finally:
            watching.cancel()
            self._screen.print()

    def _greet(self) -> None:
        one = self._names.get(self._person.lower(), {"name": self._person, "examples": []})
        place = "一对一" if self._group is None else self._places.get(f"group:{self._group}", self._group)
        self._screen.print(Text.assemble((f"{one['name']} · {place}", "bold"), "   Ctrl-D 离开"))
        for example in one["examples"]:
            self._screen.print(Text(f"  试试：{example}", style="dim"))

    async def _say(self, text: str) -> None:
        if text:
            said = await self._client.say(self._person, self._group, text)
            if said["reply"] is not None:
                self._show(said["reply"])

    async def _watch(self, after: int) -> None:
        own = {f"user:{self._person.lower()}", f"group:{self._group}"}
        async for item in self._client.pushes(after):
            if item["to"] in own:
                self._screen.file.write("\r\x1b[K")
                self._screen.print(
                    Text(f"▎{self._places.get(item['to'], '通知')} {item['at'][11:16]}", "cyan")
                )
                self._show(item)
                self._screen.file.write(shown_again(self._prompt))
                self._screen.file.flush()

    def _show(self, message: Mapping[str, Any]) -> None:
        self._screen.print(styled(message["text"]))
        if message["picture"]:
            self._screen.print(Text(_PICTURE, style="dim"))
        for number, button in enumerate(message["buttons"], 1):
            self._screen.print(
                Text.assemble((f"  [{number}] {button['label']}", "bold green"), f"  输入：{button['say']}")
            )
