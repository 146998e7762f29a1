"""How a notice reaches a group or a person: pushed over the bot's long connection, where people have spoken to it before.

https://developer.work.weixin.qq.com/document/path/101463
"""

from bot.platforms.wecombot import answers
from bot.platforms.wecombot.attendance import TO_GROUP, TO_PERSON
from bot.platforms.wecombot.bot import PLATFORM, AiBot
from bot.platforms.wecombot.line import Line
from domain.intake import Chat, Chats
from domain.sending import Misconfigured, Rendered, Undeliverable
from handlers.message import Button

SILENT_GROUP = "这个群里还没有人对智能机器人说过话，企业微信不让它先开口：请在群里 @它 说一句「帮助」，积下的通知随后就到"
SILENT_PERSON = "这位同事还没有和智能机器人说过话，企业微信不让它先开口"


class BotSender:
    """`domain.sending.Sender` to the group's id, or to the person whose WeCom user id is the address.

    Works in the process that holds the connection only; the outbox leaves these notices to it.
    """

    def __init__(self, bot: AiBot, line: Line, chats: Chats) -> None:
        self._bot = bot
        self._line = line
        self._chats = chats

    async def send(self, to: str, address: str, notice: Rendered, idempotency_key: str) -> None:
        """Deliver all messages; after a failure between them all are said again, cards excepted."""
        chat = await self._chat(to, address)
        buttons = tuple(Button(label, say) for label, say in notice.buttons)
        said = answers.said(notice.text, buttons, idempotency_key, notice.title)
        where = {"chatid": chat.peer, "chat_type": TO_PERSON if chat.single else TO_GROUP}
        for body in said.pushes:
            await self._line.push({**where, **body})

    async def _chat(self, to: str, address: str) -> Chat:
        """Ids of groups are kept as they are, those of people in small letters."""
        for name in dict.fromkeys((address, address.lower())):
            if (chat := await self._chats.of(PLATFORM, self._bot.bot_id, name)) is not None:
                return chat
        raise Undeliverable(SILENT_PERSON) if to.startswith("user:") else Misconfigured(SILENT_GROUP)
