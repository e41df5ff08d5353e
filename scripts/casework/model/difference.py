"""What differs between two states of a case, in the words that people use for it."""

from typing import NamedTuple


class Changes(NamedTuple):
    """All that differs from an earlier state."""

    since: str
    """The commit of the earlier state."""
