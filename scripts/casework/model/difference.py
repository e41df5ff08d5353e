"""What differs between two states of a case, in the words that people use for it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from casework.model.case import Case, Evidence
from casework.model.fiscal import Quarter
from casework.model.framework import Track
from casework.model.rating import Rating

Value = str | date | None
"""What a field says; None where it says nothing that can be read."""

_MOST_PAIRS = 100_000
"""So many old and new items are held against each other to find out what was reworded."""


class Change(StrEnum):
    """What became of something."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class FieldChange(NamedTuple):
    """A field of the front matter that says something else."""

    name: str
    """As it is written in the file."""
    before: Value
    after: Value


class CellChange(NamedTuple):
    """A rating that is another one; None where the cell is not rated."""

    category: str
    before: Rating | None
    after: Rating | None


class QuarterChange(NamedTuple):
    """A quarter that is rated otherwise."""

    quarter: Quarter
    change: Change
    """Whether it is listed for the first time, no longer listed, or rated otherwise."""
    cells: tuple[CellChange, ...]


class EvidenceChange(NamedTuple):
    """What became of the evidence of one cell."""

    quarter: Quarter
    category: str
    added: tuple[Evidence, ...] = ()
    removed: tuple[Evidence, ...] = ()
    reworded: tuple[Evidence, ...] = ()
    """As they are now; also those that say the same, and name other sources or behaviours."""


class SectionChange(NamedTuple):
    """A section whose text, evidence aside, is another."""

    title: str
    """Empty for what stands before the first section."""
    change: Change


class Changes(NamedTuple):
    """All that differs from an earlier state."""

    since: str
    """The commit of the earlier state."""
    moved_from: str | None = None
    """The path that it had, where that was another."""
    fields: tuple[FieldChange, ...] = ()
    quarters: tuple[QuarterChange, ...] = ()
    evidence: tuple[EvidenceChange, ...] = ()
    sections: tuple[SectionChange, ...] = ()
    is_quotable: bool = True
    """Whether words of the case may be repeated: not where either state tells somebody's pay."""


class Pairing(NamedTuple):
    """Which items of evidence are which, of two states of one cell."""

    same: tuple[tuple[Evidence, Evidence], ...]
    """Before and after; case and white space aside, they say the same."""
    reworded: tuple[tuple[Evidence, Evidence], ...]
    """Before and after; at least half of the words are still there."""
    removed: tuple[Evidence, ...]
    added: tuple[Evidence, ...]


def paired(before: Sequence[Evidence], after: Sequence[Evidence]) -> Pairing:
    """Which items of a cell are still there, reworded, gone or new."""
    there: dict[str, list[Evidence]] = {}
    for each in after:
        there.setdefault(_folded(each), []).append(each)
    same, left = [], []
    for each in before:
        kept = there.get(_folded(each))
        if kept:
            same.append((each, kept.pop(0)))
        else:
            left.append(each)
    new = _remaining(after, [now for _, now in same])
    reworded, removed = _alike(left, new)
    added = _remaining(new, [now for _, now in reworded])
    return Pairing(tuple(same), tuple(reworded), tuple(removed), tuple(added))


def cells_of(case: Case, track: Track) -> dict[tuple[Quarter, str], list[Evidence]]:
    """All evidence of a case, by quarter and the category's id."""
    found: dict[tuple[Quarter, str], list[Evidence]] = {}
    for quarter, sections in case.sections_by_quarter().items():
        for each in (sub for section in sections for sub in section.subsections):
            category = track.category(each.title)
            if category is not None:
                found.setdefault((quarter, category.id), []).extend(each.items)
    return found


def _alike(
    left: list[Evidence], new: Sequence[Evidence]
) -> tuple[list[tuple[Evidence, Evidence]], list[Evidence]]:
    """The items that were reworded, before and after, and those that are gone."""
    if len(left) * len(new) > _MOST_PAIRS:
        return [], left
    candidates = [(each, set(_folded(each).split())) for each in new]
    reworded, gone = [], []
    for each in left:
        words = set(_folded(each).split())
        alike = next((own for own in candidates if 2 * len(words & own[1]) >= len(words)), None)
        if alike is None:
            gone.append(each)
        else:
            candidates.remove(alike)
            reworded.append((each, alike[0]))
    return reworded, gone


def _remaining(items: Iterable[Evidence], taken: Iterable[Evidence]) -> list[Evidence]:
    """The items without those that were taken; of one that stands there twice, one is left."""
    spent = Counter(id(each) for each in taken)
    left = []
    for each in items:
        if spent[id(each)]:
            spent[id(each)] -= 1
        else:
            left.append(each)
    return left


def _folded(item: Evidence) -> str:
    return " ".join(item.text.casefold().split())
