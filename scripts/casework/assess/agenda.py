"""What is due next of a case, and by which day.

The sentences name days and never how far off they are: a new day alone says nothing new.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from casework.assess.earliest import next_review
from casework.model.agenda import Due, Stage
from casework.model.case import Kind, Status
from casework.model.english import day
from casework.model.policy import Policy, TalentReview
from casework.model.report import CaseReport

_AHEAD = timedelta(days=7)
"""How long before cases are due their managers are reminded."""


def what_is_due(
    case: CaseReport,
    status: str | None,
    review: TalentReview | None,
    policy: Policy,
    today: date,
) -> tuple[Due, ...]:
    """What a case's talent review asks for next, the first thing first.

    `status` is how far the case has come, such as `submitted`; `review` is its talent review, None
    where it names none that the policy knows. Nothing for a decided case, nor for an in-band
    increase, which has no day that it is due on.
    """
    if review is None or case.kind == Kind.IN_BAND_INCREASE:
        return ()
    if status == Status.DRAFT:
        return (_of_draft(review, policy, today),)
    if status == Status.SUBMITTED:
        return (_of_submitted(review, today),)
    return ()


def to_be_reminded_of(due: Iterable[Due], today: date) -> tuple[Due, ...]:
    """What is worth a word now: cases that are due within a week, and decisions that are late."""
    return tuple(each for each in due if _is_urgent(each, today))


def _is_urgent(due: Due, today: date) -> bool:
    if due.stage is Stage.CASES_DUE:
        return due.day - _AHEAD <= today
    return due.stage is Stage.DECISION_LATE


def _of_draft(review: TalentReview, policy: Policy, today: date) -> Due:
    if today > review.decided_by:
        sentence = (
            f"The talent review `{review.id}` ended on {day(review.decided_by)}, and "
            f"this case is still a draft: {_another(policy, today)}."
        )
        return Due(Stage.DECISION_LATE, review.decided_by, sentence)
    if today > review.cases_due:
        sentence = (
            f"Cases for the talent review `{review.id}` were due on {day(review.cases_due)}, and "
            "this one is still a draft: submit it now, or name a later talent "
            "review in `review`."
        )
        return Due(Stage.CASES_DUE, review.cases_due, sentence)
    sentence = (
        f"Submit this case by {day(review.cases_due)}, when cases for the talent review "
        f"`{review.id}` are due."
    )
    return Due(Stage.CASES_DUE, review.cases_due, sentence)


def _another(policy: Policy, today: date) -> str:
    """Which talent review a draft is to name whose own is over."""
    # What is due today can still be handed in.
    later = policy.talent_review(next_review(policy, today - timedelta(days=1)))
    if later is None:
        return "name another in `review` once the policy lists one"
    return f"name another in `review`, such as `{later.id}`, cases due on {day(later.cases_due)}"


def _of_submitted(review: TalentReview, today: date) -> Due:
    if today > review.decided_by:
        sentence = (
            f"The talent review `{review.id}` was to decide by {day(review.decided_by)}, "
            "but no decision on this case has been written down yet: once it is made, `casework "
            "decide` writes it down."
        )
        return Due(Stage.DECISION_LATE, review.decided_by, sentence)
    sentence = f"The talent review `{review.id}` decides on this case by {day(review.decided_by)}."
    return Due(Stage.DECISION_DUE, review.decided_by, sentence)
