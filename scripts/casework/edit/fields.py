"""Edits of YAML as text: a value changed, a field added, in the style that is there already."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from casework.edit.refusal import unclear
from casework.edit.text import Edit, Original
from casework.model.document import Document
from casework.model.position import FieldPath

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*|[0-9]+(?:-[0-9]+)+|[0-9]+(?:\.[0-9]+){2,}")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_QUOTED = re.compile(r"'(?:[^'\r\n]|'')*'|\"(?:[^\"\\\r\n]|\\.)*\"")
_REST = re.compile(r"[ \t]*(?:(?<=[ \t])#[^\r\n]*)?(?=[\r\n]|\Z)")
_CLOSING = re.compile(r"(?:[\s,]|(?<=\s)#[^\r\n]*)*\}")
_NOTHING = re.compile(r"\{[ \t]*\}")

Rank = Callable[[str], Any]
"""By what the fields of a group are ordered."""


def written(word: str) -> str:
    """A word as YAML: in quotes where it would mean something else without."""
    if _PLAIN.fullmatch(word) and word.lower() not in _WORDS:
        return word
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def group(fields: Mapping[str, str]) -> str:
    """A group of fields on one line."""
    return "{" + ", ".join(f"{name}: {written(word)}" for name, word in fields.items()) + "}"


class Fields:
    """The fields of a document, in the text that it was read from."""

    def __init__(self, original: Original, document: Document) -> None:
        self.original = original
        self.document = document

    def value(self, *path: str | int) -> Any:
        """What a field holds; None where there is none."""
        data = self.document.data
        for name in path:
            data = data.get(name) if isinstance(data, dict) else None
        return data

    def replaced(self, path: FieldPath, word: str) -> Edit:
        """A field's value becomes a word, between the quotes that it has, if any."""
        start, end = self._start(path), self.end(path)
        text = written(word)
        quote = self.original.text[start]
        if quote in "'\"" and text == word:
            text = quote + word + quote
        return Edit(start, end, text)

    def line_after(self, path: FieldPath) -> int:
        """The line after the one on which a field's value ends. RefusedError if it is shared."""
        end = self.end(path)
        if not _REST.match(self.original.text, end):
            raise self._unclear(path)
        return self._line(end) + 1

    def indent(self, path: FieldPath) -> str:
        """The spaces before a field that begins its line. RefusedError if it does not."""
        at = self.document.key_at(*path)
        before = self.original.text[self.original.line_start(at.line) : self.original.offset(at)]
        if before.strip(" "):
            raise self._unclear(path)
        return before

    def added(self, path: FieldPath, name: str, text: str, rank: Rank) -> list[Edit]:
        """A group gets one more field, behind those that come before it by their rank."""
        fields = self.value(*path)
        if not fields:
            return self._first(path, name, text)
        earlier = [each for each in fields if rank(each) < rank(name)]
        nearest = max(earlier, key=rank, default=None)
        if self.original.text[self._start(path)] == "{":
            return [self._flowing(path, nearest, f"{name}: {text}")]
        first = next(iter(fields))
        indent = self.indent((*path, first))
        if nearest is None:
            line = self.document.key_at(*path, first).line
        else:
            line = self.line_after((*path, nearest))
        return [self.original.lines_before(line, f"{indent}{name}: {text}\n")]

    def _flowing(self, path: FieldPath, nearest: str | None, field: str) -> Edit:
        if nearest is not None:
            at = self.end((*path, nearest))
            return Edit(at, at, f", {field}")
        first = next(iter(self.value(*path)))
        at = self.original.offset(self.document.key_at(*path, first))
        return Edit(at, at, f"{field}, ")

    def _first(self, path: FieldPath, name: str, text: str) -> list[Edit]:
        """The first field of a group that is there and empty, `{}`."""
        start = self._start(path)
        nothing = _NOTHING.match(self.original.text, start)
        if not nothing:
            raise self._unclear(path)
        if len(path) > 1:
            return [Edit(start, nothing.end(), f"{{{name}: {text}}}")]
        line = self.line_after(path)
        before = self.original.text[:start].rstrip(" ")
        indent = self.indent(path) + "  "
        return [
            Edit(len(before), nothing.end(), ""),
            self.original.lines_before(line, f"{indent}{name}: {text}\n"),
        ]

    def _start(self, path: FieldPath) -> int:
        start = self.original.offset(self.document.at(*path))
        if path not in self.document.places or start >= len(self.original.text):
            raise self._unclear(path)
        return start

    def end(self, path: FieldPath) -> int:
        """Where a value ends that is a word on one line, or a group of such."""
        value, start = self.value(*path), self._start(path)
        text = self.original.text
        if isinstance(value, dict):
            inner = self.end((*path, list(value)[-1])) if value else start + 1
            if text[start] != "{":
                return inner
            closing = _CLOSING.match(text, inner)
            if closing:
                return closing.end()
        elif isinstance(value, str):
            quoted = _QUOTED.match(text, start)
            if quoted:
                return quoted.end()
            if value and text.startswith(value, start):
                return start + len(value)
        raise self._unclear(path)

    def _line(self, offset: int) -> int:
        before = self.original.text[:offset]
        return before.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1

    def _unclear(self, path: FieldPath) -> Exception:
        return unclear(self.document.key_at(*path).line, f"`{path[-1]}`")
