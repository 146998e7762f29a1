"""What delivery says of itself: an order that moved on meanwhile, a way that is blocked, whom a notice did not reach."""

from collections.abc import Sequence
from typing import cast

from domain.company import Company
from handlers.wording.notice_lines import Facts, said
from handlers.wording.text import plain

WAYS = {
    "console": "演示页面",
    "wecom": "企业微信应用",
    "wecom-robot": "企业微信群机器人",
    "wecom-appchat": "企业微信应用群",
    "wecom-bot": "企业微信智能机器人",
    "dingtalk": "钉钉",
    "dingtalk-robot": "钉钉群机器人",
    "dingtalk-group": "钉钉群",
    "feishu": "飞书",
    "feishu-robot": "飞书群机器人",
    "feishu-chat": "飞书群",
}


def moved_on(facts: Facts) -> Sequence[str]:
    """In place of what was to be said: it is settled, and where the order stands."""
    owner = said(facts, "owner")
    where = f"现在「{said(facts, 'step_name')}」{f'，在 {owner} 手上' if owner else ''}"
    return [f"通知发出前单子已经往下走了：{where}。上一步不用再办。"]


def way_blocked(facts: Facts) -> Sequence[str]:
    """To the process owner, once: what is wrong, and what happens meanwhile."""
    return [
        f"{_where(facts)}：{said(facts, 'reason')}",
        "加急的先走别的路，其他的留着；会隔一阵自己再试，通了会告诉您。",
    ]


def way_free(facts: Facts) -> Sequence[str]:
    """To the process owner, once."""
    return [f"{_where(facts)}，从 {said(facts, 'since')} 起积下的通知已经接着发了。"]


def detoured(facts: Facts, company: Company) -> str:
    """Whom it was meant for and did not reach; empty where it goes its own way."""
    names = [place_name(str(to), company) for to in cast("Sequence[object]", facts.get("instead_of") or ())]
    return f"（{'、'.join(names)}没发通，转给您）" if names else ""


def place_name(to: str, company: Company) -> str:
    """`group:warehouse` and `user:lina` as people call them."""
    kind, _, key = to.partition(":")
    if kind == "group":
        return plain(company.groups[key].name if key in company.groups else key)
    person = company.staff(key)
    return plain(person.name if person else key)


def _where(facts: Facts) -> str:
    way = str(facts.get("way") or "")
    return f"{said(facts, 'place')}（{WAYS.get(way, plain(way))}）"
