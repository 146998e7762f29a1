"""What a draft takes for granted because it was chosen before, in words, and how to choose anew."""

from collections.abc import Iterator

from handlers.asking import Assumed, Pending
from handlers.context import Context
from handlers.message import Button
from handlers.wording.entries import entry_name, short_name
from handlers.wording.text import plain

SHOWN = 4
WORD = 20


def sentences(pending: Pending, ctx: Context) -> Iterator[str]:
    """Each word that nobody was asked about: `“可乐” 按您上两次的选择＝可乐330ml罐装`."""
    for one in _held(pending):
        name = plain(entry_name(one.kind, one.code, ctx))
        yield f"“{plain(one.word, WORD)}” 按{_whose(one, pending, ctx)}的选择＝{name}，不对就说「{_again(one)}」"


def buttons(pending: Pending) -> list[Button]:
    """To be asked after all."""
    return [Button(_again(one), _again(one)) for one in _held(pending)[:SHOWN]]


def _held(pending: Pending) -> list[Assumed]:
    """One for each word that still stands for what the draft has."""
    held = {(one.kind, one.word): one for one in pending.assumed if one.holds(pending.reading)}
    return list(held.values())


def _whose(one: Assumed, pending: Pending, ctx: Context) -> str:
    if one.own:
        return "您上两次"
    customer = ctx.company.catalogue.customers.get(pending.reading.slots.customer or "")
    return f"{plain(short_name(customer), 10) if customer else '这家'}前两次"


def _again(one: Assumed) -> str:
    return f"另选 {plain(one.word, WORD)}"
