"""Casework: promotion cases as pull requests."""

__version__ = "0.1.0"
