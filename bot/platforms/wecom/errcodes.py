"""What WeCom's error codes mean for whoever sends. Pure.

Every answer is HTTP 200; the code decides, never the text.
https://developer.work.weixin.qq.com/document/path/90313
"""

import re
from datetime import timedelta

from domain.sending import Misconfigured, TryLater, Undeliverable

OK = 0
TOKEN_ENDED = frozenset({40014, 42001})
DUPLICATE_TASK = 42014  # a card with this task id was sent before: an earlier attempt got through

BUSY = {
    -1: ("企业微信忙", None),
    6000: ("企业微信忙，数据版本冲突", None),
    45009: ("接口调用太频繁", timedelta(seconds=60)),
    45033: ("接口并发太高", None),
}
SETTING = {
    40001: "应用的 Secret 不对：请在管理后台「应用管理」重新查看 Secret，改 GENDAN_WECOM__SECRET",
    40013: "企业 ID 不对：请在管理后台「我的企业」最下方核对，改 GENDAN_WECOM__CORP_ID",
    40056: "应用的 AgentId 不对：请核对 GENDAN_WECOM__AGENT_ID",
    40091: "应用的 Secret 不对：请核对 GENDAN_WECOM__SECRET",
    41011: "缺少 AgentId：请核对 GENDAN_WECOM__AGENT_ID",
    48002: "这个应用没有调用发消息接口的权限",
    301002: "Secret 与 AgentId 不是同一个应用的：请核对 GENDAN_WECOM__SECRET 和 GENDAN_WECOM__AGENT_ID",
    40050: "群的 chatid 不合法：请核对 company.yaml 里这个群的 chat",
    86001: "群的 chatid 不合法：请核对 company.yaml 里这个群的 chat",
    86003: "没有这个群：请核对 company.yaml 里这个群的 chat，或重新由应用建群",
    86008: "这个群不是本应用建的，应用不能在里面说话：请由应用建群，或改用群机器人、智能机器人",
    93000: "群机器人的 webhook 地址无效，或机器人已被移除：请在群里重新添加，把新地址写进 webhook_env 所指的环境变量",
    93004: "群机器人已被停用：请在群设置里启用",
    93008: "群机器人不在群里：请重新添加，把新地址写进 webhook_env 所指的环境变量",
}
NEVER = {
    40003: "企业微信里没有这个成员",
    40008: "消息类型不被接受",
    40009: "图片太大或不是图片",
    40031: "企业微信里没有这些成员",
    40033: "消息里有企业微信不接受的字符",
    40058: "消息参数不合法或过长",
    44004: "消息内容为空",
    45002: "消息内容过长",
    60011: "应用无权给这个成员发消息：成员不在应用的可见范围内",
    60111: "企业微信里没有这个成员",
    301019: "图片和它的校验值对不上",
    81013: "收件人无效，或都不在应用的可见范围内",
}
ADDRESS = re.compile(r"from ip:\s*([0-9a-fA-F.:]{2,45})")


def check(code: int, errmsg: str) -> None:
    """Raise what `code` means; `errmsg` is looked at for an address only, never shown."""
    if code == OK:
        return
    if code == 60020:
        raise Misconfigured(_not_trusted(errmsg))
    if code in SETTING:
        raise Misconfigured(f"{SETTING[code]}（{code}）")
    if code in NEVER:
        raise Undeliverable(f"{NEVER[code]}（{code}）")
    reason, after = BUSY.get(code, ("企业微信返回了没见过的错误码", None))
    raise TryLater(f"{reason}（{code}）", after)  # an unknown code may pass; the attempts are counted


def _not_trusted(errmsg: str) -> str:
    found = ADDRESS.search(errmsg)
    address = f" {found[1].rstrip('.:')} " if found else "这台服务器"
    return f"企业微信不接受来自{address}的请求：请在管理后台该应用的「企业可信IP」里加上它（60020）"
