"""Sentences about no order: strangers, what cannot be read, what went wrong."""

from dataclasses import replace

from handlers.context import Context
from handlers.message import Reply
from handlers.wording.help import examples, help_for
from handlers.wording.text import plain

KINDS = {
    "image": "图片",
    "voice": "语音",
    "video": "视频",
    "location": "位置",
    "link": "链接",
    "file": "文件",
}


def stranger() -> Reply:
    """To somebody the company does not know."""
    return Reply(
        "您好，我还不认识您。已经告诉流程负责人，等把您加进员工名单后就能用了；本来就是同事的，说「绑定」看怎么认。"
    )


def left() -> Reply:
    """To somebody who is no colleague any more."""
    return Reply("您在员工名单里已经离职，这里不能再用了。有疑问请找流程负责人。")


def not_text(kind: str, ctx: Context) -> Reply:
    """To what is not text: pictures and the like get one sentence, entering the chat gets help, the rest nothing."""
    if kind == "event:enter_chat":
        return welcome(ctx)
    if kind in {"event:subscribe", "event:enter_agent"}:
        return help_for(ctx) if kind == "event:subscribe" else Reply("")
    if kind.startswith("event:"):
        return Reply("")
    return Reply(
        f"我还看不懂{KINDS.get(kind, '这种消息')}，请打字告诉我，例如：人民路华联 罐装可乐20箱 明天上午送。"
    )


def welcome(ctx: Context) -> Reply:
    """To whoever opens the chat for the first time that day."""
    return Reply(
        f"{plain(ctx.actor.name)}，您好。直接打字就能开单、查单、审核，例如：{examples(ctx)}。想看全部说「帮助」。"
    )


def busy() -> Reply:
    """When somebody else wrote first, twice."""
    return Reply("刚才有人同时在改这张单，您这一步没有生效。请看一下最新情况再说一遍。")


def failed() -> Reply:
    """When we made a mistake."""
    return Reply(
        "这条没办成，是系统出了问题，没有改动任何数据。原话已记下并转给流程负责人，您也可以稍后再发一次。"
    )


def expired(reply: Reply) -> Reply:
    """In front of an answer when a draft ran out before."""
    return replace(reply, text=f"（之前没确认的草稿已过期，没有下单。）\n{reply.text}")
