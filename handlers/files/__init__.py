"""Files that people send: kept with their message, read later, and answered row by row."""
