"""The bytes of a file, or what stood in the way of reading them."""

from enum import StrEnum
from typing import NamedTuple


class Obstacle(StrEnum):
    """Why there are no bytes to read at a path."""

    ABSENT = "absent"
    SYMLINK = "symlink"
    DIRECTORY = "directory"
    SUBMODULE = "submodule"
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"


class Blob(NamedTuple):
    """A path from the repository's root, with forward slashes, and what was found there."""

    path: str
    content: bytes = b""
    obstacle: Obstacle | None = None
    detail: str = ""
    """What the system said of an unreadable file, or how many bytes a too large one has."""
