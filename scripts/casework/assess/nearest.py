"""The nearest miss of a requirement: which quarter comes closest to meeting it, and what it lacks.

Nearest are quarters with the ratings that lack only evidence, then those that have yet to end, then
those that count but leave a gap; then the quarters with the fewest cells that fall short, and by
the least; last those that can no longer count. Of equals, the latest.
"""

from collections.abc import Iterator
from typing import NamedTuple

from casework.assess.matter import Matter
from casework.assess.quarters import Standing
from casework.assess.selection import NEXT_LEVEL, Selection, bars
from casework.model.fiscal import Quarter
from casework.model.framework import Category
from casework.model.policy import Bar
from casework.model.report import Because

_STILL_POSSIBLE = (None, Because.NOT_ENDED, Because.UNSUPPORTED)


class Miss(NamedTuple):
    """A quarter that does not meet a requirement, and why."""

    standing: Standing
    because: Because | None
    """Why it does not count; None if it does."""
    short: tuple[Category, ...]
    """The categories rated lower than needed, or not at all."""


def nearest_miss(matter: Matter, selection: Selection, id: str) -> Miss | None:
    """The quarter nearest to meeting a requirement, besides those used for it."""
    bar = bars(matter.circumstances.policy, matter.kind)[id]
    # The next level chooses first, so that what is used for the current one is free for it.
    others = set() if id == NEXT_LEVEL else set(selection.get(NEXT_LEVEL, ()))
    misses = (
        _miss(standing, bar, matter)
        for standing in matter.standings
        if standing.quarter not in selection[id]
    )
    twice = matter.circumstances.policy.a_quarter_may_count_twice
    # A quarter used for the other requirement that would do for this one too is spoken for.
    free = [m for m in misses if twice or m.short or m.standing.quarter not in others]
    return min(free, key=lambda miss: _distance(miss, bar, others), default=None)


def _miss(standing: Standing, bar: Bar, matter: Matter) -> Miss:
    circumstances = matter.circumstances
    ratings = standing.rated.ratings
    short = (c for c in circumstances.categories if ratings.get(c.id, 0) < bar.rating)
    return Miss(standing, standing.because(circumstances), tuple(short))


def _distance(miss: Miss, bar: Bar, others: set[Quarter]) -> tuple[int, ...]:
    """Something that is smaller for what comes nearer; for comparing only."""
    ratings, quarter = miss.standing.rated.ratings, miss.standing.quarter
    steps = sum(bar.rating - ratings.get(category.id, 0) for category in miss.short)
    group = _group(miss)
    return (int(quarter in others), group, len(miss.short), steps, -quarter.ordinal)


def _group(miss: Miss) -> int:
    if miss.because not in _STILL_POSSIBLE:
        return 5 if miss.short else 4
    if miss.short:
        return 3
    return {Because.UNSUPPORTED: 0, Because.NOT_ENDED: 1, None: 2}[miss.because]


def evidence_that_would_do(matter: Matter, id: str) -> tuple[Standing, ...]:
    """The ended quarters for which supported evidence alone would meet a requirement.

    One quarter if one is enough, the latest such; else as many of the latest as it takes; none if
    no evidence would do.
    """
    bar = bars(matter.circumstances.policy, matter.kind)[id]
    for tried in _lacking_evidence_only(matter, bar):
        backed = {each.quarter for each in tried}
        supposed = tuple(
            each._replace(lacking=()) if each.quarter in backed else each
            for each in matter.standings
        )
        if len(matter.select(standings=supposed)[id]) >= bar.quarters:
            return tuple(sorted(tried, key=lambda each: each.quarter))
    return ()


def _lacking_evidence_only(matter: Matter, bar: Bar) -> Iterator[list[Standing]]:
    """Quarters that might do, one alone before several together, the latest first."""
    circumstances = matter.circumstances
    latest_first = [
        each
        for each in reversed(matter.standings)
        if each.rated.reaches(bar.rating, circumstances.categories)
        and each.because(circumstances) is Because.UNSUPPORTED
    ]
    yield from ([each] for each in latest_first)
    yield from (latest_first[:count] for count in range(2, len(latest_first) + 1))
