"""`python -m casework`."""

from casework.cli.main import run

run()
