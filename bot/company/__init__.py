"""A company is a folder: reading it, finding every mistake in it, and moving tables in and out."""
