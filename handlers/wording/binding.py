"""Sentences about who somebody is on another platform, and where they want to be told."""

from collections.abc import Sequence

from domain.binding import CODE_LIVES, REQUEST_LIVES, Request, counts
from domain.catalogue import Staff
from domain.identity import BOUND_ON, Binding
from handlers.context import Context
from handlers.message import Button, Reply
from handlers.wording.binding_notices import account_name, decide
from handlers.wording.orders import name_of
from handlers.wording.platforms import platform_name
from handlers.wording.text import moment, plain

SHOWN_BUTTONS = 4
_MINUTES = int(CODE_LIVES.total_seconds() // 60)


def how() -> Reply:
    """To a stranger who wants to be known."""
    return Reply(
        f"在您已经能用的平台上私聊我说「绑定」拿一个 6 位码，{_MINUTES} 分钟内在这里发「绑定 483920」（换成您的码）；"
        "哪里都还不能用，就发「绑定 您的姓名」，由流程负责人确认。"
    )


def nowhere() -> Reply:
    """To a stranger where nothing can be bound."""
    return Reply("这里不能绑定。请在企业微信的应用、钉钉或飞书里私聊我说「绑定」。")


def from_elsewhere(platform: str) -> Reply:
    """A code that was given on this very platform: it would take away the account that is known here."""
    name = platform_name(platform)
    return Reply(
        f"这个码是在{name}上拿的：您在{name}上已经有能用的账号，一人一个，没有绑定。请到别的平台上发。"
    )


def only_alone() -> Reply:
    """To who says it in a group, where everybody would read the code."""
    return Reply("绑定请私聊我说，群里大家都看得到。")


def too_often() -> Reply:
    """To who has tried too often; whether the code was right is not said."""
    return Reply("试的次数太多了，这条没有看。请一小时后再试，或直接找流程负责人。")


def wrong_code() -> Reply:
    """The code is not one, or not any more."""
    return Reply(
        f"这个码不对，或者已经过期、用过了。请在原来的平台上再说一次「绑定」，拿新码后 {_MINUTES} 分钟内发来。"
    )


def too_many_wait() -> Reply:
    """Where a flood of requests waits already."""
    return Reply("等流程负责人确认的申请太多，这条没有记。请直接找流程负责人，或用「绑定」加 6 位码。")


def asked() -> Reply:
    """To a stranger who says who they are."""
    return Reply("好的，已请流程负责人确认。同意后我会告诉您，之后就能用了。")


def welcome(person: Staff, platform: str) -> Reply:
    """To who was a stranger a moment ago."""
    return Reply(
        f"✓ 绑定好了，{plain(person.name)}：以后您在{platform_name(platform)}上说的就算您的。"
        "通知默认发到您最后说话的地方，要固定就说「通知 钉钉」。",
        (Button("我的待办", "我的待办"),),
    )


def code(digits: str) -> Reply:
    """The code, shown once."""
    text = (
        f"您的绑定码：**{digits}**，{_MINUTES} 分钟内有效，只能用一次。请在另一个平台上私聊我，发「绑定 {digits}」。"
        "不要给别人：谁发了，谁就算您。"
    )
    return Reply(text, kept="绑定码只显示一次。没看到就再说一次「绑定」，旧码会作废。")


def known_already(ctx: Context) -> Reply:
    """To a colleague who types a code or a name where they are known."""
    return Reply(
        f"{plain(ctx.actor.name)}，这里已经认识您了，不用再绑定。要在别的平台上用，在这里说「绑定」拿码，到那边去发。"
    )


def no_request() -> Reply:
    """To a decision about nothing that waits."""
    days = REQUEST_LIVES.days
    return Reply(f"没有这个号的绑定申请：可能已经处理过，或者超过 {days} 天作废了。说「绑定列表」看现有的。")


def who_is_it(asked: Request, name: str) -> Reply:
    """The name fits nobody, or several."""
    said = plain(name or asked.claimed, 30)
    return Reply(
        f"在职员工里对不上「{said}」（没有，或者不止一位），还没有绑定。"
        f"请写明是谁，例如「同意绑定 {asked.number} 李娜」，同名的写员工编号。"
    )


def approved(binding: Binding, person: Staff) -> Reply:
    """To the process owner."""
    return Reply(
        f"✓ {account_name(binding.platform, binding.account)} 以后就是{plain(person.name)}，已告诉本人。"
        f"弄错了就说「解绑 {plain(person.name)} {platform_name(binding.platform)}」。"
    )


def rejected(asked: Request) -> Reply:
    """To the process owner."""
    return Reply(
        f"好的，没有同意：{account_name(asked.platform, asked.account)}（自称「{plain(asked.claimed, 30)}」）仍然不能用。"
    )


def listed(bindings: Sequence[Binding], requests: Sequence[Request], ctx: Context) -> Reply:
    """Who is bound to what, and who waits."""
    if not bindings and not requests:
        return Reply("没有绑定。员工表里写了账号的不用绑定；要在别的平台上用，说「绑定」拿码，到那边去发。")
    text = [f"**绑定 {len(bindings)} 个**", *(_row(binding, ctx) for binding in bindings)]
    if bindings:
        text.append(
            f"不对的就解绑，如「解绑 {platform_name(bindings[-1].platform)}」（自己的）、「解绑 李娜 飞书」。"
        )
    if requests:
        text += [f"**等确认的申请 {len(requests)} 个**", *(_waiting(one, ctx) for one in requests)]
    offers = [button for one in requests[:SHOWN_BUTTONS] for button in decide(one.number)]
    return Reply("\n".join(text), tuple(offers[:SHOWN_BUTTONS]))


def _row(binding: Binding, ctx: Context) -> str:
    at = moment(binding.at, ctx.company.calendar.zone)
    by = "本人用码" if binding.by == binding.person else f"{name_of(binding.by, ctx)} 同意"
    off = "" if counts(binding, ctx.company) else "，员工表另有规定，不起作用"
    who = name_of(binding.person, ctx)
    return f"- {who}＝{account_name(binding.platform, binding.account)}（{at} {by}{off}）"


def _waiting(asked: Request, ctx: Context) -> str:
    at = moment(asked.at, ctx.company.calendar.zone)
    account = account_name(asked.platform, asked.account)
    return f"- {asked.number}. {account} 自称「{plain(asked.claimed, 30)}」（{at}）"


def which_to_end(found: Sequence[Binding], person: Staff, ctx: Context) -> Reply:
    """Several are bound."""
    places = "、".join(account_name(one.platform, one.account) for one in found)
    example = platform_name(found[0].platform)
    name = "" if person == ctx.actor else f"{plain(person.name)} "
    return Reply(f"绑定的有：{places}。解绑哪个？例如「解绑 {name}{example}」。")


def nothing_bound(person: Staff) -> Reply:
    """There is nothing to end."""
    return Reply(f"{plain(person.name)}没有绑定过这样的账号，没有改动。说「绑定列表」看现有的。")


def in_the_table(person: Staff, platform: str) -> Reply:
    """The id is the company's own word."""
    return Reply(
        f"{plain(person.name)}的{platform_name(platform)}账号写在员工表里，不能在这里解绑。请流程负责人改 staff.csv。"
    )


def ended(binding: Binding, person: Staff) -> Reply:
    """It is over."""
    return Reply(
        f"✓ 已解绑：{account_name(binding.platform, binding.account)} 不再是{plain(person.name)}，从现在起在那边说话不算数。"
    )


def told_there(door: str) -> Reply:
    """Where notices go from now on."""
    if not door:
        return Reply("好的，通知发到您最后说话的地方；那边发不通，就换下一个。")
    return Reply(
        f"好的，以后通知先发{platform_name(door)}；那边发不通，就换下一个。要跟着您走就说「通知 自动」。",
        (Button("通知 自动", "通知 自动"),),
    )


def not_a_way(door: str, ctx: Context) -> Reply:
    """The company does not tell people there."""
    open_doors = [platform_name(one) for one in ctx.company.people_ways if one in BOUND_ON]
    can = f"可以选：{'、'.join(dict.fromkeys(open_doors))}。" if open_doors else ""
    return Reply(f"公司没有开{platform_name(door)}通知，没有改动。{can}")
