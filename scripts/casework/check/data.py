"""Cautious looks into the raw data of a document, whatever its schema had to object to."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from casework.model.document import Document
from casework.model.position import FieldPath


def value(document: Document, *path: str | int) -> Any:
    """What stands at a path, or None when nothing does."""
    found = document.data
    for step in path:
        if isinstance(found, Mapping):
            found = found.get(step)
        elif isinstance(found, list | tuple) and isinstance(step, int) and step < len(found):
            found = found[step]
        else:
            return None
    return found


def fields(document: Document, *path: str | int) -> Mapping[str, Any]:
    """The mapping at a path, or an empty one."""
    found = value(document, *path)
    if not isinstance(found, Mapping):
        return {}
    return {key: each for key, each in found.items() if isinstance(key, str)}


def items(document: Document, *path: str | int) -> Iterator[tuple[FieldPath, Any]]:
    """The entries of the list at a path, each with its own path."""
    found = value(document, *path)
    if isinstance(found, list | tuple):
        for index, each in enumerate(found):
            yield (*path, index), each


def words(document: Document, *path: str | int) -> Iterator[tuple[FieldPath, str]]:
    """The strings of the list at a path, each with its own path."""
    for place, each in items(document, *path):
        if isinstance(each, str):
            yield place, each


def is_flawed(document: Document, *path: str | int) -> bool:
    """Whether reading found something wrong with the value at a path already."""
    return any(flaw.at == document.at(*path) for flaw in document.flaws)


def day(document: Document, *path: str | int) -> date | None:
    """The date at a path, or None when there is none."""
    found = value(document, *path)
    try:
        return date.fromisoformat(found) if isinstance(found, str) else None
    except ValueError:
        return None


def repeated(places: Iterator[tuple[FieldPath, str]]) -> Iterator[tuple[FieldPath, str]]:
    """Those words that stood there before, from the second time on, whatever their case."""
    seen = set()
    for path, word in places:
        if word.casefold() in seen:
            yield path, word
        seen.add(word.casefold())
