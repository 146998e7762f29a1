"""What the contract of understanding names."""

import pytest

from handlers.understanding.reading import INTENTS


@pytest.fixture
def contract_intents() -> frozenset[str]:
    """Every intent that a line may have."""
    return INTENTS
