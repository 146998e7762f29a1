"""Every way this process can write to, by the kind of way."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

from bot.platforms.base import SharedCache
from bot.platforms.http import open_http
from bot.platforms.wecom.api import WecomApi
from bot.platforms.wecom.app import API_BASE, WecomApp
from bot.platforms.wecom.robot import Paint, RobotSender
from bot.platforms.wecom.sender import AppSender
from bot.reach import AddressFromEnvironment, id_on
from bot.settings import Settings, WeComSettings, environment
from domain.company import Company
from domain.ports import Clock
from domain.sending import Sender


@asynccontextmanager
async def open_senders(
    settings: Settings, company: Callable[[], Company], clock: Clock, cache: SharedCache | None, paint: Paint
) -> AsyncIterator[Mapping[str, Sender]]:
    """The senders, their connections closed at the end."""

    def wecom_id(user_id: str) -> str:
        staff = company().staff(user_id)
        return id_on("wecom", staff) if staff else ""

    async with open_http() as http:
        base = settings.wecom.api_base if settings.wecom else API_BASE
        robot = AddressFromEnvironment(RobotSender(http, wecom_id, paint, base), environment())
        senders: dict[str, Sender] = {"wecom-robot": robot}
        if settings.wecom:
            app = wecom_app(settings.wecom)
            senders["wecom"] = AppSender(WecomApi(app, http, clock, cache), app.agent_id)
        yield senders


def wecom_app(said: WeComSettings) -> WecomApp:
    """The app by its settings."""
    return WecomApp(
        corp_id=said.corp_id,
        agent_id=said.agent_id,
        secret=said.secret.get_secret_value(),
        token=said.token.get_secret_value(),
        aes_key=said.aes_key.get_secret_value(),
        api_base=said.api_base,
        reply_cards=said.reply_cards,
    )
