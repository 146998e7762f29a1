"""What the codes of an AI bot mean for whoever sends. Pure.

Codes of its own stand here, those that it shares with the app in `bot.platforms.wecom.errcodes`.
https://developer.work.weixin.qq.com/document/path/101463
"""

from datetime import timedelta

from bot.platforms.wecom import errcodes
from domain.sending import Misconfigured, TryLater

NOT_SUBSCRIBED = 846609
"""The connection is open and yet dead: only a new one helps."""
PAST = frozenset({846605, 846608})
"""The callback that was answered is one of an earlier connection, or its time is over."""
STRANGE = 853000
OFTEN = 45009


class Past(TryLater):
    """This callback cannot be answered any more; the same words can be pushed."""


class Dead(TryLater):
    """The connection bears nothing any more."""


def check(code: int) -> None:
    """Raise what `code` means."""
    if code in {errcodes.OK, errcodes.DUPLICATE_TASK}:
        return
    if code == NOT_SUBSCRIBED:
        raise Dead(f"智能机器人的长连接已失效，正在重连（{code}）")
    if code in PAST:
        raise Past(f"这条消息已不能直接回复（{code}）")
    if code == STRANGE:
        raise Misconfigured(
            "智能机器人的 BotID 或长连接 Secret 不对：请在机器人的「API 模式 → 长连接」页面核对，"
            f"改 GENDAN_WECOM_BOT__BOT_ID 和 GENDAN_WECOM_BOT__SECRET（{code}）"
        )
    if code == OFTEN:
        raise TryLater(f"对这个会话说得太频繁（{code}）", timedelta(seconds=60))
    errcodes.check(code, "")
