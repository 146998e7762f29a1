import io
import json
import logging

import pytest
import structlog

from bot import logs


@pytest.fixture
def lines():
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    stream = io.StringIO()
    logs.configure(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:] = before
    root.setLevel(level)


def test_a_line_is_one_json_object_with_what_was_said_and_the_ids(lines):
    with structlog.contextvars.bound_contextvars(request="r1"):
        logging.getLogger("bot.somewhere").info("order written", extra={"order": 17})

    [line] = lines()
    assert line["event"] == "order written"
    assert (line["order"], line["request"], line["level"], line["logger"]) == (
        17,
        "r1",
        "info",
        "bot.somewhere",
    )
    assert line["timestamp"].endswith("Z")


def test_secrets_of_an_address_do_not_reach_the_log(lines):
    def broken():
        raise OSError("GET https://x/cgi-bin/send?access_token=abc123&debug=1 failed")

    try:
        broken()
    except OSError:
        logging.getLogger("x").exception("bug")
    logging.getLogger("x").warning(
        "postgresql+asyncpg://gendan:hunter2@db/g?key=k9",
        extra={"url": "http://h/?msg_signature=s1&echostr=e1"},
    )

    written = json.dumps(lines())
    for secret in ("abc123", "hunter2", "k9", "s1&", "e1"):
        assert secret not in written
    assert "access_token=***" in written
    assert "debug=1" in written
    assert "gendan:***@db" in written


def test_chatty_libraries_are_quiet(lines):
    logging.getLogger("apscheduler.executors.default").info("Running job")
    logging.getLogger("aiohttp.access").info("GET /wecom/callback?msg_signature=1")

    assert lines() == []
