"""One file, read, checked and assessed: what every command does with every file."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from casework.assess import assess, verdict
from casework.assess.gate import has_error
from casework.check.run import check_case, check_document
from casework.cli.rulebook import Rulebook
from casework.model.blob import Blob
from casework.model.case import Case
from casework.model.document import DocumentKind
from casework.model.finding import Finding
from casework.model.organisation import Organisation
from casework.model.report import CaseReport, JudgedCase, Requirement
from casework.read.documents import kind_of

if TYPE_CHECKING:
    from casework.model.agenda import Due
    from casework.model.approval import ApprovalOutcome

Approvals = Callable[[Case], "ApprovalOutcome | None"]
"""What the reviews of a pull request come to for a case; None where there is none to ask."""


class Examined(NamedTuple):
    """What was found out about one file."""

    path: str
    case: CaseReport | None
    """None when it is no case, or there is no organisation to judge it by."""
    findings: tuple[Finding, ...]


def examine(blob: Blob, rulebook: Rulebook, today: date) -> Examined:
    """Read a file, check it, and assess it when it is a case."""
    if kind_of(blob.path) is not DocumentKind.CASE:
        return Examined(blob.path, None, examine_document(blob, rulebook, today))
    case = _read_case(blob, rulebook)
    findings = check_case(case, rulebook.organisation, today)
    organisation = rulebook.organisation
    report = _report(case, findings, organisation, today) if organisation else None
    return Examined(blob.path, report, findings)


def examine_document(blob: Blob, rulebook: Rulebook, today: date) -> tuple[Finding, ...]:
    """Read and check a file that is no case."""
    document = rulebook.document(blob)
    return check_document(document, rulebook.organisation, rulebook.documents, today)


def judge(
    blob: Blob,
    before: Blob | None,
    rulebook: Rulebook,
    today: date,
    approvals: Approvals | None = None,
) -> JudgedCase:
    """Examine a case and keep all that a summary tells of it. The rulebook is complete."""
    case = _read_case(blob, rulebook)
    earlier = _read_case(before, rulebook) if before else None
    findings = check_case(
        case, rulebook.organisation, today, is_being_decided=not _is_decided(earlier)
    )
    outcome = approvals(case) if approvals else None
    approved = outcome.requirement if outcome else None
    report = _report(case, findings, rulebook.known_organisation, today, approved)
    due = _due(report, rulebook.known_organisation, today)
    return JudgedCase(case, report, findings, earlier, outcome, due=due)


def with_findings(judged: JudgedCase, more: Iterable[Finding]) -> JudgedCase:
    """The case with what a whole pull request brought to light in it, too."""
    added = tuple(more)
    if not added:
        return judged
    # Stable: at one place, what is wrong in the file itself comes first.
    findings = tuple(sorted((*judged.findings, *added), key=lambda each: (each.line, each.column)))
    report = judged.report
    standing = verdict(report.assessment, has_error(findings))
    return judged._replace(report=report._replace(verdict=standing), findings=findings)


def _due(report: CaseReport, organisation: Organisation, today: date) -> "tuple[Due, ...]":
    from casework.assess.agenda import what_is_due  # `check` does not tell

    policy = organisation.policy
    review = policy.talent_review(report.review)
    return what_is_due(report, report.status, review, policy, today)


def _is_decided(case: Case | None) -> bool:
    return case is not None and case.status is not None and case.status.is_decided


def _read_case(blob: Blob, rulebook: Rulebook) -> Case:
    from casework.read.case import read_case

    return read_case(blob, rulebook.schemas)


def _report(
    case: Case,
    findings: tuple[Finding, ...],
    organisation: Organisation,
    today: date,
    approvals: Requirement | None = None,
) -> CaseReport:
    assessment = assess(case, organisation, today, approvals)
    return CaseReport(
        path=case.path,
        person=case.person,
        kind=case.kind and case.kind.value,
        from_level=case.from_level,
        to_level=case.to_level,
        review=case.review,
        status=case.status and case.status.value,
        verdict=verdict(assessment, has_error(findings)),
        assessment=assessment,
    )
