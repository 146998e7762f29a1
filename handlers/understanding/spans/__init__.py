"""The third stage: every stretch of a line that may mean something, the cheapest way through them, and items."""
