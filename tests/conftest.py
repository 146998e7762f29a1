"""What holds for every test."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytest_plugins = ["tests.services.fixtures", "tests.world"]

UNIT = Path(__file__).parent / "unit"
LOOPBACK = ["127.0.0.1", "::1"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Unit tests get no socket; the others reach this machine and the servers they were given."""
    given = [os.environ.get(name, "") for name in ("GENDAN_TEST_DATABASE_URL", "GENDAN_TEST_REDIS_URL")]
    hosts = [*LOOPBACK, *(host for url in given if (host := urlsplit(url).hostname))]
    for item in items:
        unit = item.path.is_relative_to(UNIT)
        item.add_marker(pytest.mark.disable_socket if unit else pytest.mark.allow_hosts(hosts))
