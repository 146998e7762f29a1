"""The self-built app as its console page shows it."""

from dataclasses import dataclass, field

API_BASE = "https://qyapi.weixin.qq.com"


@dataclass(frozen=True, slots=True)
class WecomApp:
    """What names and opens the app. The secret ones are never shown, not even by accident.

    With `reply_cards` a reply that offers buttons comes as a card with real ones. Cards are pushed, never an
    answer to a message: such a reply needs the server API and comes a moment later.
    """

    corp_id: str
    agent_id: int
    secret: str = field(repr=False)
    token: str = field(repr=False)
    aes_key: str = field(repr=False)
    api_base: str = API_BASE
    reply_cards: bool = False

    @property
    def name(self) -> str:
        """The app's part of a message key: a message id is unique within one app only."""
        return f"{self.corp_id}/{self.agent_id}"
