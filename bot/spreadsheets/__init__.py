"""Files with tables in them, read into pages of words, in a process that is given up when they are hostile."""
