"""The self-built app as Feishu's developer console shows it."""

from dataclasses import dataclass, field

API_BASE = "https://open.feishu.cn"
PLATFORM = "feishu"


@dataclass(frozen=True, slots=True)
class FeishuApp:
    """What names and opens the app. The secret ones are never shown, not even by accident."""

    app_id: str
    app_secret: str = field(repr=False)
    encrypt_key: str = field(default="", repr=False)
    verification_token: str = field(default="", repr=False)
    api_base: str = API_BASE
