"""Where something stands in a file: a line and a column, both counted from 1."""

from typing import NamedTuple


class Position(NamedTuple):
    """A place in a file; columns count Unicode code points."""

    line: int
    column: int


START = Position(1, 1)

FieldPath = tuple[str | int, ...]
"""The way from a document's root to a value: mapping keys and list indexes (from 0)."""
