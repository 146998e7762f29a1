"""What DingTalk's errors mean for whoever sends. Pure.

Old calls answer HTTP 200 with a number (or the number as a text), new ones 4xx with a word; a gateway that bans an
address answers neither.
https://open.dingtalk.com/document/orgapp/server-api-error-codes-1; robots custom-robots-send-group-messages
"""

import re
from collections.abc import Mapping
from datetime import timedelta

from bot.platforms.http import Answer
from domain.sending import Misconfigured, TryLater, Undeliverable

MUTE = timedelta(minutes=10)
"""So long a robot is silent that said more than 20 things within a minute."""
BANNED = timedelta(minutes=5)
"""So long nobody is heard whose address made too many calls; 1111 says how many of them are left."""
SESSION_OVER = frozenset({300001, 300005})
TOKEN_ENDED = frozenset({"InvalidAuthentication", "InvalidAccessToken", "invalidAccessToken"})

TOO_FAST = "机器人发得太快，被钉钉禁言"
BUSY: Mapping[int, tuple[str, timedelta | None]] = {
    -1: ("钉钉忙", None),
    15: ("钉钉没有在三秒内处理完", None),
    88: ("钉钉没有在三秒内处理完", None),
    90002: ("接口调用太频繁", timedelta(minutes=1)),
    90018: ("接口调用太频繁", timedelta(minutes=1)),
    130101: (TOO_FAST, MUTE),
    410100: (TOO_FAST, MUTE),
}
SETTING = {
    300005: "群机器人的 access_token 不存在：请在群设置里重新复制 webhook 地址，写进 webhook_env 所指的环境变量",
    400013: "机器人所在的群已经解散：请改用别的群，并改 company.yaml",
    400101: "群机器人的 access_token 不对：请在群设置里重新复制 webhook 地址，写进 webhook_env 所指的环境变量",
    400102: "群机器人已被停用：请在群设置里启用",
    400106: "群机器人不在群里：请重新添加，把新地址写进 webhook_env 所指的环境变量",
    310000: "群机器人的安全设置挡住了消息：请核对加签密钥、关键词和 IP 段（docs/connect-dingtalk.md）",
}
NEVER = {
    40035: "消息格式不被接受",
    400105: "消息类型不被接受",
    430101: "消息里有钉钉不接受的链接",
    430102: "消息里有钉钉不接受的内容",
    430103: "消息里有钉钉不接受的内容",
    430104: "消息里有钉钉不接受的内容",
}
REFUSED = (
    (
        "keywords not in content",
        "群机器人要求的关键词不在消息里：请把关键词写进地址后的 &keyword=…，或改用加签",
    ),
    ("sign not match", "群机器人的加签密钥不对：请核对地址后的 &secret=…"),
    ("timestamp", "服务器的时间和钉钉差得太多：请校准时钟"),
)
ADDRESS = re.compile(r"\bip\s*[:：]?\s*([0-9a-fA-F.:]{2,45})")

FAST_WORDS = frozenset({"send.too.fast", "send.byToken.tooFast", "too.many.group", "too.many.people"})
NEVER_WORDS = {
    "staffId.notExisted": "钉钉里没有这个成员，请核对员工表的 dingtalk_id",
    "robot.oto.notExist": "这个人和机器人没有单聊",
    "chatbotId.notAllow.sendOTO": "机器人没有发单聊消息的权限",
    "contain": "消息里有钉钉不接受的内容",
}
SETTING_WORDS = {
    "conversation.org.notMatch": "这个群不属于本企业：请核对 company.yaml 里的 chat",
    "resource.not.found": "没有这个群或机器人：请核对 company.yaml 里的 chat 和 GENDAN_DINGTALK__ROBOT_CODE",
    "resource.unavailable": "这个群或机器人不可用：请确认机器人在群里",
    "bot.forbidden.sendMessage": "机器人在这个群里不能发言：请在群设置里允许",
    "only.groupAdmin.canAtAll": "机器人没有 @所有人 的权限",
    "unauthorized": "应用没有这个接口的权限：请在开发者后台「权限管理」里开通，再发布版本",
    "auth.error": "应用没有这个接口的权限：请在开发者后台「权限管理」里开通，再发布版本",
    "Forbidden": "应用没有这个接口的权限：请在开发者后台「权限管理」里开通，再发布版本",
    "invalidClientIdOrSecret": "应用的 Client ID 或 Client Secret 不对：请核对 GENDAN_DINGTALK__APP_KEY 和 __APP_SECRET",
    "param.templateNotExist": "没有这个卡片模板：请核对 GENDAN_DINGTALK__CARD_TEMPLATE",
}


def check(answer: Answer) -> None:
    """Raise what an old call's answer means; its text is looked at, never shown."""
    banned(answer)
    code = answer.code()
    if code == 0:
        return
    message = str(answer.document.get("errmsg", ""))
    if code == 310000:
        raise Misconfigured(_refused(message))
    if code in SETTING:
        raise Misconfigured(f"{SETTING[code]}（{code}）")
    if code in NEVER:
        raise Undeliverable(f"{NEVER[code]}（{code}）")
    reason, after = BUSY.get(code, ("钉钉返回了没见过的错误码", None))
    raise TryLater(f"{reason}（{code}）", after)


def check_new(answer: Answer) -> None:
    """Raise what a new call's answer means."""
    banned(answer)
    if answer.status < 400:
        return
    word = code_of(answer)
    for known, reason in SETTING_WORDS.items():
        if word.startswith(known) or word.endswith(known):
            raise Misconfigured(f"{reason}（{word}）")
    for known, reason in NEVER_WORDS.items():
        if word.startswith(known) or word.endswith(known):
            raise Undeliverable(f"{reason}（{word}）")
    after = MUTE if word in FAST_WORDS else timedelta(minutes=1) if answer.status == 429 else None
    raise TryLater(f"钉钉没有接受（{word or answer.status}）", after)


def code_of(answer: Answer) -> str:
    """The word for what is wrong; only what looks like one, since it is shown."""
    said = str(answer.document.get("code", ""))
    return said if re.fullmatch(r"[\w.\-]{1,64}", said, re.ASCII) else ""


def banned(answer: Answer) -> None:
    """Raise `TryLater` for a gateway's ban of our address: it says neither errcode nor code."""
    document = answer.document
    if document.get("punish") == "deny" or answer.code("status") == 1111:
        said = str(document.get("wait", ""))
        # Its unit stands in no document: taken as minutes, of which no ban lasts more than five.
        waits = (
            timedelta(minutes=int(said)) if said.isascii() and said.isdigit() and len(said) < 3 else BANNED
        )
        raise TryLater(
            "这台服务器的地址调用太多，被钉钉暂时封住（1111）", max(min(waits, BANNED), timedelta(minutes=1))
        )


def _refused(message: str) -> str:
    """310000 is one code for all that a robot's safety settings may refuse."""
    for words, reason in REFUSED:
        if words in message:
            return f"{reason}（310000）"
    if "whitelist" in message:
        found = ADDRESS.search(message)
        address = f" {found[1].strip('.:')} " if found else "这台服务器"
        return f"群机器人不接受来自{address}的消息：请把它加进机器人安全设置的 IP 段（310000）"
    return f"{SETTING[310000]}（310000）"
