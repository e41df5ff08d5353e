"""What the contract's words are called when people read them.

Sentences are plain text; what stands in backticks in them is a name from a file.
"""

from collections.abc import Sequence
from typing import Protocol

from casework.model.case import Kind, Status
from casework.model.english import enumerated, number
from casework.model.finding import Finding, Severity
from casework.model.fiscal import Quarter
from casework.model.framework import Category, Framework
from casework.model.people import People
from casework.model.report import (
    Because,
    CaseReport,
    JudgedQuarter,
    Review,
    State,
    Verdict,
)

VERDICTS = {
    Verdict.INVALID: "Invalid",
    Verdict.NOT_READY: "Not ready",
    Verdict.READY: "Ready",
    Verdict.APPROVED: "Approved",
}

STATES = {State.MET: "met", State.UNMET: "not met", State.UNDETERMINED: "not known yet"}

MARKS = {State.MET: "✓", State.UNMET: "✗", State.UNDETERMINED: "?"}

SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)
"""The worst first."""

EXAMPLES_NOT_CHECKBOXES = (
    "The framework's behaviours are examples, not checkboxes: showing them all is neither "
    "necessary nor sufficient, and nothing here is a score."
)

_REQUIREMENTS = {
    "next-level": "Next level",
    "current-level-quarter": "High performance at {held}",
    "next-level-quarter": "Performing at {above}",
    "values": "Values",
    "talent-review": "Talent review",
    "approvals": "Approvals",
    "exceeds-current-level": "High performance at {held}",
    "not-yet-next-level": "Not yet at the next level",
    "feedback": "Feedback",
}

_LACKS = {
    "next-level": "the right next level",
    "values": "the Values section",
    "talent-review": "a talent review still ahead",
    "not-yet-next-level": "a promotion case instead of this one",
    "feedback": "complete feedback",
}

_DOES_NOT_COUNT = {
    Because.NOT_ENDED: "does not count: not ended yet",
    Because.BEFORE_LEVEL: "does not count: began before {held}",
    Because.DURING_ONBOARDING: "does not count: during onboarding",
    Because.OUTSIDE_WINDOW: "does not count: too far back",
    Because.UNSUPPORTED: "does not count: lacks evidence",
}


_BRIEFLY = {
    "current-level-quarter": "counts for {held}",
    "next-level-quarter": "counts for {above}",
    "exceeds-current-level": "counts for {held}",
}


def requirement(id: str, case: CaseReport) -> str:
    """A requirement's name, such as "Performing at IC3"."""
    return _named(_REQUIREMENTS.get(id, "{id}"), case, id)


def lack(id: str, case: CaseReport) -> str:
    """What a case lacks that does not meet a requirement, in the midst of a sentence."""
    name = _LACKS.get(id) or requirement(id, case)
    return name[0].lower() + name[1:] if name[1:2].islower() else name


def counting(judged: JudgedQuarter, case: CaseReport) -> str:
    """What a quarter counts as, or why it does not count."""
    if judged.because is not None:
        return _named(_DOES_NOT_COUNT[judged.because], case)
    if judged.used_for is not None:
        name = requirement(judged.used_for, case)
        return f"counts: {name[0].lower()}{name[1:]}"
    # A decision against the case asks nothing of its quarters: none is used, none left over.
    return "counts" if case.assessment.requirement("feedback") else "counts, not used"


def counting_briefly(judged: JudgedQuarter, case: CaseReport) -> str:
    """What `counting` says, in words none of which is too long for a table on a phone."""
    if judged.because is Because.DURING_ONBOARDING:
        return "does not count: too soon after joining"
    if judged.because is None and judged.used_for in _BRIEFLY:
        return _named(_BRIEFLY[judged.used_for], case)
    return counting(judged, case)


def person(handle: str | None, people: People) -> str:
    """A person's name, or the handle of somebody unknown."""
    known = people.get(handle)
    return known.name if known else handle or "somebody unnamed"


class Titled(Protocol):
    """What a case is called after."""

    @property
    def kind(self) -> str | None:
        """`promotion` or `in-band-increase`."""

    @property
    def person(self) -> str | None:
        """The handle of whom it is about."""

    @property
    def from_level(self) -> str | None:
        """The level held."""

    @property
    def to_level(self) -> str | None:
        """The level aimed for."""


def title(case: Titled, people: People) -> str:
    """What a case is: "Promotion of Ada Lovelace from IC2 to IC3"."""
    who = person(case.person, people)
    if case.kind == Kind.IN_BAND_INCREASE:
        return f"In-band increase for {who} at {case.from_level or 'an unnamed level'}"
    if case.kind == Kind.PROMOTION:
        above = case.to_level or "an unnamed level"
        return f"Promotion of {who} from {case.from_level or 'an unnamed level'} to {above}"
    return f"Case of {who}"


def categories(case: CaseReport, framework: Framework) -> tuple[Category, ...]:
    """The categories that a case is rated in."""
    track = framework.track_of(case.from_level) or next(iter(framework.tracks), None)
    return track.categories if track else ()


def some(count: int, noun: str) -> str:
    """`1 error`, `2 errors`, `no errors`: for headings and tallies; sentences count in words."""
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"


def tally(findings: Sequence[Finding]) -> str:
    """How many findings of each severity there are: `2 errors, 1 warning and 3 notices`."""
    found = [(sum(f.severity == each for f in findings), each.value) for each in SEVERITIES]
    return enumerated([some(*each) for each in found if each[0]]) or "no findings"


def labels(quarters: Sequence[Quarter]) -> str:
    """`FY27-Q1, FY27-Q2 and FY27-Q3`."""
    return enumerated([each.label for each in quarters])


def _named(text: str, case: CaseReport, id: str = "") -> str:
    held, above = case.from_level or "the level held", case.to_level or "the next level"
    return text.format(held=held, above=above, id=id)


def elsewhere(review: Review) -> tuple[Finding, ...]:
    """The findings of a review that belong to none of its cases."""
    own = {each for judged in review.cases for each in judged.findings}
    return tuple(each for each in review.report.findings if each not in own)


def is_decided(case: CaseReport) -> bool:
    """Whether the decision on a case is written down."""
    return case.status in {each.value for each in Status if each.is_decided}


def review_of(case: CaseReport) -> str:
    """The talent review of a case in a table's cell."""
    return "in-band" if case.kind == Kind.IN_BAND_INCREASE else case.review or "?"


def unlisted(cases: Sequence[CaseReport]) -> str:
    """What a table of the open cases among these does not list; nothing for nothing."""
    decided = sum(map(is_decided, cases))
    if not decided:
        return ""
    if decided == len(cases):
        return f"No open case; {number(decided)} {'is' if decided == 1 else 'are'} decided."
    if decided == 1:
        return "One decided case is not listed."
    return f"{number(decided).capitalize()} decided cases are not listed."
