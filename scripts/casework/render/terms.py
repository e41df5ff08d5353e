"""The policy's knobs as sentences: what a promotion takes, when it comes, and who decides."""

from collections import Counter
from collections.abc import Iterator

from casework.model.english import counted, day, number
from casework.model.fiscal import Quarter
from casework.model.policy import Bar, Policy, TalentReview
from casework.model.rating import Rating

_AT_LEVEL_HELD = {
    Rating.BELOW: "work",
    Rating.MEETS: "work that meets what your level asks for",
    Rating.EXCEEDS: "high performance at the level you hold",
    Rating.NEXT: "work at the level above yours",
}


def bars(policy: Policy, everywhere: str) -> Iterator[str]:
    """What a case must show: a phrase for the level held, and one for the level aimed for.

    `everywhere` says in which categories, such as "all three categories".
    """
    held, above = policy.current_level, policy.next_level
    yield f"{_AT_LEVEL_HELD[held.rating]}, {_for(held)}: {_rated(held, everywhere)}"
    yield f"work at the level you aim for, {_for(above)}: {_rated(above, everywhere)}"


def sharing(policy: Policy) -> Iterator[str]:
    """How the quarters of the two bars relate to each other."""
    held, above = policy.current_level, policy.next_level
    if policy.a_quarter_may_count_twice:
        yield "One quarter may count for both."
    else:
        yield "No quarter counts for both."
        if above.rating >= held.rating:
            enough = counted(held.quarters + above.quarters, "quarter")
            yield (
                f"A quarter at `{above.rating.word}` is one of high performance too, "
                f"so {enough} at `{above.rating.word}` are enough for both."
            )
    if policy.consecutive:
        yield "The quarters follow each other without a gap, in whatever order."
    else:
        yield "The order of the quarters does not matter, nor whether others lie between them."


def counting(policy: Policy) -> Iterator[str]:
    """When a quarter counts: conditions that complete "it …"."""
    yield "has ended"
    grace = ""
    if policy.grace_days:
        days = counted(policy.grace_days, "day")
        grace = (
            f" (if you reached it no more than {days} into the quarter, the whole quarter counts)"
        )
    yield f"began when you already held your level{grace}"
    yield "began when your onboarding was over"
    if policy.window_quarters is not None:
        span = counted(policy.window_quarters, "quarter")
        yield f"is among the {span} before the one in progress"
    if policy.evidence_per_cell:
        pieces = counted(policy.evidence_per_cell, "piece")
        yield (
            f"has, behind every rating of `exceeds` or `next`, at least {pieces} of evidence "
            "with a link or a witness"
        )


def steps(policy: Policy) -> str:
    """How many levels a promotion may climb."""
    if policy.skip_levels:
        return "A promotion may skip a level."
    return "A promotion goes to the level right above yours."


def reviews(policy: Policy) -> str:
    """How often promotions are decided."""
    years = Counter(review.opens.year for review in policy.talent_reviews)
    if not years:
        return "Promotions are decided in a talent review; none has been announced yet."
    times = max(years.values())
    often = {1: "once", 2: "twice"}.get(times, f"{number(times)} times")
    return f"Promotions are decided in a talent review, {often} a year."


def review_row(review: TalentReview) -> tuple[str, str, str, str]:
    """A talent review and its days."""
    return review.id, day(review.opens), day(review.cases_due), day(review.decided_by)


def approvals(policy: Policy) -> str:
    """Whose approval a case needs."""
    required, senior, days = policy.approvals[1:]
    if not required:
        return "No reviewer's approval is asked for."
    group = f"{counted(required, 'member')} of the calibration group".capitalize()
    verb = "approves" if required == 1 else "approve"
    senior_ones = f"at least {number(senior)} of them at the level you aim for or above"
    return (
        f"{group} {verb} the case{', ' + senior_ones if senior else ''}. Your own approval does "
        "not count, nor that of your manager or of whoever opened the pull request. "
        f"Each reviewer answers within {counted(days, 'day')}."
    )


def in_band(policy: Policy, everywhere: str) -> str:
    """What a pay increase within a level takes."""
    bar = policy.in_band_increase
    return (
        "It may be given on any day of the year, where somebody does more than the level asks for "
        "but not yet what the next one asks for. It takes that "
        f"{_for(bar)}: {_rated(bar, everywhere)}."
    )


def recording(policy: Policy) -> str:
    """How soon a quarter is to be written down."""
    days = counted(policy.record_within_days, "day")
    return (
        f"Write each quarter down while it is fresh. One that goes on record more than {days} "
        "after its end is pointed out, but still counts."
    )


def fiscal_year(policy: Policy) -> str:
    """What a quarter's label stands for."""
    first = Quarter(2027, 1)
    begins, ends = policy.calendar.first_day(first), policy.calendar.last_day(first)
    return f"Quarters are fiscal ones: {first.label} is {day(begins)} to {day(ends)}."


def _for(bar: Bar) -> str:
    return f"for at least {counted(bar.quarters, 'quarter')}"


def _rated(bar: Bar, everywhere: str) -> str:
    better = "" if bar.rating is Rating.NEXT else " or better"
    return f"{everywhere} rated `{bar.rating.word}`{better}"
