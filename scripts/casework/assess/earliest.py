"""When a case can be ready at the earliest, as far as its quarters decide it."""

from datetime import date, timedelta

from casework.assess.matter import Matter
from casework.assess.quarters import Standing
from casework.assess.selection import bars
from casework.model.case import Kind, RatedQuarter
from casework.model.fiscal import Quarter
from casework.model.policy import Policy
from casework.model.rating import Rating
from casework.model.report import Earliest

_FIRST_YEAR, _LAST_YEAR = 2000, 2099
"""Labels have two digits for the year: other quarters cannot be written down."""


def earliest(matter: Matter) -> Earliest | None:
    """How many more quarters it takes if each is rated as needed, and when the last of them ends.

    None when no more are needed, whatever else is missing; and when no number of quarters is
    enough, because the policy looks back on fewer than it asks for.
    """
    if matter.suffices(matter.select()):
        return None
    policy = matter.circumstances.policy
    # More quarters than are asked for in all never help.
    most = sum(bar.quarters for bar in bars(policy, matter.kind).values())
    to_come = _to_come(matter, most)
    for more, last in enumerate(to_come, start=1):
        if _is_enough(matter, to_come[:more]):
            return Earliest(last, _review_after(last, matter), more)
    return None


def _to_come(matter: Matter, most: int) -> list[Quarter]:
    """So many quarters from the one in progress on, passing over those that cannot count."""
    circumstances = matter.circumstances
    quarter = circumstances.policy.calendar.containing(circumstances.day)
    # A day outside the years that labels can name has no quarter that a case could list.
    if quarter.year < _FIRST_YEAR:
        return []
    while quarter.year <= _LAST_YEAR and circumstances.ruled_out(quarter):
        quarter = quarter.plus(1)
    end = Quarter(_LAST_YEAR + 1, 1)
    return [quarter.plus(place) for place in range(min(most, end.ordinal - quarter.ordinal))]


def _is_enough(matter: Matter, to_come: list[Quarter]) -> bool:
    """Whether the quarters suffice on the day after the last of those to come has ended."""
    circumstances = matter.circumstances
    ratings = {category.id: Rating.NEXT for category in circumstances.categories}
    supposed = {quarter: Standing(RatedQuarter(quarter, ratings)) for quarter in to_come}
    known = {each.quarter: each for each in matter.standings}
    day_after = circumstances.policy.calendar.last_day(to_come[-1]) + timedelta(days=1)
    later = matter._replace(circumstances=circumstances._replace(day=day_after))
    return later.suffices(later.select(standings=tuple((known | supposed).values())))


def _review_after(quarter: Quarter, matter: Matter) -> str | None:
    """The first talent review for which a case can still be handed in once the quarter is over."""
    policy = matter.circumstances.policy
    if matter.kind is Kind.IN_BAND_INCREASE:
        return None
    return next_review(policy, policy.calendar.last_day(quarter))


def next_review(policy: Policy, day: date) -> str | None:
    """The first talent review whose cases are due after a day."""
    later = [each for each in policy.talent_reviews if each.cases_due > day]
    return min(later, key=lambda each: each.cases_due).id if later else None
