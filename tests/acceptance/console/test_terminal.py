"""`gendan chat`, as a program of its own against a console on loopback."""

import asyncio
import os
import pty
import sys
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from domain.charts import BARS, Chart
from handlers.message import Button, Message, Reply
from tests.fakes.console import ConsoleWorld

Client = TestClient[web.Request, web.Application]
ROOT = Path(__file__).parents[3]
NOBODY = "http://127.0.0.1:9"


async def piped(url: str, text: str, *more: str) -> tuple[int, str, str]:
    """Run `gendan chat` with `text` on its input."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "chat", "--as", "lina", "--url", url, *more),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    async with asyncio.timeout(30):
        out, error = await process.communicate(text.encode())
    return process.returncode or 0, out.decode(), error.decode()


def url_of(client: Client) -> str:
    return str(client.make_url("/"))


async def test_each_line_is_said_and_answered_plainly(client: Client, lone: ConsoleWorld):
    lone.bot.answer = lambda heard: Reply(
        f"**{heard.text}**?", (Button("确认下单", "确认"), Button("不要了", "取消"))
    )

    code, out, error = await piped(url_of(client), "可乐20箱\n\n雪碧10箱\n")

    offers = "[确认下单] 确认  [不要了] 取消"
    assert (code, error) == (0, "")
    assert out == f"可乐20箱?\n{offers}\n雪碧10箱?\n{offers}\n"
    assert [message.sender for message in lone.bot.heard] == ["lina", "lina"]


async def test_who_sees_only_words_is_told_of_the_picture(client: Client, lone: ConsoleWorld):
    lone.bot.answer = lambda _: Reply("**日报**", charts=(Chart("新单", BARS, (), ()),))

    assert await piped(url_of(client), "日报\n") == (0, "日报\n（有图，见网页）\n", "")


async def test_a_group_is_spoken_in_and_chatter_prints_nothing(client: Client, lone: ConsoleWorld):
    lone.bot.answer = lambda _: Reply("")

    assert await piped(url_of(client), "吃饭去", "--in", "sales") == (0, "", "")
    assert lone.bot.heard[0].place == "sales"


async def test_an_unknown_group_is_refused_with_its_sentence(client: Client):
    code, out, error = await piped(url_of(client), "早\n", "--in", "nowhere")

    assert (code, out) == (1, "")
    assert "nowhere" in error
    assert "warehouse" in error


async def test_without_a_running_demo_it_says_how_to_start_one():
    code, out, error = await piped(NOBODY, "早\n")

    assert (code, out) == (1, "")
    assert error.count("gendan demo") == 2
    assert error.count("\n") == 1


async def test_a_broken_answer_is_asked_for_again_with_the_same_key(client: Client, lone: ConsoleWorld):
    def fails_once(heard: Message) -> Reply:
        if len(lone.bot.heard) == 1:
            raise web.HTTPServiceUnavailable
        return Reply(f"收到{heard.text}")

    lone.bot.answer = fails_once

    code, out, _ = await piped(url_of(client), "17发了\n")

    assert (code, out) == (0, "收到17发了\n")
    first, second = lone.bot.heard
    assert first.key == second.key


@pytest.mark.slow
async def test_at_a_terminal_pushes_appear_while_one_types(client: Client, lone: ConsoleWorld):
    lone.bot.answer = lambda heard: Reply(f"听到了{heard.text}", (Button("通过", "通过 17"),))
    ours, theirs = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "chat", "--as", "heting", "--in", "review", "--url", url_of(client)),
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env={**os.environ, "TERM": "xterm"},
    )  # fmt: skip
    os.close(theirs)
    try:
        async with asyncio.timeout(30):
            await seen(ours, "何婷 · 审核群", "heting> ")
            os.write(ours, "在吗".encode())
            await lone.push("group:warehouse", "别人的")
            await lone.push("group:review", "**SO261123-0017** 待审核")
            shown = await seen(ours, "SO261123-0017", "[1] 看一下", "17", "heting> 在吗")
            assert "别人的" not in shown
            lone.news.closed = True
            lone.news.tell()
            await asyncio.sleep(0.2)
            lone.news.closed = False
            await lone.push("group:review", "断线时说的")
            await seen(ours, "断线时说的", "heting> 在吗")
            os.write(ours, b"\r")
            await seen(ours, "听到了在吗", "[1] 通过", "通过 17")
            os.write(ours, b"\x04")
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        os.close(ours)


async def seen(terminal: int, *words: str) -> str:
    """What the terminal shows, once all `words` have appeared."""
    os.set_blocking(terminal, False)
    shown = b""
    while not all(word in shown.decode(errors="replace") for word in words):
        try:
            shown += os.read(terminal, 65536)
        except BlockingIOError:
            await asyncio.sleep(0.02)
        except OSError as error:
            raise AssertionError(
                f"the terminal closed after showing {shown.decode(errors='replace')!r}"
            ) from error
    return shown.decode(errors="replace")
