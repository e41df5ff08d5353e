"""One file as it was read: its text, its data with places, and what reading found wrong."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from casework.model.finding import Flaw
from casework.model.position import START, FieldPath, Position

PEOPLE = "cases/people.yaml"
"""The one file under cases/ that is no case: who is who."""


class DocumentKind(StrEnum):
    """What a file is for, which its path decides."""

    CASE = "case"
    PEOPLE = "people"
    FRAMEWORK = "framework"
    LEVEL = "level"
    POLICY = "policy"
    WORDING = "wording"
    SCHEMA = "schema"
    STRAY = "stray"
    """Something under a governed folder that has no business there."""


class Place(NamedTuple):
    """Where a field stands: its key (its own value for a list item) and its value."""

    key: Position
    value: Position


class Document(NamedTuple):
    """A file that was read, broken or not: a broken file is a value."""

    path: str
    kind: DocumentKind
    text: str = ""
    """Decoded, without a byte order mark, lines ended by line feeds alone."""
    data: Any = None
    """What the YAML says, as strings, numbers, lists and mappings; None when unreadable."""
    places: Mapping[FieldPath, Place] = {}
    flaws: tuple[Flaw, ...] = ()
    readable: bool = True
    """False when there is no data at all: the file, its encoding or its syntax is broken."""

    def at(self, *path: str | int) -> Position:
        """Where a value stands; for an absent one, where the mapping that lacks it does."""
        place = self.places.get(path)
        return place.value if place else self.key_at(*path[:-1]) if path else START

    def key_at(self, *path: str | int) -> Position:
        """Where a value's key stands; the file's start for the document as a whole."""
        place = self.places.get(path)
        return place.key if place else self.key_at(*path[:-1]) if path else START
