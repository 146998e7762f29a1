"""The app shows nothing that opens it."""

from tests.fakes.wecom_server import APP


def test_secrets_are_not_shown() -> None:
    for secret in (APP.secret, APP.token, APP.aes_key):
        assert secret not in repr(APP)
