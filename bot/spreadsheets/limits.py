"""How much of a table is read."""

MOST_ROWS = 5_000
"""Rows with something in them, on all pages that are read."""
FARTHEST_ROW = 20_000
FARTHEST_COLUMN = 200
LONGEST_CELL = 300
MOST_WORDS = 4_000_000
"""Characters altogether."""
MOST_UNPACKED = 64 * 1024 * 1024

MEMORY = 768 * 1024 * 1024
"""Bytes of address space for reading one file."""
CPU_S = 15
PATIENCE_S = 20.0
"""So long reading may take altogether."""
