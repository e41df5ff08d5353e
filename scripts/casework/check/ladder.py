"""Whether framework.yaml holds together: one place for every category, level and value."""

from collections.abc import Iterable, Iterator

from casework.check.context import Context, Problem
from casework.check.data import items, repeated, value, words
from casework.check.words import quoted
from casework.model.document import Document
from casework.model.position import FieldPath


def inconsistencies(context: Context) -> Iterator[Problem]:
    """Names in framework.yaml that stand for two things."""
    document = context.document
    for track in tracks(document):
        categories = (*track, "categories")
        yield from _twice(document, categories, "id", "category")
        yield from _twice(document, categories, "name", "category's name")
        yield from _twice(document, categories, "initial", "category's initial")
    yield from _twice(document, ("values",), "id", "value")
    names = ((*track, "track") for track in tracks(document))
    yield from _used_twice(document, names, "track's name")
    for path, level in repeated(listed_levels(document)):
        yield Problem(
            document.at(*path),
            f"A level must be listed once, in one track; {quoted(level)} is listed twice.",
            "Delete the second entry, or give the level of the other track an id of its own.",
        )


def tracks(document: Document) -> tuple[FieldPath, ...]:
    """Where framework.yaml describes its tracks: the first at its root, the others in a list."""
    return ((), *(path for path, _ in items(document, "tracks")))


def listed_levels(document: Document) -> Iterator[tuple[FieldPath, str]]:
    """The ids of the levels that framework.yaml lists, track by track."""
    for track in tracks(document):
        yield from words(document, *track, "levels")


def _twice(document: Document, group: FieldPath, field: str, what: str) -> Iterator[Problem]:
    """Entries of a list that share what only one of them can have."""
    places = ((*path, field) for path, _ in items(document, *group))
    return _used_twice(document, places, what)


def _used_twice(document: Document, places: Iterable[FieldPath], what: str) -> Iterator[Problem]:
    """Words at certain places of which the same one stood there before."""
    found = ((path, word) for path in places if isinstance(word := value(document, *path), str))
    for path, word in repeated(found):
        yield Problem(
            document.at(*path),
            f"Each {what} must be used once; {quoted(word)} is already there.",
            "Choose another one, or delete the second entry.",
        )
