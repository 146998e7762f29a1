"""WeCom's AI bot by its settings: who it is, its long connection, and the way to speak over that."""

from collections.abc import Mapping

from bot.platforms.tenure import Tenure
from bot.platforms.wecombot.bot import WAY, AiBot
from bot.platforms.wecombot.line import Line
from bot.platforms.wecombot.sender import BotSender
from bot.settings import Settings
from domain.intake import Chats
from domain.leases import Leases
from domain.ports import Clock
from domain.sending import Sender


def ai_bot(settings: Settings) -> AiBot | None:
    """The bot, where there is one."""
    said = settings.wecom_bot
    if said is None:
        return None
    return AiBot(
        bot_id=said.bot_id,
        name=said.name,
        secret=said.secret.get_secret_value() if said.secret else "",
        token=said.token.get_secret_value() if said.token else "",
        aes_key=said.aes_key.get_secret_value() if said.aes_key else "",
        socket_url=said.socket_url,
        api_base=said.api_base,
        corp_id=settings.wecom.corp_id if settings.wecom else "",
    )


def a_line(settings: Settings, leases: Leases, me: str, clock: Clock) -> Line | None:
    """Its long connection, where the settings want one; nothing of it runs by itself."""
    bot, said = ai_bot(settings), settings.wecom_bot
    if bot is None or said is None or said.mode != "socket":
        return None
    return Line(bot, Tenure(leases, f"wecom-bot:{bot.bot_id}", me, clock))


def ways(settings: Settings, line: Line | None, chats: Chats) -> Mapping[str, Sender]:
    """What leaves over that connection; none without it."""
    bot = ai_bot(settings)
    return {WAY: BotSender(bot, line, chats)} if bot is not None and line is not None else {}
