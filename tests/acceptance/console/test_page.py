"""The page and its files, before any script runs."""

import re
from dataclasses import replace
from datetime import time

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.platforms.console.routes import routes
from tests.fakes.console import ConsoleWorld

Client = TestClient[web.Request, web.Application]


async def test_the_page_allows_no_script_or_style_but_its_own(client: Client):
    response = await client.get("/")
    html = await response.text()

    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon[a-z]+=", html) == []
    assert "http://" not in html
    assert "https://" not in html


async def test_every_file_that_the_page_names_is_there(client: Client):
    wanted, seen = (
        set(re.findall(r'"(/console/assets/[^"]+)"', await (await client.get("/")).text())),
        set[str](),
    )
    while wanted:
        path = wanted.pop()
        seen.add(path)
        response = await client.get(path)
        assert response.status == 200, path
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        imported = re.findall(r'from "\./([^"]+)"', await response.text())
        wanted |= {f"/console/assets/{name}" for name in imported} - seen
    assert {"/console/assets/console.css", "/console/assets/markdown.js"} <= seen


@pytest.mark.parametrize("name", ["..%2fpage.py", "%2e%2e%2fpage.py", "page.py", "nothing.js", ".", "%00.js"])
async def test_no_other_file_can_be_had(client: Client, name: str):
    assert (await client.get(f"/console/assets/{name}")).status in {403, 404}


async def test_a_companys_name_is_text_on_the_page(lone: ConsoleWorld):
    lone.company = replace(lone.company, name="<script>alert(1)</script>")
    app = web.Application()
    app.add_routes(routes(lone.console))
    async with TestClient(TestServer(app)) as client:
        html = await (await client.get("/")).text()

    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


@pytest.mark.parametrize(("opens", "shown"), [(time(9, 15), "09:15"), (time(0, 0), "08:30")])
async def test_the_morning_comes_when_the_company_opens(lone: ConsoleWorld, opens: time, shown: str):
    calendar = replace(lone.company.calendar, shifts=((opens, time(18, 0)),))
    lone.company = replace(lone.company, calendar=calendar)
    app = web.Application()
    app.add_routes(routes(lone.console))
    async with TestClient(TestServer(app)) as client:
        assert f'data-opens="{shown}"' in await (await client.get("/")).text()
