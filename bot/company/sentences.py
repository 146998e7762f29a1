"""Every sentence about a mistake in a company folder: code -> (Chinese, English)."""

from collections.abc import Mapping

SENTENCES: Mapping[str, tuple[str, str]] = {}
