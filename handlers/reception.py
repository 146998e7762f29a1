"""Somebody the company does not know: who wants to be bound is heard, everybody else is told how."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from domain.act import Act
from domain.binding import (
    DIGITS,
    LONGEST_CLAIM,
    TRIES,
    Account,
    Request,
    bind,
    claimed,
    matching,
)
from domain.company import Company
from domain.errors import DomainError
from domain.facts import Notice
from domain.identity import BOUND_ON
from domain.people import overseers
from domain.ports import Todo, UnitOfWork
from handlers.identity import left
from handlers.message import Message, Reply
from handlers.wording import binding as words
from handlers.wording import binding_notices as notices
from handlers.wording import general
from handlers.wording.refusals import refusal

BIND = re.compile(r"/?绑定(?:码)?[\s:：,，]*(?P<what>.*)", re.DOTALL)
TYPED = re.compile(r"(?<=绑定)([\s码:：,，]*)[\d\s]+")
Met = tuple[Reply, str]
"""The answer, and who it turned out to be: empty for a stranger still."""


def without_code(text: str) -> str:
    """A line as it is kept: a code that was typed is not for whoever reads it later."""
    return TYPED.sub(r"\1******", unicodedata.normalize("NFKC", text)) if "绑定" in text else text


@dataclass(frozen=True, slots=True)
class Reception:
    """One message of a stranger, with all it needs at hand."""

    message: Message
    company: Company
    now: datetime
    uow: UnitOfWork

    async def receive(self) -> Met:
        """Answer: to who left, to who wants to be bound, to anybody else."""
        who = left(self.message, self.company)
        if who is not None:
            await self._todo("left")
            return general.left(), ""
        line = unicodedata.normalize("NFKC", self.message.text).strip()
        said = BIND.fullmatch(line) if self.message.kind == "text" else None
        if said is None:
            await self._todo("stranger")
            return general.stranger(), ""
        return await self._bind(said["what"].strip("。.!！ "))

    async def _bind(self, what: str) -> Met:
        if self.message.key.platform not in BOUND_ON:
            return words.nowhere(), ""
        if not what:
            return words.how(), ""
        if self.message.place:
            return words.only_alone(), ""
        if await self.uow.bindings.attempt(self._account, self.now) > TRIES:
            return words.too_often(), ""
        digits = "".join(what.split())
        if digits.isascii() and digits.isdigit():
            return await self._redeem(digits)
        return await self._ask(what), ""

    async def _redeem(self, digits: str) -> Met:
        """Use a code up, or count it as wrong; the answer does not say what was wrong with it."""
        code = matching(await self.uow.bindings.codes(self.now), digits) if len(digits) == DIGITS else None
        person = self.company.staff(code.person) if code else None
        if code is not None and code.platform == self._account.platform:
            return words.from_elsewhere(code.platform), ""
        if code is None or person is None or not person.active or not await self.uow.bindings.spend(code):
            await self.uow.bindings.missed(self.now)
            return words.wrong_code(), ""
        act = Act(person, self.now, self.company, str(self.message.key))
        try:
            change = bind(self._account, person, act)
        except DomainError as error:
            return Reply(refusal(error)), ""
        await self.uow.bindings.keep(change)
        facts = notices.bound_facts(change.binding, self.company)
        await self.uow.tell(
            (Notice("bound", f"user:{person.user_id}", facts=facts),), self.now, str(self.message.key)
        )
        return words.welcome(person, self._account.platform), person.user_id

    async def _ask(self, name: str) -> Reply:
        """Let the process owner decide; the stranger does not learn whether there is anybody of that name."""
        account, source = self._account, str(self.message.key)
        if len(name) > LONGEST_CLAIM:
            return words.how()
        number = await self.uow.bindings.ask(
            Request(account.platform, account.id, account.written or account.id, name, self.now, source)
        )
        if number is None:
            return words.too_many_wait()
        person = claimed(name, self.company)
        facts = notices.asked_facts(number, account, name, person)
        owners = overseers(self.company)
        await self.uow.tell(
            [Notice("binding_asked", f"user:{one.user_id}", lane="urgent", facts=facts) for one in owners],
            self.now,
            source,
        )
        return words.asked()

    @property
    def _account(self) -> Account:
        message = self.message
        return Account(message.key.platform, message.sender.lower(), message.also_known, message.as_written)

    async def _todo(self, kind: str) -> None:
        """One line on the process owner's list."""
        message = self.message
        who = f"{message.key.platform}:{message.sender}"
        await self.uow.todo(Todo(kind, self.now, without_code(message.words)[:200], who, str(message.key)))
