"""Whether a pull request may pass."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from casework.assess.verdict import APPROVALS
from casework.model.case import Status
from casework.model.finding import Finding, Severity
from casework.model.report import JudgedCase, Requirement, State

if TYPE_CHECKING:
    from casework.model.approval import ApprovalOutcome


def passes(
    cases: Iterable[JudgedCase], findings: Iterable[Finding], owners: "ApprovalOutcome | None"
) -> bool:
    """Whether no finding is an error, and each case has what its status needs.

    `owners` is what the owners' reviews come to; None where none are asked for. Approvals are not
    held against anything where there is no pull request to ask for reviews. Where there is one,
    what could not be found out never passes.
    """
    return (
        not has_error(findings)
        and all(map(_is_complete, cases))
        and (owners is None or owners.requirement.state is State.MET)
    )


def has_error(findings: Iterable[Finding]) -> bool:
    """Whether one of the findings keeps a pull request from passing."""
    return any(each.severity is Severity.ERROR for each in findings)


def _is_complete(judged: JudgedCase) -> bool:
    status, requirements = judged.report.status, judged.report.assessment.requirements
    if status == Status.DRAFT:
        return True
    return all(
        each.state is State.MET or _may_wait(each, status, judged.approvals)
        for each in requirements
    )


def _may_wait(
    requirement: Requirement, status: str | None, approvals: "ApprovalOutcome | None"
) -> bool:
    if requirement.id != APPROVALS:
        return False
    is_aside = approvals is None and requirement.state is State.UNDETERMINED
    return is_aside or status == Status.SUBMITTED
