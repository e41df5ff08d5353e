"""Whether a pull request may pass, as far as one machine can tell."""

from collections.abc import Iterable

from casework.cli.examination import has_error
from casework.model.case import Status
from casework.model.finding import Finding
from casework.model.report import CaseReport, JudgedCase, State

APPROVALS = "approvals"


def passes(cases: Iterable[JudgedCase], findings: tuple[Finding, ...]) -> bool:
    """Whether no finding is an error, and each case has what its status needs.

    Approvals that nobody here can know of are not held against a case.
    """
    return not has_error(findings) and all(_is_complete(each.report) for each in cases)


def _is_complete(case: CaseReport) -> bool:
    if case.status == Status.DRAFT:
        return True
    needed = (each for each in case.assessment.requirements if not _may_wait(case, each.id))
    return all(
        each.state is State.MET or (each.id == APPROVALS and each.state is State.UNDETERMINED)
        for each in needed
    )


def _may_wait(case: CaseReport, requirement: str) -> bool:
    return requirement == APPROVALS and case.status == Status.SUBMITTED
