"""Servers of our own that behave like the platforms; each fake lives here once."""
