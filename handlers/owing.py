"""Replies that the outbox brings: where to, and as which notice."""

from dataclasses import replace

from domain.facts import Notice
from domain.notices import REPLY
from handlers.message import Message, Reply


def chat(platform: str, place: str) -> str:
    """A platform's own chat as a destination, whether or not the company has a name for it."""
    return f"chat:{platform}:{place}"


def alone(person: str) -> str:
    """A colleague as a destination, at the first door they have."""
    return f"user:{person}"


def where_asked(message: Message, asker: str) -> str:
    """The chat in which a message was said, as far as its platform can be answered there late; else its sender."""
    return chat(message.key.platform, message.chat) if message.chat else alone(asker)


def privately(message: Message, asker: str) -> str:
    """As `where_asked`, but what was said in a group is answered to its sender alone."""
    return alone(asker) if message.place else where_asked(message, asker)


def owed(reply: Reply, to: str, asker: str) -> Notice:
    """The notice that carries a reply.

    Urgent: whoever asks is there, whatever the time, and whatever they do not want to hear just now.
    """
    # A secret that is shown once goes with the notice: there is no other way to say it.
    facts = replace(reply, kept="").document()
    return Notice(REPLY, to, reply.order, lane="urgent", facts={**facts, "asker": asker})
