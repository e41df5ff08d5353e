"""What follows from a case: its quarters, requirements and verdict, and the report of a run."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from casework.model.case import Case
from casework.model.finding import Finding
from casework.model.fiscal import Quarter
from casework.model.rating import Rating

if TYPE_CHECKING:
    from casework.model.agenda import Due
    from casework.model.approval import ApprovalOutcome
    from casework.model.difference import Changes
    from casework.model.history import OnRecord


class State(StrEnum):
    """How a requirement stands."""

    MET = "met"
    UNMET = "unmet"
    UNDETERMINED = "undetermined"


class Because(StrEnum):
    """Why a quarter does not count."""

    NOT_ENDED = "not-ended"
    BEFORE_LEVEL = "before-level"
    DURING_ONBOARDING = "during-onboarding"
    OUTSIDE_WINDOW = "outside-window"
    UNSUPPORTED = "unsupported"


class Verdict(StrEnum):
    """What follows from a case's findings and requirements. Never a score."""

    INVALID = "invalid"
    NOT_READY = "not-ready"
    READY = "ready"
    APPROVED = "approved"


class Requirement(NamedTuple):
    """One thing that the framework asks of a case."""

    id: str
    state: State
    quarters: tuple[Quarter, ...] = ()
    """The quarters used for it, in the order of time."""
    detail: str = ""
    """A sentence for people: what meets it, or what is missing and the nearest miss."""


class JudgedQuarter(NamedTuple):
    """A quarter of a case, whether it counts, and what for."""

    quarter: Quarter
    ratings: Mapping[str, Rating]
    because: Because | None = None
    """Why it does not count; None when it does."""
    used_for: str | None = None
    """The requirement that it is used for."""

    @property
    def counts(self) -> bool:
        """Whether the quarter counts."""
        return self.because is None


class Earliest(NamedTuple):
    """When the case can be ready at the earliest."""

    quarter: Quarter
    """The quarter that completes what is missing."""
    review: str | None
    """The first listed talent review after it, if there is one; always None in-band."""
    more: int = 1
    """How many more quarters it takes."""


class Assessment(NamedTuple):
    """A case judged as of a day, without its findings."""

    as_of: date
    requirements: tuple[Requirement, ...]
    quarters: tuple[JudgedQuarter, ...]
    earliest: Earliest | None = None
    unrated: tuple[Quarter, ...] = ()
    """Ended quarters without ratings since the first rated one: shown, not judged."""
    lower_since: tuple[Quarter, ...] = ()
    """Quarters after the used ones that are rated lower: shown, not judged."""

    def requirement(self, id: str) -> Requirement | None:
        """The requirement of that id."""
        return next((each for each in self.requirements if each.id == id), None)


class CaseReport(NamedTuple):
    """A case as a report shows it: the front matter's own words, the assessment, the verdict."""

    path: str
    person: str | None
    kind: str | None
    from_level: str | None
    to_level: str | None
    review: str | None
    status: str | None
    verdict: Verdict
    assessment: Assessment


class Report(NamedTuple):
    """What one run found out: `schemas/report.schema.json` describes it as JSON."""

    as_of: date
    framework: str | None
    """The framework's version, None when it could not be read."""
    cases: tuple[CaseReport, ...]
    """By path."""
    findings: tuple[Finding, ...]
    """All findings, by path, line, column and rule."""
    notes: tuple[str, ...] = ()
    """What could not be judged and why, for people to read."""


class JudgedCase(NamedTuple):
    """A case together with all that was found out about it, for a summary to be written from."""

    case: Case
    report: CaseReport
    findings: tuple[Finding, ...]
    before: Case | None = None
    """The same file at the base, None when it is new there."""
    approvals: "ApprovalOutcome | None" = None
    """What the reviews come to; None where there is no pull request to ask."""
    on_record: "tuple[OnRecord, ...] | None" = None
    """Since when the main branch has held the ratings, quarter by quarter; None where nobody
    looked, or where git cannot tell."""
    since_main: "Changes | None" = None
    """What differs from the case as the main branch has it; None where it has none."""
    since_push: "Changes | None" = None
    """What the last push changed; None where there was none before, or where nobody can tell."""
    due: "tuple[Due, ...]" = ()
    """What its talent review asks for next."""


class Review(NamedTuple):
    """What a pull request between two revisions would get."""

    base: str | None
    """The commit that changes are counted from; None when nothing was compared."""
    head: str | None
    """The commit that is described; None for the working tree."""
    cases: tuple[JudgedCase, ...]
    """The changed cases, or every open one where nothing changed."""
    report: Report
    passes: bool
    """Whether the gate would be passed, approvals of reviewers aside where nobody can know them."""
    proposes: bool = True
    """Whether anything is proposed; else this is how the open cases stand."""
    owners: "ApprovalOutcome | None" = None
    """What the owners' reviews come to; None where nothing but cases is changed, or where there is
    no pull request to ask."""
    pull_request: int | None = None
    """The number of the pull request that was asked for reviews."""
    files: str | None = None
    """The address under which GitHub shows the files of the branch that the pull request goes
    into; None where nobody can tell."""
