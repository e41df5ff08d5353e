"""A case judged as of a day: its quarters, its requirements, and when it can be ready."""

from collections.abc import Iterator
from datetime import date

from casework.assess.earliest import earliest
from casework.assess.matter import Matter, matter
from casework.assess.requirements import requirements
from casework.assess.selection import Selection, bars
from casework.model.case import Case
from casework.model.fiscal import Quarter
from casework.model.organisation import Organisation
from casework.model.report import Assessment, JudgedQuarter, Requirement


def as_of(case: Case, today: date) -> date:
    """The day as of which a case is judged: that of its decision, or else today."""
    is_decided = case.status is not None and case.status.is_decided
    return case.decided if is_decided and case.decided else today


def assess(
    case: Case, organisation: Organisation, today: date, approvals: Requirement | None = None
) -> Assessment:
    """Judge a case, broken or not: what its file does not say is left undetermined.

    `approvals` is how the reviews on the pull request stand; None where they are not known.
    A case whose kind is unreadable is taken for a promotion.
    """
    at_hand = matter(case, organisation, as_of(case, today))
    # A decision against the case asks nothing of its quarters, and a broken file cannot tell.
    is_judged = not at_hand.asks_for_feedback_only and at_hand.unreadable_field is None
    selection = at_hand.select() if is_judged else {}
    return Assessment(
        at_hand.circumstances.day,
        requirements(at_hand, selection, approvals),
        tuple(_judged(at_hand, selection)),
        earliest(at_hand) if is_judged else None,
        tuple(_unrated(at_hand)),
        tuple(_lower_since(at_hand, selection)),
    )


def _judged(at_hand: Matter, selection: Selection) -> Iterator[JudgedQuarter]:
    # `select` names the next level first: a quarter that counts twice is shown with that.
    uses = [(quarter, purpose) for purpose, used in selection.items() for quarter in used]
    used_for = dict(reversed(uses))
    for each in at_hand.standings:
        because = each.because(at_hand.circumstances)
        yield JudgedQuarter(each.quarter, each.rated.ratings, because, used_for.get(each.quarter))


def _unrated(at_hand: Matter) -> Iterator[Quarter]:
    """The quarters between the first rated one and the last one ended that have no ratings."""
    circumstances = at_hand.circumstances
    rated = {each.quarter for each in at_hand.standings if each.rated.ratings}
    in_progress = circumstances.policy.calendar.containing(circumstances.day)
    end = min(in_progress, Quarter(2100, 1))
    quarter = min(rated, default=end)
    while quarter < end:
        if quarter not in rated:
            yield quarter
        quarter = quarter.plus(1)


def _lower_since(at_hand: Matter, selection: Selection) -> Iterator[Quarter]:
    """The quarters after the last used one with a category rated below what that one is used for.

    Whether they have ended does not matter: they are shown, not judged.
    """
    uses = [(used[-1], purpose) for purpose, used in selection.items() if used]
    if not uses:
        return
    last = max(quarter for quarter, _ in uses)
    used_for = next(purpose for quarter, purpose in uses if quarter == last)
    rating = bars(at_hand.circumstances.policy, at_hand.kind)[used_for].rating
    for each in at_hand.standings:
        ratings = each.rated.ratings
        rated = (ratings[c.id] for c in at_hand.circumstances.categories if c.id in ratings)
        if each.quarter > last and any(one < rating for one in rated):
            yield each.quarter
