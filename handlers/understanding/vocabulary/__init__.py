"""What the catalogue and the language teach: names and their sounds, sizes, options, units, common words."""
