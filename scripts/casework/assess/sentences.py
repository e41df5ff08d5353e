"""The sentences that say how a requirement stands, for managers and engineers.

They depend on the day only through the quarter in progress and the talent reviews that are over.
"""

from collections.abc import Sequence
from datetime import date

from casework.assess.nearest import Miss
from casework.assess.phrases import (
    all_of,
    categories_named,
    labels,
    listed,
    wanted,
)
from casework.assess.quarters import Circumstances, Standing
from casework.model import english
from casework.model.fiscal import Quarter
from casework.model.framework import Category
from casework.model.policy import Bar
from casework.model.report import Because


def met(quarters: Sequence[Quarter], bar: Bar, categories: Sequence[Category]) -> str:
    """A requirement of quarters that is met."""
    if not quarters:
        return "The policy asks for no such quarter."
    verb = "counts" if len(quarters) == 1 else "count"
    return f"{labels(quarters)} {verb}, at {wanted(bar.rating)} in {all_of(categories)}."


def missing(
    found: Sequence[Quarter],
    others: Sequence[Quarter],
    bar: Bar,
    circumstances: Circumstances,
    *,
    spoken_for: bool,
) -> str:
    """A requirement of quarters that is not met: what there is of what it needs.

    `others` are the quarters used for the other requirement; `spoken_for` says that they would do
    for this one too, if they could count twice.
    """
    asked = f"at {wanted(bar.rating)} in {all_of(circumstances.categories)}"
    run = circumstances.policy.consecutive
    other, used = ("other quarter", _used(others)) if spoken_for else ("quarter", "")
    if bar.quarters == 1 and run and others:
        return f"No quarter that counts and adjoins {labels(others)} is {asked}."
    if bar.quarters == 1:
        return f"No {other} that counts is {asked}{f': {used}' if used else ''}."
    gap = ", without a gap" if run else ""
    aside = f" ({used})" if used else ""
    so_far = f"only {labels(found)} so far" if found else "none so far"
    needed = english.number(bar.quarters).capitalize()
    return f"{needed} {other}s that count must be {asked}{gap}; {so_far}{aside}."


def _used(quarters: Sequence[Quarter]) -> str:
    verb = "is" if len(quarters) == 1 else "are"
    return f"{labels(quarters)} {verb} used for the next level"


def comes_nearest(
    miss: Miss, bar: Bar, circumstances: Circumstances, level: str, used: Sequence[Quarter]
) -> str:
    """The nearest miss and all that it lacks.

    `used` are the quarters that it would have to adjoin.
    """
    clauses = [
        *([falls_short(miss, bar)] if miss.short else []),
        *([does_not_count(miss, circumstances, level)] if miss.because else []),
    ]
    if not clauses:
        clauses = [
            f"it counts, but a gap separates it from {labels(used)}, and the policy allows none"
        ]
    return f"{miss.standing.quarter.label} comes nearest: {'; '.join(clauses)}."


def falls_short(miss: Miss, bar: Bar) -> str:
    """The cells that are rated lower than needed."""
    ratings = miss.standing.rated.ratings
    cells = listed(
        f"{categories_named([each])} is rated `{ratings[each.id].word}`"
        if each.id in ratings
        else f"{categories_named([each])} is not rated"
        for each in miss.short
    )
    all_must = "" if len(miss.short) == 1 else "both " if len(miss.short) == 2 else "all "
    return f"{cells}, and {all_must}must be {wanted(bar.rating)}"


def does_not_count(miss: Miss, circumstances: Circumstances, level: str) -> str:
    """Why a quarter does not count."""
    policy, quarter = circumstances.policy, miss.standing.quarter
    first, last = policy.calendar.first_day(quarter), policy.calendar.last_day(quarter)
    lacking = miss.standing.lacking
    lacks = f"{evidence_for(lacking, policy.evidence_per_cell)} is missing" if lacking else ""
    match miss.because:
        case Because.NOT_ENDED:
            also = f", and {lacks}" if lacks else ""
            return f"it has not ended yet (it ends on {english.day(last)}){also}"
        case Because.BEFORE_LEVEL:
            since = circumstances.level_since
            reached = (
                f"{level} was reached on {english.day(since)}" if since else f"{level} was reached"
            )
            return f"it began on {english.day(first)}, too long before {reached}"
        case Because.DURING_ONBOARDING:
            until = _on(circumstances.onboarded)
            return f"it began on {english.day(first)}, before onboarding was over{until}"
        case Because.OUTSIDE_WINDOW:
            return f"it lies further back than the policy looks ({_window(policy.window_quarters)})"
    return lacks


def _on(day: date | None) -> str:
    return f" on {english.day(day)}" if day else ""


def _window(quarters: int | None) -> str:
    return "one quarter" if quarters == 1 else f"{english.number(quarters or 0)} quarters"


def evidence_for(categories: Sequence[Category], per_cell: int) -> str:
    """The evidence that some categories of a quarter need."""
    if per_cell == 1:
        return f"supported evidence for {categories_named(categories)}"
    each = "each " if len(categories) > 1 else ""
    items = f"evidence with {english.number(per_cell)} supported items"
    return f"{items} {each}for {categories_named(categories)}"


def evidence_would_do(standings: Sequence[Standing], per_cell: int) -> str:
    """That supported evidence for quarters that have ended would be enough."""
    have = "has" if len(standings) == 1 else "have"
    needed = listed(
        evidence_for(each.lacking, per_cell)
        + ("" if len(standings) == 1 else f" in {each.quarter.label}")
        for each in standings
    )
    quarters = labels(each.quarter for each in standings)
    return f"{quarters} {have} the ratings; {needed} would be enough."


def promotable(quarters: Sequence[Quarter], level: str) -> str:
    """That an in-band increase is asked for where a promotion is due."""
    who = labels(quarters) if quarters else "The quarters"
    verb = "meets" if len(quarters) == 1 else "meet"
    return f"{who} {verb} what a promotion to {level} asks for: open a promotion case instead."
