"""A document's fields, each as what it must be, or None where it is something else."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from casework.model.document import Document
from casework.model.position import FieldPath
from casework.read.schema import is_date

Word = TypeVar("Word", bound=StrEnum)


class Fields:
    """One group of fields. A value that has a flaw is as good as absent."""

    def __init__(self, document: Document, path: FieldPath = (), data: Any = None) -> None:
        self._document = document
        self._path = path
        # What is missing is said at the group's own place, and is no flaw of a field.
        self._flawed = frozenset(f.at for f in document.flaws if f.rule != "missing-field")
        self._data = document.data if not path else data

    def value(self, name: str) -> Any:
        """A field's value; None where it is absent or flawed."""
        return self._data[name] if self.has(name) else None

    def _is_flawed(self, name: str) -> bool:
        if not self._flawed:
            return False
        path = (*self._path, name)
        return not self._flawed.isdisjoint((self._document.key_at(*path), self._document.at(*path)))

    def has(self, name: str) -> bool:
        """Whether there is such a field without a flaw."""
        return isinstance(self._data, dict) and name in self._data and not self._is_flawed(name)

    def text(self, name: str) -> str | None:
        """A field's text."""
        value = self.value(name)
        return value if isinstance(value, str) else None

    def day(self, name: str) -> date | None:
        """A field's date."""
        value = self.value(name)
        return date.fromisoformat(value) if is_date(value) else None

    def number(self, name: str) -> int | None:
        """A field's whole number."""
        value = self.value(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return int(value) if value == value // 1 else None

    def flag(self, name: str) -> bool | None:
        """A field that is true or false."""
        value = self.value(name)
        return value if isinstance(value, bool) else None

    def word(self, name: str, words: type[Word]) -> Word | None:
        """A field that is one of some words."""
        value = self.value(name)
        return words(value) if isinstance(value, str) and value in set(words) else None

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a field that is a list."""
        value = self.value(name)
        return tuple(e for e in value if isinstance(e, str)) if isinstance(value, list) else ()

    def group(self, name: str) -> Mapping[str, Any]:
        """A field that is itself a group of fields; empty where it is not."""
        value = self._data.get(name) if isinstance(self._data, dict) else None
        return value if isinstance(value, dict) else {}

    def fields(self, name: str) -> "Fields":
        """A field's own fields."""
        return Fields(self._document, (*self._path, name), self.group(name))

    def each(self, name: str) -> Iterator["Fields"]:
        """The entries of a field that is a list of groups of fields."""
        value = self._data.get(name) if isinstance(self._data, dict) else None
        for index, entry in enumerate(value if isinstance(value, list) else ()):
            yield Fields(self._document, (*self._path, name, index), entry)
