"""Talking until a request is clear: drafts, questions, corrections, yes and no."""
