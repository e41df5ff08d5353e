"""Which of the counted quarters are used for which requirement.

Each requirement takes the latest quarters it can and keeps them even if they are too few. Without
`consecutive`, `next-level-quarter` chooses first and `current-level-quarter` from the rest (from
all of them where a quarter may count twice).

With `consecutive`, the used quarters form one unbroken run. If quarters can be chosen that meet
both requirements in one run, those with the latest quarters for the next level are taken (compared
from the latest one back), then those with the latest for the current level. If not,
`next-level-quarter` takes the longest run that it can use, the latest of several; then
`current-level-quarter` takes as many as adjoin that run without a gap, the latest first.
"""

from collections.abc import Mapping, Sequence

from casework.model.case import Kind, RatedQuarter
from casework.model.fiscal import Quarter
from casework.model.framework import Category
from casework.model.policy import Bar, Policy

NEXT_LEVEL = "next-level-quarter"
CURRENT_LEVEL = "current-level-quarter"
EXCEEDS_CURRENT_LEVEL = "exceeds-current-level"

Selection = Mapping[str, tuple[Quarter, ...]]
"""The quarters used, in the order of time, by the requirement's id."""

_Ordinals = tuple[int, ...]
"""Quarters as numbers, the latest first, so that of two choices the later one is the greater."""


def bars(policy: Policy, kind: Kind) -> dict[str, Bar]:
    """What a kind of case asks of quarters, by the requirement's id."""
    if kind is Kind.IN_BAND_INCREASE:
        return {EXCEEDS_CURRENT_LEVEL: policy.in_band_increase}
    return {NEXT_LEVEL: policy.next_level, CURRENT_LEVEL: policy.current_level}


def select(
    counted: Sequence[RatedQuarter],
    policy: Policy,
    categories: tuple[Category, ...],
    kind: Kind,
) -> Selection:
    """The quarters used for each requirement that `bars` names."""
    asked = bars(policy, kind)
    pools = [
        {each.quarter.ordinal for each in counted if each.reaches(bar.rating, categories)}
        for bar in asked.values()
    ]
    counts = [bar.quarters for bar in asked.values()]
    used = _choose(pools, counts, policy)
    by_ordinal = {each.quarter.ordinal: each.quarter for each in counted}
    return {
        requirement: tuple(by_ordinal[ordinal] for ordinal in reversed(ordinals))
        for requirement, ordinals in zip(asked, used, strict=True)
    }


def is_enough(selection: Selection, policy: Policy, kind: Kind) -> bool:
    """Whether the quarters used meet all that a kind of case asks of quarters."""
    asked = bars(policy, kind).items()
    return all(len(selection[requirement]) >= bar.quarters for requirement, bar in asked)


def _choose(pools: list[set[int]], counts: list[int], policy: Policy) -> tuple[_Ordinals, ...]:
    if len(pools) == 1:
        return (_latest(pools[0], counts[0]),)
    (nexts, currents), (n, c) = pools, counts
    twice = policy.a_quarter_may_count_twice
    if policy.consecutive:
        run = _latest_run_for_both(nexts, currents, n, c, twice)
        return run or _adjacent_as_far_as_possible(nexts, currents, n, c, twice)
    chosen = _latest(nexts, n)
    return chosen, _latest(currents if twice else currents.difference(chosen), c)


def _latest(pool: set[int], count: int) -> _Ordinals:
    return tuple(sorted(pool, reverse=True)[:count])


def _latest_run_for_both(
    nexts: set[int], currents: set[int], n: int, c: int, twice: bool
) -> tuple[_Ordinals, _Ordinals] | None:
    """The latest choice that meets both requirements and is one run; None if there is none."""
    lengths = range(max(n, c), n + c + 1) if twice else (n + c,)
    runs = (range(first, first + length) for first in nexts | currents for length in lengths)
    return max(filter(None, (_divide(run, nexts, currents, n, c) for run in runs)), default=None)


def _divide(
    run: range, nexts: set[int], currents: set[int], n: int, c: int
) -> tuple[_Ordinals, _Ordinals] | None:
    """The run's quarters divided among both requirements, so that each has its number.

    Where the run is shorter than the two numbers together, the overlap counts twice.
    """
    if not nexts | currents >= set(run):
        return None
    only_next = nexts.intersection(run) - currents
    either = nexts.intersection(run) & currents
    overlap, free = n + c - len(run), n - len(only_next)
    if not overlap <= free <= len(either):
        return None
    freely_next = _latest(either, free)
    used_next = _latest(only_next.union(freely_next), n)
    rest = set(run).difference(used_next)
    return used_next, _latest(rest.union(freely_next[:overlap]), c)


def _adjacent_as_far_as_possible(
    nexts: set[int], currents: set[int], n: int, c: int, twice: bool
) -> tuple[_Ordinals, _Ordinals]:
    """The longest run for the next level, and what adjoins it for the current one."""
    used_next = _longest_run(nexts, n)
    if not used_next:
        return (), _longest_run(currents, c)
    rest = currents if twice else currents.difference(used_next)
    after = _unbroken(rest, used_next[0], 1)[:c]
    before = _unbroken(rest, used_next[-1], -1)
    shared = _latest(rest.intersection(used_next), c)
    return used_next, _latest({*after, *(*shared, *before)[: c - len(after)]}, c)


def _longest_run(pool: set[int], most: int) -> _Ordinals:
    """The latest of the longest runs, of at most so many quarters."""
    runs = ((first, *_unbroken(pool, first, 1))[:most] for first in pool)
    return tuple(reversed(max(runs, key=lambda run: (len(run), run), default=())))


def _unbroken(pool: set[int], beside: int, step: int) -> _Ordinals:
    """The quarters of the pool that follow (or, with -1, precede) one without a gap."""
    end = beside + step
    while end in pool:
        end += step
    return tuple(range(beside + step, end, step))
