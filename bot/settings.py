"""What the environment says: the only module that reads it."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "GENDAN_"
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+asyncpg", "postgresql": "postgresql+asyncpg"}


class WrongSettings(Exception):
    """Something in the environment cannot be; each line names the variable and says why."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def _database_url(url: str) -> str:
    scheme, mark, rest = url.partition("://")
    scheme = DRIVERS.get(scheme, scheme)
    if not mark or scheme not in DRIVERS.values():
        raise ValueError("must begin with sqlite+aiosqlite:// or postgresql+asyncpg://")
    if scheme == DRIVERS["sqlite"]:
        if rest.partition("?")[0] in ("", "/", "/:memory:"):
            raise ValueError(
                "must name a file: sqlite+aiosqlite:///PATH, or four slashes for a path from the root"
            )
    else:
        _check_address(url)
    return f"{scheme}://{rest}"


def _check_address(url: str) -> None:
    try:
        urlsplit(url).port  # noqa: B018 - raises where there is no sound one
    except ValueError:
        # Its own words quote what stands there, which may be a part of the password.
        raise ValueError(
            "is no address: ports are numbers up to 65535; write / in a password as %2F, @ as %40, : as %3A"
        ) from None


def _redis_url(url: SecretStr) -> SecretStr:
    if not url.get_secret_value().startswith(("redis://", "rediss://", "unix://")):
        raise ValueError("must begin with redis://, rediss:// or unix://")
    _check_address(url.get_secret_value())
    return url


def _aes_key(key: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9]{43}", key.get_secret_value()):
        raise ValueError("must be the 43 letters and digits that the platform's console shows")
    return key


def _http_base(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        raise ValueError("must begin with https:// or http://")
    return url.rstrip("/")


def _socket(url: str) -> str:
    if not url.startswith(("wss://", "ws://")):
        raise ValueError("must begin with wss:// or ws://")
    return url.rstrip("/")


def _http_base_or_none(url: str) -> str:
    return _http_base(url) if url else url


class WeComSettings(BaseModel):
    """A self-built app of WeCom. Group robots need none of it: their address is in `company.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    corp_id: str = Field(min_length=1)
    agent_id: int
    secret: SecretStr = Field(min_length=1)
    token: SecretStr = Field(min_length=1)
    aes_key: Annotated[SecretStr, AfterValidator(_aes_key)]
    api_base: Annotated[str, AfterValidator(_http_base)] = "https://qyapi.weixin.qq.com"
    reply_cards: bool = False


class WeComBotSettings(BaseModel):
    """An AI bot of WeCom (智能机器人): by callbacks with `token` and `aes_key`, or by long connection with `secret`."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    bot_id: str = Field(min_length=1)
    name: str = ""
    mode: Literal["http", "socket"] = "socket"
    secret: SecretStr | None = None
    token: SecretStr | None = None
    aes_key: Annotated[SecretStr, AfterValidator(_aes_key)] | None = None
    socket_url: Annotated[str, AfterValidator(_socket)] = "wss://openws.work.weixin.qq.com"
    api_base: Annotated[str, AfterValidator(_http_base)] = "https://qyapi.weixin.qq.com"

    @model_validator(mode="after")
    def _complete(self) -> Self:
        lacking = (
            ["secret"] if self.mode == "socket" and self.secret is None
            else [name for name in ("token", "aes_key") if self.mode == "http" and getattr(self, name) is None]
        )  # fmt: skip
        if lacking:
            raise ValueError(f"mode {self.mode} needs {' and '.join(lacking)}")
        return self


class DingTalkSettings(BaseModel):
    """An app of DingTalk with a robot. Custom robots of groups need none of it."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    app_key: str = Field(min_length=1)
    app_secret: SecretStr = Field(min_length=1)
    robot_code: str = ""
    mode: Literal["http", "stream"] = "stream"
    card_template: str = ""
    public_url: Annotated[str, AfterValidator(_http_base_or_none)] = ""
    api_base: Annotated[str, AfterValidator(_http_base)] = "https://api.dingtalk.com"
    oapi_base: Annotated[str, AfterValidator(_http_base)] = "https://oapi.dingtalk.com"

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.mode == "http" and self.card_template and not self.public_url:
            raise ValueError(
                "mode http with card_template needs public_url: presses on cards come to an address"
            )
        return self

    @property
    def robot(self) -> str:
        """The robot's code; that of an app's robot is the app's key."""
        return self.robot_code or self.app_key


class FeishuSettings(BaseModel):
    """A self-built app of Feishu with a bot: by long connection, or by events with `encrypt_key`."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    app_id: str = Field(min_length=1)
    app_secret: SecretStr = Field(min_length=1)
    mode: Literal["http", "socket"] = "socket"
    encrypt_key: SecretStr | None = None
    verification_token: SecretStr | None = None
    api_base: Annotated[str, AfterValidator(_http_base)] = "https://open.feishu.cn"

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.mode == "http" and self.encrypt_key is None:
            raise ValueError("mode http needs encrypt_key: without it anybody could speak as the platform")
        return self


class Settings(BaseSettings):
    """Everything that differs between two machines running the same company."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_ignore_empty=True,
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    database_url: Annotated[str, AfterValidator(_database_url)] = Field(
        default="sqlite+aiosqlite:///gendan-data/gendan.db", repr=False
    )
    redis_url: Annotated[SecretStr, AfterValidator(_redis_url)] | None = None
    company: Path | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    wecom: WeComSettings | None = None
    wecom_bot: WeComBotSettings | None = None
    dingtalk: DingTalkSettings | None = None
    feishu: FeishuSettings | None = None

    @property
    def embedded(self) -> bool:
        """True for a database file, which is brought to the newest schema without being asked."""
        return self.database_url.startswith("sqlite")

    @property
    def database_file(self) -> Path | None:
        """Where that file lies."""
        path = self.database_url.partition("://")[2].partition("?")[0].removeprefix("/")
        return Path(path) if self.embedded else None


def read_settings() -> Settings:
    """What the environment says, or `WrongSettings` naming every variable that cannot be."""
    try:
        return Settings()
    except ValidationError as error:
        raise WrongSettings(
            tuple(_line(tuple(fault["loc"]), fault["msg"]) for fault in error.errors())
        ) from None


def _line(place: tuple[int | str, ...], reason: str) -> str:
    return f"{variable(*map(str, place))}: {reason.removeprefix('Value error, ')}"


def variable(*place: str) -> str:
    """The name of the variable that sets this field."""
    return PREFIX + "__".join(part.upper() for part in place)


def environment() -> Mapping[str, str]:
    """All of it: which variables hold the addresses of group robots stands in the company's rules."""
    return dict(os.environ)
