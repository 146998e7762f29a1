"""What the process owner and whom it is about are told of bindings."""

from collections.abc import Mapping, Sequence

from domain.binding import Account
from domain.catalogue import Staff
from domain.company import Company
from domain.identity import Binding
from handlers.message import Button
from handlers.wording.platforms import platform_name
from handlers.wording.text import plain


def asked_facts(number: int, account: Account, name: str, person: Staff | None) -> Mapping[str, object]:
    """Who wants to be bound, for the process owner."""
    return {
        "request": number,
        "platform": account.platform,
        "account": account.id,
        "claimed": name,
        "person": f"{person.name}，{person.department}" if person else "",
    }


def bound_facts(binding: Binding, company: Company) -> Mapping[str, object]:
    """What was bound, for whom it is about."""
    person, by = company.staff(binding.person), company.staff(binding.by)
    return {
        "platform": binding.platform,
        "account": binding.account,
        "who": person.name if person else binding.person,
        "by": by.name if by else binding.by,
    }


def asked_lines(facts: Mapping[str, object]) -> Sequence[str]:
    """To the process owner: ask before saying yes."""
    number, name = facts["request"], plain(str(facts["claimed"]), 30)
    account = account_name(str(facts["platform"]), str(facts["account"]))
    known = (
        f"对得上：{plain(str(facts['person']), 60)}" if facts.get("person") else "在职员工里对不上这个名字"
    )
    return [
        f"{account} 自称「{name}」（{known}）。",
        f"先当面或打电话问清是不是本人。是就回「同意绑定 {number}」，不是就回「拒绝绑定 {number}」。",
    ]


def bound_lines(facts: Mapping[str, object]) -> Sequence[str]:
    """To whom it is about: how to take it back where it was not them."""
    platform = platform_name(str(facts["platform"]))
    account = account_name(str(facts["platform"]), str(facts["account"]))
    return [
        f"{account} 以后就是{plain(str(facts['who']))}，在那边也能下单、查单、审核。",
        f"不是您本人绑的，马上回「解绑 {platform}」，并告诉流程负责人。",
    ]


def unbound_lines(facts: Mapping[str, object]) -> Sequence[str]:
    """To who lost an id."""
    account = account_name(str(facts["platform"]), str(facts["account"]))
    return [f"{plain(str(facts['by']))} 把{account} 解绑了，以后在那边说话不算您的。要用请再绑定。"]


def asked_buttons(facts: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Yes and no, as buttons."""
    return tuple((button.label, button.say) for button in decide(int(str(facts["request"]))))


def decide(number: int) -> tuple[Button, Button]:
    """Yes and no to a request."""
    return Button(f"同意绑定 {number}", f"同意绑定 {number}"), Button(
        f"拒绝绑定 {number}", f"拒绝绑定 {number}"
    )


def account_name(platform: str, account: str) -> str:
    """`飞书账号 ou_1`."""
    return f"{platform_name(platform)}账号 {plain(account, 64)}"
