"""What there is to do about a case: what its verdict asks for, and what its talent review does."""

from casework.model.agenda import Due, Stage
from casework.model.english import day
from casework.model.policy import Policy
from casework.model.report import CaseReport, JudgedCase
from casework.render.advice import steps


def todo(judged: JudgedCase, errors: int, policy: Policy) -> tuple[str, ...]:
    """What to do next, the first thing first, and what is due by when."""
    found = steps(judged.report, errors, policy, judged.approvals)
    # Who is told to submit by a day need not be told that it is the day to submit by.
    due = [each for each in judged.due if not any(day(each.day) in step for step in found)]
    return (*found, *(each.sentence for each in due if not _is_hopeless(each, judged.report)))


def _is_hopeless(due: Due, case: CaseReport) -> bool:
    """Whether a draft is to be submitted by a day by which it cannot be ready."""
    assessment = case.assessment
    if due.stage is not Stage.CASES_DUE or due.day < assessment.as_of:
        return False
    return assessment.earliest is not None and assessment.earliest.review != case.review
