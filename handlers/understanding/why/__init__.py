"""Beside the stages: why a line was read as it was, told from what each stage left at its border."""
