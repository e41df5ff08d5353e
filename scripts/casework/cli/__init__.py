"""One module per command; the only reader of clock, environment and terminal."""
