"""All that a pull request changes, as the rules over whole changes see it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from casework.check.changes import ChangedCase, Proposal
from casework.cli.comparison import Comparison
from casework.cli.rulebook import Rulebook
from casework.model.blob import Blob
from casework.model.case import RatedQuarter
from casework.model.document import PEOPLE
from casework.model.report import JudgedCase
from casework.read.case import read_case
from casework.read.documents import is_case
from casework.read.people import people_data, people_document
from casework.read.schema import Schemas
from casework.read.source import Revision, Source


def propose(
    comparison: Comparison, cases: Iterable[JudgedCase], rulebook: Rulebook, today: date
) -> Proposal:
    """What is proposed; `cases` are the changed ones that are there, as they were judged."""
    others = tuple(each.path for each in comparison.changes if not is_case(each.path))
    changed = [ChangedCase(each.case.path, each.before, each.case) for each in cases]
    gone = [each for each in comparison.deleted if is_case(each)]
    changed += (
        ChangedCase(blob.path, read_case(blob, rulebook.schemas), None)
        for blob in comparison.before.read(gone)
    )
    changed.sort(key=lambda each: each.path)
    proposal = Proposal(
        tuple(changed),
        others,
        organisation=rulebook.organisation,
        today=today,
        outdated=_outdated(comparison),
        on_record=_OnRecord(comparison.trunk, rulebook.schemas),
    )
    # Thousands of people are only read where they differ.
    if PEOPLE not in others:
        return proposal
    before = _people(comparison.before.read_one(PEOPLE), rulebook)
    after = people_document(comparison.after.read_one(PEOPLE))
    people = after.data["people"] if after else None
    return proposal._replace(
        people_before=before,
        people_after=people,
        people_file=after,
        bereft=_bereft(before, people, comparison) if before and people else (),
    )


def _bereft(
    before: Mapping[str, Any], after: Mapping[str, Any], comparison: Comparison
) -> tuple[str, ...]:
    """Whose entry goes and whose cases stay, so far as the main branch has them."""
    gone, trunk = set(comparison.deleted), comparison.trunk
    return tuple(
        handle
        for handle in before
        if handle not in after
        and any(is_case(each) and each not in gone for each in trunk.folder(f"cases/{handle}"))
    )


def _outdated(comparison: Comparison) -> tuple[str, ...]:
    """The cases that both sides changed since they parted, and not to the same."""
    if isinstance(comparison.trunk, Revision) and comparison.trunk.commit == comparison.base:
        return ()
    paths = comparison.cases
    sides = (comparison.before, comparison.trunk, comparison.after)
    blobs = zip(*(each.read(paths) for each in sides), strict=True)
    return tuple(now.path for old, main, now in blobs if main not in (old, now))


def _people(blob: Blob, rulebook: Rulebook) -> Mapping[str, Any] | None:
    """What people.yaml says, read again only where it is not the one that is judged by."""
    document = rulebook.documents.get(PEOPLE)
    is_read = document is not None and rulebook.blobs.get(PEOPLE) == blob
    if document is None or not is_read or document.flaws or not isinstance(document.data, dict):
        return people_data(blob)
    people: Mapping[str, Any] = document.data["people"]
    return people


class _OnRecord(Mapping[str, Collection[RatedQuarter]]):
    """What a state of files has of people's quarters: a folder is read when it is asked for."""

    def __init__(self, source: Source, schemas: Schemas) -> None:
        self._source = source
        self._schemas = schemas
        self._read: dict[str, tuple[RatedQuarter, ...]] = {}

    def __getitem__(self, folder: str) -> tuple[RatedQuarter, ...]:
        if folder not in self._read:
            paths = filter(is_case, self._source.folder(folder))
            cases = (read_case(each, self._schemas) for each in self._source.read(paths))
            self._read[folder] = tuple(rated for case in cases for rated in case.quarters)
        return self._read[folder]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)
