"""The rules about days: what is dated fits the order in which things happen."""

from collections.abc import Iterator
from datetime import date

from casework.check.context import Context, Problem
from casework.model.case import Case, Kind, Status


def implausible_date(context: Context) -> Iterator[Problem]:
    """The dates of a case are possible ones.

    Why: These days decide which quarters count and from when a level holds. A decision in
    the future, or before its talent review opened, cannot be right.

    Fix: Correct the date. A decision bears the day of the talent review on which it
    was made, and takes effect after the last quarter that it rests on.

    Bad:
        decided: 2062-08-20

    Good:
        decided: 2026-08-20
    """
    yield from _decided(context)
    yield from _effective(context)
    yield from _reached(context)


def _decided(context: Context) -> Iterator[Problem]:
    """A decision that lies in the future, or before its talent review."""
    decided, at = context.case.decided, context.document.at("decided")
    if decided is None:
        return
    if decided > context.today:
        yield Problem(
            at,
            f"`decided` must not lie after today, `{context.today}`; it is `{decided}`.",
            "Write the day on which it was decided.",
        )
    review = context.policy.talent_review(context.case.review)
    if review is not None and decided < review.opens:
        yield Problem(
            at,
            f"`decided` must not lie before the talent review {review.id} opens, "
            f"`{review.opens}`; it is `{decided}`.",
            "Write the day on which it was decided, or correct `review`.",
        )


def _effective(context: Context) -> Iterator[Problem]:
    """A decision that takes effect before the quarters that it rests on are over."""
    effective, last = context.case.effective, _last_day_used(context, context.case)
    if effective is not None and last is not None and effective <= last:
        yield Problem(
            context.document.at("effective"),
            f"`effective` must lie after the last quarter that the decision rests on, which ended "
            f"on `{last}`; it is `{effective}`.",
            "Write a day after that quarter's end.",
        )


def _last_day_used(context: Context, case: Case) -> date | None:
    """The end of the latest quarter that was over and rated high enough when it was decided."""
    track = context.framework.track_of(case.from_level)
    if track is None:
        return None
    in_band = case.kind is Kind.IN_BAND_INCREASE
    bar = context.policy.in_band_increase if in_band else context.policy.current_level
    decided = case.decided or context.today
    ends = (
        context.policy.calendar.last_day(each.quarter)
        for each in case.quarters
        if each.reaches(bar.rating, track.categories)
    )
    return max((end for end in ends if end < decided), default=None)


def _reached(context: Context) -> Iterator[Problem]:
    """A level reached in the future, in a case that is still open."""
    case = context.case
    if case.status is not None and case.status.is_decided:
        return
    if case.level_since is not None and case.level_since > context.today:
        yield Problem(
            context.document.at("level_since"),
            f"`level_since` must not lie after today, `{context.today}`; it is "
            f"`{case.level_since}`.",
            "Write the day on which the level was reached.",
        )


def late_case(context: Context) -> Iterator[Problem]:
    """A submitted case is decided by the end of its talent review.

    Why: Somebody is waiting for the answer. A case that was submitted and not decided should
    not slip out of sight.

    Fix: Write down what the talent review decided. If the decision was put off, change `review`
    to the next one, and rename the file.
    """
    case = context.case
    review = context.policy.talent_review(case.review)
    if review is None or case.status is not Status.SUBMITTED:
        return
    if review.decided_by < context.today:
        yield Problem(
            context.document.at("review"),
            f"A submitted case should be decided by the end of its talent review {review.id}, "
            f"`{review.decided_by}`; that day has passed.",
            "Write the decision down, or take the case to the next talent review.",
        )
