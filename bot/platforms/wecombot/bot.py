"""The AI bot as its console page shows it."""

from dataclasses import dataclass, field

from bot.platforms.wecom.app import API_BASE
from domain.ports import MessageKey

PLATFORM = "wecom-bot"
WAY = "wecom-bot"
SOCKET_URL = "wss://openws.work.weixin.qq.com"


@dataclass(frozen=True, slots=True)
class AiBot:
    """What names and opens the bot; the secret ones are never shown, not even by accident.

    `token` and `aes_key` are those of callbacks, `secret` that of the long connection; a bot has one or the other.
    `api_base` is where the addresses lead at which a callback may be answered later.
    `corp_id` is our own where it is known: people of another corp are never ours, whatever their ids.
    """

    bot_id: str
    name: str = ""
    secret: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    aes_key: str = field(default="", repr=False)
    socket_url: str = SOCKET_URL
    api_base: str = API_BASE
    corp_id: str = ""

    def key(self, message_id: str) -> MessageKey:
        """What makes a message of this bot itself."""
        return MessageKey(PLATFORM, self.bot_id, message_id)
