"""DingTalk's half of what comes in: what it writes and signs. No sockets."""

import itertools
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.platforms.dingtalk import signing
from bot.platforms.dingtalk.app import DingTalkApp

ROBOT = "$:LWCP_v1:$robot-of-the-app"
CORP = "ding0000000000000001"

Document = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Request:
    """A request as DingTalk makes it; making it again is a re-send."""

    headers: Mapping[str, str]
    body: bytes


class Platform:
    """DingTalk, as far as one app goes. `clock` gives unix seconds; `session` a new address to answer at."""

    def __init__(
        self,
        app: DingTalkApp,
        session: Callable[[str], tuple[str, float]],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._app = app
        self._session = session
        self._clock = clock
        self._ids = itertools.count(time.time_ns())

    def text(self, user: str, words: str, group: str = "", **more: object) -> Document:
        """Somebody wrote to the robot; in a group they called it, which DingTalk has taken out but for a blank."""
        content = f" {words}" if group else words
        return self.message(user, group, msgtype="text", text={"content": content}, **more)

    def message(self, user: str, group: str = "", **fields: object) -> Document:
        """Anything said; `fields` may replace the common ones too, None takes one out."""
        webhook, until = self._session(group or user)
        common: dict[str, object] = {
            "msgId": f"msg{next(self._ids)}==",
            "conversationType": "2" if group else "1",
            "conversationId": group or f"cid-of-{user}",
            "senderStaffId": user,
            "senderId": f"$:LWCP_v1:${user}",
            "senderNick": f"{user} 的昵称",
            "senderCorpId": CORP,
            "chatbotCorpId": CORP,
            "chatbotUserId": ROBOT,
            "robotCode": self._app.robot,
            "isAdmin": False,
            "sessionWebhook": webhook,
            "sessionWebhookExpiredTime": int(until * 1000),
            "createAt": int(self._clock() * 1000),
        }
        if group:
            called = [{"dingtalkId": ROBOT}]
            common |= {"conversationTitle": "群", "isInAtList": True, "atUsers": called}
        return {name: value for name, value in {**common, **fields}.items() if value is not None}

    def request(self, document: Document) -> Request:
        """A message in HTTP mode."""
        timestamp = str(int(self._clock() * 1000))
        headers = {"timestamp": timestamp, "sign": signing.with_secret(self._app.app_secret, timestamp)}
        return Request(headers, json.dumps(document, ensure_ascii=False).encode())

    def press(self, user: str, card: str, content: Document) -> Document:
        """Somebody pressed a button of a card; what the card is made of is a text in it."""
        return {
            "type": "actionCallback",
            "outTrackId": card,
            "corpId": CORP,
            "userId": user,
            "content": json.dumps(content, ensure_ascii=False),
        }

    def press_request(self, document: Document, secret: str) -> Request:
        """A press in HTTP mode, signed with the secret that was registered."""
        timestamp = str(int(self._clock() * 1000))
        headers = {
            "x-ddpaas-signature-timestamp": timestamp,
            "x-ddpaas-signature": signing.of_card(secret, timestamp),
        }
        return Request(headers, json.dumps(document, ensure_ascii=False).encode())
