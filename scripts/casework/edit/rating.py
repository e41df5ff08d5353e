"""A quarter's ratings and sections are added to a draft."""

import re
from collections.abc import Mapping

from casework.edit.fields import Fields, group, written
from casework.edit.sections import quarter_sections
from casework.edit.text import Edit, Original
from casework.model.case import Case
from casework.model.fiscal import Quarter
from casework.model.framework import Category
from casework.model.rating import Rating

_OPEN = "…"
_FENCE = re.compile(r"---\s*")


def open_line(quarter: Quarter, categories: tuple[Category, ...]) -> str:
    """The comment that stands in a new case for a quarter without ratings."""
    cells = ", ".join(f"{each.id}: {_OPEN}" for each in categories)
    return f"# {quarter.label}: {{{cells}}}"


def rated(
    content: bytes,
    case: Case,
    quarter: Quarter,
    ratings: Mapping[str, Rating],
    categories: tuple[Category, ...],
) -> bytes:
    """The case with a quarter's ratings, and a heading for each category. RefusedError."""
    original = Original(content)
    fields = Fields(original, case.document)
    edits = _ratings(fields, quarter, ratings, categories)
    return original.edited(edits + quarter_sections(original, case, quarter, categories))


def _ratings(
    fields: Fields,
    quarter: Quarter,
    ratings: Mapping[str, Rating],
    categories: tuple[Category, ...],
) -> list[Edit]:
    ids = [each.id for each in categories]
    ordered = {each: ratings[each].word for each in ids if each in ratings}
    listed = fields.value("quarters", quarter.label)
    if listed is None:
        return _new_quarter(fields, quarter, group(ordered), categories)
    path = ("quarters", quarter.label)
    if not listed:
        start = fields.original.offset(fields.document.at(*path))
        return [Edit(start, fields.end(path), group(ordered))] if ordered else []
    edits = [
        fields.replaced((*path, each), word)
        for each, word in ordered.items()
        if each in listed and listed[each] != word
    ]
    for each, word in ordered.items():
        if each not in listed:
            edits += fields.added(path, each, written(word), lambda name: _place(name, ids))
    return edits


def _place(name: str, ids: list[str]) -> int:
    return ids.index(name) if name in ids else len(ids)


def _new_quarter(
    fields: Fields, quarter: Quarter, text: str, categories: tuple[Category, ...]
) -> list[Edit]:
    edits = fields.added(("quarters",), quarter.label, text, _when)
    line = _open_line(fields, open_line(quarter, categories))
    if line is None or edits[-1].text.startswith((",", f"{quarter.label}:")):
        return edits
    # The line that waits for the ratings takes them.
    start = fields.original.line_start(line)
    end = start + len(fields.original.lines[line - 1].rstrip("\r\n"))
    return [*edits[:-1], Edit(start, end, edits[-1].text.strip("\n"))]


def _when(label: str) -> tuple[int, int]:
    return tuple(Quarter.parse(label) or (0, 0))  # type: ignore[return-value]


def _open_line(fields: Fields, text: str) -> int | None:
    """Where the front matter has the comment, below `quarters`."""
    first = fields.document.key_at("quarters").line
    names = (fields.document.key_at(each).line for each in fields.document.data)
    end = min((each for each in names if each > first), default=len(fields.original.lines) + 1)
    for line, each in enumerate(fields.original.lines[first : end - 1], start=first + 1):
        if each.strip() == text:
            return line
        if _FENCE.fullmatch(each):
            return None
    return None
