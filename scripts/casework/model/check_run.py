"""What is reported on a commit: the one check of a pull request, with its annotations."""

from typing import NamedTuple

NAME = "Casework"
"""The check's name: the one that branch protection requires."""


class Annotation(NamedTuple):
    """A finding beside the line that it is about. Plain text throughout."""

    path: str
    line: int
    column: int
    level: str
    """`failure`, `warning` or `notice`."""
    title: str
    message: str


class CheckRun(NamedTuple):
    """A completed check. Nothing that another run of the same state would not say as well."""

    head: str
    """The id of the commit that it is about."""
    passes: bool
    title: str
    """The verdict in a sentence of plain text."""
    summary: str
    """Markdown of at most 65,535 characters."""
    text: str
    """Details in Markdown, of at most 65,535 characters; may be empty."""
    annotations: tuple[Annotation, ...] = ()
