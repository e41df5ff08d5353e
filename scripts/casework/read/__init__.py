"""Bytes of a working tree or a revision become model values."""
