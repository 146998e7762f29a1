"""What goes over the bot's connection is left to the process that has it; nobody else tries, and nothing is counted."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.settings import Settings, WeComBotSettings
from bot.wiring import open_program
from domain.facts import Notice
from domain.notices import REPLY
from handlers.message import Reply
from tests.world import DEMO_COMPANY, WorldClock

NOTICE = Notice(REPLY, "chat:wecom-bot:wr1", None, lane="urgent", facts=Reply("好").document())


async def test_a_notice_is_tried_where_the_connection_is_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    bot = WeComBotSettings(bot_id="b1", secret=SecretStr("s"), socket_url="ws://127.0.0.1:1")
    url = f"sqlite+aiosqlite:///{tmp_path / 'gendan.db'}"
    settings = Settings.model_construct(database_url=url, company=DEMO_COMPANY, wecom_bot=bot)
    clock = WorldClock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
    async with open_program(settings, clock) as program:
        async with program.units() as uow:
            await uow.tell((NOTICE,), clock(), "test")
            await uow.commit()

        await program.worker.settle()
        (left,) = await program.store.outbox.pending()
        assert (left.way, left.address, left.attempts, left.error) == ("wecom-bot", "wr1", 0, "")

        assert program.line is not None
        monkeypatch.setattr(type(program.line), "held", True)
        await program.worker.settle()
        (tried,) = await program.store.outbox.pending()
        assert "@它" in (await program.store.outbox.destinations(clock()))[0].condition.error
        assert tried.attempts == 0
