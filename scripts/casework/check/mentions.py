"""Where documents name people and levels, and where cases cite behaviours and witnesses."""

from collections.abc import Iterator

from casework.check.data import fields, value, words
from casework.model.case import Case, Evidence
from casework.model.document import Document, DocumentKind
from casework.model.position import Position

Mentioned = tuple[str, str, Position]
"""The field as messages call it, the name in it, and where it stands."""


def people_named(document: Document) -> Iterator[Mentioned]:
    """The handles that a case, people.yaml or policy.yaml refers to, witnesses aside."""
    if document.kind is DocumentKind.CASE:
        yield from _named(document, ("person",), ("manager",))
    elif document.kind is DocumentKind.PEOPLE:
        yield from _named(document, *_of_everybody(document, "manager"))
    else:
        for list_ in (("approvals", "reviewers"), ("owners",)):
            for path, handle in words(document, *list_):
                yield f"Each entry of `{list_[-1]}`", handle, document.at(*path)


def levels_named(document: Document) -> Iterator[Mentioned]:
    """The levels that a case, people.yaml or policy.yaml refers to."""
    if document.kind is DocumentKind.CASE:
        yield from _named(document, ("from",), ("to",))
    elif document.kind is DocumentKind.PEOPLE:
        yield from _named(document, *_of_everybody(document, "level"))
    else:
        yield from _named(document, ("expected_level",))


def evidence_of(case: Case) -> Iterator[Evidence]:
    """Every list item of a case, in the file's order."""
    yield from case.preamble.items
    for section in case.sections:
        for each in section.walk():
            yield from each.items


def _of_everybody(document: Document, field: str) -> Iterator[tuple[str, str, str]]:
    return (("people", handle, field) for handle in fields(document, "people"))


def _named(document: Document, *paths: tuple[str, ...]) -> Iterator[Mentioned]:
    for path in paths:
        word = value(document, *path)
        if isinstance(word, str):
            yield f"`{path[-1]}`", word, document.at(*path)
