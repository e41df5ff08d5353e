"""What follows from a case's requirements and findings."""

from casework.model.report import Assessment, State, Verdict

APPROVALS = "approvals"


def verdict(assessment: Assessment, has_error: bool) -> Verdict:
    """The first verdict that applies: invalid, not-ready, ready, approved.

    `has_error` says whether the case has an error finding. A requirement other than approvals that
    is undetermined keeps a case from being ready just as an unmet one does.
    """
    if has_error:
        return Verdict.INVALID
    open_ones = {each.id for each in assessment.requirements if each.state is not State.MET}
    if open_ones - {APPROVALS}:
        return Verdict.NOT_READY
    return Verdict.READY if open_ones else Verdict.APPROVED
