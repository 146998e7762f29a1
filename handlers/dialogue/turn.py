"""What one line of a conversation leads to."""

from dataclasses import dataclass

from handlers.dialogue.memory import Memory
from handlers.message import Reply
from handlers.understanding import Reading


@dataclass(frozen=True, slots=True)
class Turn:
    """What is said, and what is remembered from now on. `unread`: a person should look at the message.

    `answered` is the code of the request whose question the message answered; `said` are requests of its own.
    """

    reply: Reply
    memory: Memory
    unread: bool = False
    answered: str = ""
    said: tuple[Reading, ...] = ()
