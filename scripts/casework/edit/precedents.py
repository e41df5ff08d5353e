"""How other cases of a person rated a quarter, for whoever is to rate it again."""

import re
from collections.abc import Iterable
from datetime import date

from casework.model.case import Case
from casework.model.fiscal import Quarter
from casework.model.framework import Category

_MOST = 3
"""How many cases are named for one quarter: the latest that differ."""
_LEVEL = re.compile(r"[\w-]{1,20}")


def precedents(
    quarter: Quarter, cases: Iterable[Case], level: str | None, categories: tuple[Category, ...]
) -> tuple[str, ...]:
    """A clause for each case that rates the quarter, the latest first; `level` is the one held.

    Where an older case says the same as a later one, it is left out.
    """
    found: dict[str, str] = {}
    for case in sorted(filter(_can_be_named, cases), key=_when, reverse=True):
        if cells := _cells(case, quarter, categories):
            said = f"{_against(case, level)}: {', '.join(cells)}"
            found.setdefault(said, f"{quarter.label} was rated in {_named(case)}{said}")
    return tuple(found.values())[:_MOST]


def _can_be_named(case: Case) -> bool:
    # A path may hold anything, line breaks too; `check` has something to say of such a one.
    return case.status is not None and case.path.isprintable()


def _when(case: Case) -> tuple[date, str]:
    return case.decided or date.max, case.path


def _named(case: Case) -> str:
    is_open = case.status is not None and not case.status.is_decided
    return f"{case.path} ({case.status})" if is_open else case.path


def _against(case: Case, level: str | None) -> str:
    """A word on ratings against another level than the one held now."""
    before = case.from_level or ""
    if before == level:
        return ""
    return f", against {before if _LEVEL.fullmatch(before) else 'another level'}"


def _cells(case: Case, quarter: Quarter, categories: tuple[Category, ...]) -> list[str]:
    return [
        f"{category.id} {each.ratings[category.id].word}"
        for each in case.quarters
        if each.quarter == quarter
        for category in categories
        if category.id in each.ratings
    ]
