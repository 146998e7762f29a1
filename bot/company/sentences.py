"""Every sentence about a mistake in a company folder: code -> (Chinese, English)."""

from collections.abc import Mapping

from bot.company.sentences_files import CELLS, FILES, SHAPE
from bot.company.sentences_flow import FLOW
from bot.company.sentences_rules import CHANGES, REFERENCES

SENTENCES: Mapping[str, tuple[str, str]] = {**FILES, **SHAPE, **CELLS, **REFERENCES, **FLOW, **CHANGES}
