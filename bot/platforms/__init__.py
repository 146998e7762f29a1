"""The doors: one package for each platform."""
