"""The console: a chat of our own for the demo, on loopback only, for the page, scripts and the terminal."""
