"""The app as its console page shows it."""

import hashlib
import hmac
from dataclasses import dataclass, field

API_BASE = "https://api.dingtalk.com"
OAPI_BASE = "https://oapi.dingtalk.com"


@dataclass(frozen=True, slots=True)
class DingTalkApp:
    """What names and opens the app. The secret is never shown, not even by accident.

    With a `card_template` (docs/dingtalk-card.md) what offers something comes as a card with real buttons. Their
    presses come back by Stream, or with a `public_url` to an address below it.
    """

    app_key: str
    app_secret: str = field(repr=False)
    robot: str
    card_template: str = ""
    public_url: str = ""
    api_base: str = API_BASE
    oapi_base: str = OAPI_BASE

    @property
    def name(self) -> str:
        """The app's part of a message key."""
        return self.app_key

    @property
    def card_secret(self) -> str:
        """What DingTalk signs the presses on cards with: we tell it, so it can follow from what both know."""
        return hmac.new(self.app_secret.encode(), b"gendan cards", hashlib.sha256).hexdigest()[:32]

    @property
    def card_route(self) -> str:
        """The name under which DingTalk knows where presses go."""
        return f"gendan-{hashlib.sha256(self.public_url.encode()).hexdigest()[:16]}"
