"""Charts as pictures: plain data in, one PNG out; nothing is fetched, nothing is kept."""
