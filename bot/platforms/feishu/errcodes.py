"""What Feishu's error codes mean for whoever sends. Pure.

The code decides, whatever the status; some old interfaces answer 400, newer ones 200 or 429.
https://open.feishu.cn/document/server-docs/api-call-guide/generic-error-code
"""

from datetime import timedelta

from bot.platforms.http import Answer
from domain.sending import Misconfigured, TryLater, Undeliverable


class Malformed(Undeliverable):
    """The message itself is refused, nobody's absence: a mention in it may name nobody."""


OK = 0
TOKEN_ENDED = frozenset({99991661, 99991663, 99991665})
MINUTE = timedelta(minutes=1)

BUSY = {
    11232: ("飞书限流，整点半点尤其多", MINUTE),
    -1: ("飞书的回答里没有错误码", None),
    230020: ("发得太快，飞书限流", timedelta(seconds=1)),
    230049: ("这条消息正在发送中", timedelta(seconds=5)),
    99991400: ("接口调用太频繁", None),
    9499: ("飞书说请求有误", None),
}
SETTING = {
    10003: "App ID 或 App Secret 不对：请在飞书开发者后台「凭证与基础信息」核对 GENDAN_FEISHU__APP_ID 和 GENDAN_FEISHU__APP_SECRET",
    10014: "App Secret 不对：请在飞书开发者后台「凭证与基础信息」重新复制，改 GENDAN_FEISHU__APP_SECRET",
    19001: "群机器人的 webhook 地址无效，或机器人已被移除：请在群里重新添加，把新地址写进 webhook_env 所指的环境变量",
    19021: "群机器人开了签名校验，签名对不上：请在地址后面加上 ?secret=密钥，并核对服务器的时间",
    19022: "群机器人设了 IP 白名单，这台服务器不在里面：请在机器人设置里加上，或去掉白名单",
    19024: "群机器人设了自定义关键词，消息里没有：请在地址后面加上 ?keyword=关键词，或改用签名校验",
    230006: "应用没有开启机器人能力：请在飞书开发者后台「添加应用能力」里加上机器人，发布新版本",
    230027: "应用缺少发消息的权限：请在飞书开发者后台「权限管理」开通 im:message:send_as_bot，发布新版本",
    99991662: "应用已被停用：请在飞书管理后台「工作台 - 应用管理」启用",
    99991672: "应用缺少权限：请在飞书开发者后台「权限管理」开通文档里列出的权限，发布新版本",
}
MALFORMED = {
    11310: "飞书做不出这张卡片",
    100290: "卡片里 @ 的人不存在",
    200621: "飞书看不懂这张卡片",
    230001: "飞书说消息参数不合法",
    230099: "飞书做不出这张卡片",
}
NEVER = {
    230002: "机器人不在这个群里：请在群设置里添加机器人",
    230013: "这个人不在应用的可用范围内：请在飞书开发者后台扩大可用范围，发布新版本",
    230017: "机器人不是这条消息的主人",
    230011: "消息已被撤回",
    230018: "群设置不让机器人发言",
    230022: "飞书说消息里有敏感内容",
    230028: "消息没通过数据防泄漏审查：里面有明文电话或邮箱",
    230029: "这个人已离职",
    230031: "卡片发出超过 14 天，不能再更新",
    230034: "飞书里没有这个人或群，请核对员工表的 feishu_id 或群的 chat",
    230036: "租户的加密密钥已被删除",
    230038: "不能给别的企业的人发单聊消息",
    230075: "不能往密聊里发消息",
    230025: "消息内容过长",
    230035: "没有在这个群发言的权限",
    230053: "这个人关掉了机器人的消息",
    230054: "这种消息不能更新",
    230110: "消息已被删除",
    232009: "群已解散",
    99992351: "飞书里没有这个 open_id，请核对员工表的 feishu_id",
    99992352: "飞书里没有这个 user_id，请核对员工表的 feishu_id",
    99992353: "飞书里没有这个 union_id，请核对员工表的 feishu_id",
}


def code_of(answer: Answer) -> int:
    """The answer's code; robots of old wrote `StatusCode`. What has none is no success."""
    name = next((one for one in ("code", "StatusCode") if one in answer.document), "")
    return answer.code(name) if name else -1


def check(answer: Answer) -> None:
    """Raise what the answer means. What Feishu wrote beside the code is never shown: it may quote what was sent."""
    code = code_of(answer)
    if code == OK and answer.status < 400:
        return
    if code in SETTING:
        raise Misconfigured(f"{SETTING[code]}（{code}）")
    if code in MALFORMED:
        raise Malformed(f"{MALFORMED[code]}（{code}）")
    if code in NEVER:
        raise Undeliverable(f"{NEVER[code]}（{code}）")
    reason, after = BUSY.get(code, ("飞书返回了没见过的错误码", None))
    # Whoever says how long to wait knows best; an unknown code may pass, the attempts are counted.
    raise TryLater(f"{reason}（{code}）", answer.after or after)
