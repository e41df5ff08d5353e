"""Whether the check on a pull request passes, and if not, what keeps it from passing."""

from collections.abc import Iterator

from casework.model.approval import ApprovalOutcome
from casework.model.case import Status
from casework.model.english import counted, enumerated
from casework.model.finding import Severity
from casework.model.report import CaseReport, JudgedCase, Review, State, Verdict
from casework.render.words import is_decided


def gate(review: Review) -> str | None:
    """The answer in a sentence; None where nothing is proposed, so that nothing need pass."""
    if not review.passes:
        why = enumerated(list(_reasons(review)))
        return f"The check does not pass: {why}." if why else "The check does not pass."
    if not review.proposes:
        return None
    if any(_decision_stands(each.report, State.UNDETERMINED) for each in review.cases):
        return "The check passes, approvals aside: they are known only on the pull request."
    if any(_is_draft_in_work(each.report) for each in review.cases):
        return "The check passes: a draft need not be ready."
    return "The check passes."


def _reasons(review: Review) -> Iterator[str]:
    cases = [each.report for each in review.cases]
    behind = [each for each in cases if each.verdict is Verdict.NOT_READY]
    errors = sum(each.severity is Severity.ERROR for each in review.report.findings)
    if errors:
        yield f"{counted(errors, 'error')} must be fixed"
    if any(each.status == Status.SUBMITTED for each in behind):
        yield "a submitted case must be ready"
    if any(map(is_decided, behind)):
        yield "a decision must meet its requirements"
    if any(_decision_stands(each, State.UNMET) for each in cases):
        yield "a decision must be approved"
    if _stands(review.owners, State.UNMET):
        yield "an owner must approve what is changed besides cases"
    if _stands(review.owners, State.UNDETERMINED) or any(map(_is_in_the_dark, review.cases)):
        yield "the approvals must be known, and they are not"


def _stands(outcome: ApprovalOutcome | None, state: State) -> bool:
    return outcome is not None and outcome.requirement.state is state


def _is_in_the_dark(judged: JudgedCase) -> bool:
    """Whether it cannot pass because nobody knows what the reviews come to."""
    return _decision_stands(judged.report, State.UNDETERMINED) and judged.approvals is not None


def _is_draft_in_work(case: CaseReport) -> bool:
    return case.status == Status.DRAFT and case.verdict is Verdict.NOT_READY


def _decision_stands(case: CaseReport, state: State) -> bool:
    """Whether a decision is written down that lacks nothing but approvals, which stand so."""
    asked = case.assessment.requirement("approvals")
    is_complete = case.verdict in (Verdict.READY, Verdict.APPROVED)
    return is_decided(case) and is_complete and asked is not None and asked.state is state
