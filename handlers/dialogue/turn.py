"""What one line of a conversation leads to."""

from dataclasses import dataclass

from handlers.dialogue.memory import Memory
from handlers.message import Reply


@dataclass(frozen=True, slots=True)
class Turn:
    """What is said, and what is remembered from now on. `unread`: a person should look at the message."""

    reply: Reply
    memory: Memory
    unread: bool = False
