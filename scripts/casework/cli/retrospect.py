"""What was before: on the main branch, and before the last push. Nothing here fails a review."""

from collections.abc import Mapping
from typing import NamedTuple

from casework.assess.differences import differences
from casework.assess.record import on_record
from casework.check.changes import ChangedCase, Proposal
from casework.check.origins import followed
from casework.check.pay import pay_figures
from casework.cli.comparison import Comparison
from casework.cli.rulebook import Rulebook
from casework.model.case import Case
from casework.model.difference import Changes
from casework.model.history import CaseHistory, OnRecord
from casework.model.organisation import Organisation
from casework.model.report import JudgedCase
from casework.read.case import read_case
from casework.read.deadlines import with_deadlines
from casework.read.documents import is_case
from casework.read.git import Git
from casework.read.git_error import GitError
from casework.read.lineage import histories
from casework.read.source import Revision

_FEW = 50
"""So many people's folders are looked up one by one; for more, all of it is read in one pass."""

_UNKNOWN = "Since when the main branch has had the ratings is not known: "
_SHALLOW = (
    "older commits were left out of this clone. Fetch the rest of the history: "
    "`git fetch --unshallow`."
)


class Retrospect(NamedTuple):
    """Where it is looked up what was before."""

    git: Git
    previous: str | None = None
    """The commit that the last push took the place of; None where there is none, or none known."""

    def of(
        self,
        cases: tuple[JudgedCase, ...],
        proposal: Proposal,
        comparison: Comparison,
        rulebook: Rulebook,
    ) -> tuple[tuple[JudgedCase, ...], tuple[str, ...]]:
        """The changed cases with what is known of their past; and notes on what is not."""
        if not cases:
            return (), ()
        organisation = rulebook.known_organisation
        main = {each.path: each.before for each in followed(proposal)}
        pushed = self._before_push(cases, comparison, rulebook)
        record, notes = self._on_record(cases, main, comparison, rulebook)
        told = tuple(
            each._replace(
                on_record=record.get(each.case.path),
                since_main=_changes(
                    main.get(each.case.path), each.case, organisation, comparison.base
                ),
                since_push=_changes(
                    pushed.get(each.case.path), each.case, organisation, self.previous
                ),
            )
            for each in cases
        )
        return told, notes

    def _before_push(
        self, cases: tuple[JudgedCase, ...], comparison: Comparison, rulebook: Rulebook
    ) -> Mapping[str, Case | None]:
        """Each case as it was before the last push; None for one that was not there."""
        if self.previous is None or comparison.head is None:
            return {}
        try:
            differing = self.git.changes(self.previous, comparison.head, "cases")
            was = {each.path for each in differing if each.status != "A"}
            new = {each.path for each in differing if each.status == "A"}
            own = {each.case.path for each in cases}
            # Without a new file, nothing that is gone can have been moved to it.
            gone = {e.path for e in differing if e.status == "D"} if own & new else set()
            wanted = sorted((own & was) | {each for each in gone if is_case(each)})
            blobs = Revision(self.git, self.previous).read(wanted)
            read = {blob.path: read_case(blob, rulebook.schemas) for blob in blobs}
        except GitError:
            return {}
        before = {e.case.path: e.case for e in cases if e.case.path not in was | new} | read
        return _moved(before, {each.case.path: each.case for each in cases})

    def _on_record(
        self,
        cases: tuple[JudgedCase, ...],
        main: Mapping[str, Case | None],
        comparison: Comparison,
        rulebook: Rulebook,
    ) -> tuple[Mapping[str, tuple[OnRecord, ...]], tuple[str, ...]]:
        """Since when the main branch has held each case's ratings; a note where git cannot tell."""
        if not isinstance(comparison.trunk, Revision):
            return {}, ()
        whose = {each.case.path: _folder(main, each.case) for each in cases if each.case.quarters}
        try:
            if self.git.is_shallow():
                return {}, (_UNKNOWN + _SHALLOW,)
            tip, people = comparison.trunk.commit, set(whose.values())
            found = _histories(self.git, tip, rulebook, people)
        except GitError as error:
            return {}, (f"{_UNKNOWN}{error.message}. {error.help}".strip(),)
        calendar = rulebook.known_organisation.policy.calendar
        return {
            each.case.path: on_record(
                found.get(whose[each.case.path], ()), each.case.quarters, calendar
            )
            for each in cases
            if each.case.path in whose
        }, ()


def _changes(
    before: Case | None, after: Case, organisation: Organisation, since: str | None
) -> Changes | None:
    if before is None or since is None:
        return None
    track = organisation.framework.track_of(after.from_level or before.from_level)
    found = differences(before, after, track, since)
    if found is None or not (found.evidence or found.sections):
        return found
    # What somebody is paid is nowhere said again, neither while it stands there nor once it is out.
    texts = (before.document.text, after.document.text)
    tells = any(True for text in texts for _ in pay_figures(text, organisation.wording.pay))
    return found._replace(is_quotable=not tells)


def _moved(before: Mapping[str, Case], after: Mapping[str, Case]) -> Mapping[str, Case | None]:
    """What was before of each case, also where it lay at another path."""
    paths = sorted({*before, *after})
    changed = (ChangedCase(each, before.get(each), after.get(each)) for each in paths)
    return {each.path: each.before for each in Proposal(tuple(changed)).steps()}


def _histories(
    git: Git, tip: str, rulebook: Rulebook, people: set[str]
) -> Mapping[str, tuple[CaseHistory, ...]]:
    """Each one's cases on the main branch."""
    schemas = rulebook.schemas
    one_by_one = sorted(people) if len(people) <= _FEW else (None,)
    read = (
        each
        for person in one_by_one
        for each in histories(git, tip, schemas, person, only_front=True)
        if each.person in people
    )
    found: dict[str, list[CaseHistory]] = {}
    for each in with_deadlines(git, read, schemas):
        found.setdefault(each.person, []).append(each)
    return {person: tuple(each) for person, each in found.items()}


def _folder(main: Mapping[str, Case | None], case: Case) -> str:
    """Whose folder the case lies in on the main branch, or is to."""
    return (main.get(case.path) or case).path.split("/")[1]
