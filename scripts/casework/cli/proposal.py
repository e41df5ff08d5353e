"""All that a pull request changes, as the rules over whole changes see it."""

from collections.abc import Iterable

from casework.check.changes import PEOPLE, ChangedCase, Proposal
from casework.cli.comparison import Comparison
from casework.cli.rulebook import Rulebook
from casework.model.document import DocumentKind
from casework.model.report import JudgedCase
from casework.read.case import read_case
from casework.read.documents import kind_of
from casework.read.people import people_data


def propose(comparison: Comparison, cases: Iterable[JudgedCase], rulebook: Rulebook) -> Proposal:
    """What is proposed; `cases` are the changed ones that are there, as they were judged."""
    others = tuple(each.path for each in comparison.changes if not _is_case(each.path))
    changed = [ChangedCase(each.case.path, each.before, each.case) for each in cases]
    gone = [each for each in comparison.deleted if _is_case(each)]
    changed += (
        ChangedCase(blob.path, read_case(blob, rulebook.schemas), None)
        for blob in comparison.before.read(gone)
    )
    changed.sort(key=lambda each: each.path)
    # Thousands of people are only read where they differ and a case might be why.
    if PEOPLE not in others or not changed:
        return Proposal(tuple(changed), others)
    before, after = (
        people_data(each.read_one(PEOPLE)) for each in (comparison.before, comparison.after)
    )
    return Proposal(tuple(changed), others, before, after)


def _is_case(path: str) -> bool:
    return kind_of(path) is DocumentKind.CASE
