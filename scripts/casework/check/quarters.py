"""The rules about quarters that are listed and cannot count.

They warn while there is time to act; the requirements say what follows from it.
"""

from collections.abc import Iterator

from casework.check.context import Context, Problem
from casework.check.words import quoted


def unfinished_quarter(context: Context) -> Iterator[Problem]:
    """A rated quarter has ended.

    Why: A quarter is rated for all of its three months. Until it is over it does not count.

    Fix: Nothing, if the rating is a forecast: the quarter counts from the day after its end.
    Otherwise correct the label.
    """
    calendar = context.policy.calendar
    for each in context.case.quarters:
        last = calendar.last_day(each.quarter)
        if last >= context.today:
            yield Problem(
                context.document.key_at("quarters", each.quarter.label),
                f"A quarter should have ended before it is rated; {each.quarter.label} ends on "
                f"`{last}`.",
                "Until then it does not count. Look at the ratings again once it is over.",
            )


def quarter_before_level(context: Context) -> Iterator[Problem]:
    """A rated quarter was worked at the level that the case starts from.

    Why: Ratings are given against the level held. A quarter that began before the level was reached
    was measured against another one. Decisions fall in a quarter's first month, so the policy
    grants some days of grace.

    Fix: Leave the quarter out, or correct `level_since` if it is wrong.
    """
    since, grace = context.case.level_since, context.policy.grace_days
    if since is None:
        return
    for each in context.case.quarters:
        first = context.policy.calendar.first_day(each.quarter)
        # The difference of two dates cannot leave the calendar, as a day less the grace could.
        if (since - first).days > grace:
            yield Problem(
                context.document.key_at("quarters", each.quarter.label),
                f"A quarter should begin after `level_since`, `{since}`, or at most {grace} days "
                f"before it; {each.quarter.label} began on `{first}`.",
                "It does not count: leave it out, or correct `level_since`.",
            )


def quarter_during_onboarding(context: Context) -> Iterator[Problem]:
    """A rated quarter began after the person's onboarding.

    Why: What a level expects holds for people who have settled in. A quarter in which somebody was
    still learning their way around is not measured by it.

    Fix: Leave the quarter out, or have `onboarded` in cases/people.yaml corrected if it is wrong.
    """
    subject = context.people.get(context.case.person)
    if subject is None or subject.onboarded is None:
        return
    for each in context.case.quarters:
        first = context.policy.calendar.first_day(each.quarter)
        if first < subject.onboarded:
            yield Problem(
                context.document.key_at("quarters", each.quarter.label),
                f"A quarter should begin once {quoted(subject.handle)} is onboarded, "
                f"`{subject.onboarded}`; {each.quarter.label} began on `{first}`.",
                "It does not count: leave it out, or have `onboarded` in cases/people.yaml "
                "corrected.",
            )
