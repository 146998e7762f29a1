import os
from pathlib import Path

import pytest

from bot.settings import WrongSettings, read_settings

WECOM = {
    "GENDAN_WECOM__CORP_ID": "ww0000000000000001",
    "GENDAN_WECOM__AGENT_ID": "1000002",
    "GENDAN_WECOM__SECRET": "open-sesame",
    "GENDAN_WECOM__TOKEN": "tok-en",
    "GENDAN_WECOM__AES_KEY": "a1B2" * 10 + "c3D",
}
FEISHU = {"GENDAN_FEISHU__APP_ID": "cli_1", "GENDAN_FEISHU__APP_SECRET": "open-sesame"}


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch):
    for name in list(os.environ):
        if name.startswith("GENDAN_"):
            monkeypatch.delenv(name)


def _set(monkeypatch, **variables):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


def test_without_anything_it_runs_on_a_file_of_this_machine():
    settings = read_settings()

    assert settings.database_url == "sqlite+aiosqlite:///gendan-data/gendan.db"
    assert settings.embedded
    assert settings.database_file == Path("gendan-data/gendan.db")
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.wecom is None
    assert settings.redis_url is None


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_a_postgresql_address_is_taken_as_people_write_it(monkeypatch, scheme):
    _set(monkeypatch, GENDAN_DATABASE_URL=f"{scheme}://u:p@db/gendan")

    settings = read_settings()

    assert settings.database_url == "postgresql+asyncpg://u:p@db/gendan"
    assert not settings.embedded
    assert settings.database_file is None


def test_wecom_is_read_from_its_own_variables(monkeypatch):
    _set(monkeypatch, **WECOM, GENDAN_WECOM__API_BASE="http://127.0.0.1:9/")

    wecom = read_settings().wecom

    assert wecom is not None
    assert (wecom.corp_id, wecom.agent_id, wecom.api_base) == (
        "ww0000000000000001",
        1000002,
        "http://127.0.0.1:9",
    )
    assert wecom.secret.get_secret_value() == "open-sesame"


def test_the_ai_bot_wants_what_its_mode_needs(monkeypatch):
    bot = {"GENDAN_WECOM_BOT__BOT_ID": "aib-1", "GENDAN_WECOM_BOT__SECRET": "open-sesame"}
    _set(monkeypatch, **bot)

    said = read_settings().wecom_bot

    assert said is not None
    assert (said.mode, said.socket_url) == ("socket", "wss://openws.work.weixin.qq.com")
    assert "open-sesame" not in repr(said)
    for name, value, lacks in (
        ("GENDAN_WECOM_BOT__MODE", "http", "token and aes_key"),
        ("GENDAN_WECOM_BOT__SECRET", "", "secret"),
        ("GENDAN_WECOM_BOT__SOCKET_URL", "https://openws.work.weixin.qq.com", "wss://"),
        ("GENDAN_WECOM_BOT__AES_KEY", "short", "43"),
    ):
        _set(monkeypatch, **{**bot, name: value})
        with pytest.raises(WrongSettings, match=lacks):
            read_settings()
        monkeypatch.delenv(name)


def test_an_empty_variable_counts_as_not_set(monkeypatch):
    _set(monkeypatch, GENDAN_PORT="", GENDAN_REDIS_URL="")

    assert read_settings().port == 8080


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GENDAN_PORT", "eighty"),
        ("GENDAN_PORT", "70000"),
        ("GENDAN_DATABASE_URL", "mysql://db/gendan"),
        ("GENDAN_DATABASE_URL", "gendan.db"),
        ("GENDAN_DATABASE_URL", "sqlite:///?mode=ro"),
        ("GENDAN_DATABASE_URL", "sqlite+aiosqlite:///:memory:"),
        ("GENDAN_DATABASE_URL", "postgresql://u:pass-word@db:port/gendan"),
        ("GENDAN_DATABASE_URL", "postgresql://u:pass/word@db/gendan"),
        ("GENDAN_DATABASE_URL", "postgresql://u:pass-word@[::1/gendan"),
        ("GENDAN_REDIS_URL", "http://cache"),
        ("GENDAN_REDIS_URL", "redis://:pass-word@cache:99999/0"),
        ("GENDAN_WECOM__AES_KEY", "too-short"),
        ("GENDAN_WECOM__AGENT_ID", "agent"),
        ("GENDAN_WECOM__API_BASE", "qyapi.weixin.qq.com"),
        ("GENDAN_WECOM__SECERT", "a slip of the pen"),
    ],
)
def test_a_wrong_variable_is_named_with_a_reason_and_without_its_value(monkeypatch, name, value):
    _set(monkeypatch, **{**WECOM, name: value})

    with pytest.raises(WrongSettings) as wrong:
        read_settings()

    [line] = wrong.value.lines
    assert line.startswith(f"{name}: ")
    for part in (value, "pass", "word@"):
        assert part not in line.removeprefix(name).replace("password", "")


def test_every_missing_variable_of_an_app_is_named(monkeypatch):
    _set(monkeypatch, GENDAN_WECOM__CORP_ID="ww0000000000000001")

    with pytest.raises(WrongSettings) as wrong:
        read_settings()

    assert [line.partition(":")[0] for line in wrong.value.lines] == list(WECOM)[1:]


def test_secrets_are_not_shown(monkeypatch):
    _set(monkeypatch, **WECOM, GENDAN_DATABASE_URL="postgresql://u:pass-word@db/g")

    shown = repr(read_settings())

    for secret in ("open-sesame", "tok-en", "a1B2", "pass-word"):
        assert secret not in shown


DINGTALK = {"GENDAN_DINGTALK__APP_KEY": "dingkey", "GENDAN_DINGTALK__APP_SECRET": "open-sesame"}


def test_dingtalk_needs_a_key_and_a_secret_only(monkeypatch):
    _set(monkeypatch, **DINGTALK)

    dingtalk = read_settings().dingtalk

    assert dingtalk is not None
    assert (dingtalk.mode, dingtalk.robot, dingtalk.card_template) == ("stream", "dingkey", "")
    assert "open-sesame" not in repr(dingtalk)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"MODE": "socket"}, "GENDAN_DINGTALK__MODE"),
        ({"MODE": "http", "CARD_TEMPLATE": "t.schema"}, "public_url"),
        ({"PUBLIC_URL": "orders.example.com"}, "must begin with"),
    ],
)
def test_what_cannot_be_of_dingtalk_is_said(monkeypatch, more, why):
    _set(monkeypatch, **DINGTALK, **{f"GENDAN_DINGTALK__{name}": value for name, value in more.items()})

    with pytest.raises(WrongSettings, match=why):
        read_settings()


def test_feishu_needs_no_key_by_long_connection_and_one_by_http(monkeypatch):
    _set(monkeypatch, **FEISHU)
    said = read_settings().feishu
    assert said is not None
    assert (said.mode, said.api_base) == ("socket", "https://open.feishu.cn")
    assert "open-sesame" not in repr(said)

    _set(monkeypatch, **FEISHU, GENDAN_FEISHU__MODE="http")
    with pytest.raises(WrongSettings, match="encrypt_key"):
        read_settings()

    _set(monkeypatch, **FEISHU, GENDAN_FEISHU__MODE="http", GENDAN_FEISHU__ENCRYPT_KEY="k")
    assert read_settings().feishu is not None
