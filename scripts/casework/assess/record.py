"""Since when a person's quarters are on record: what the main branch held of them, and when."""

from collections.abc import Iterable, Iterator, Mapping

from casework.model.case import RatedQuarter
from casework.model.fiscal import FiscalCalendar, Quarter
from casework.model.history import CaseHistory, Landing, OnRecord
from casework.model.rating import Rating

_Ratings = Mapping[str, Rating]


def on_record(
    histories: Iterable[CaseHistory], quarters: Iterable[RatedQuarter], calendar: FiscalCalendar
) -> tuple[OnRecord, ...]:
    """Since when the main branch has held each of the quarters, in whatever case of the person.

    `histories` are all of the person's. A quarter has been on record since all of the categories
    that are now rated were rated first, however they were rated then. It is late by the policy of
    that commit: one that was made stricter since makes nothing late.
    """
    lines = tuple(histories)
    return tuple(_quarter(lines, each, calendar) for each in quarters)


def is_late(days: int, landing: Landing) -> bool | None:
    """Whether so long after a quarter's end was too late for a commit; None where unknown."""
    return None if landing.deadline is None else days > landing.deadline


def _quarter(
    histories: tuple[CaseHistory, ...], rated: RatedQuarter, calendar: FiscalCalendar
) -> OnRecord:
    first: Landing | None = None
    as_now: Landing | None = None
    for landing, held in _held(histories, rated.quarter):
        if first is None and any(rated.ratings.keys() <= each.keys() for each in held):
            first = landing
        if rated.ratings not in held:
            as_now = None
        elif as_now is None:
            as_now = landing
    if first is None or not rated.ratings:
        return OnRecord(rated.quarter, None)
    days = (first.day - calendar.last_day(rated.quarter)).days
    return OnRecord(rated.quarter, first, as_now, days, is_late(days, first))


def _held(
    histories: tuple[CaseHistory, ...], quarter: Quarter
) -> Iterator[tuple[Landing, list[_Ratings]]]:
    """After each commit: how the cases that the main branch then held rate the quarter."""
    versions = sorted(
        ((v.landing.place, index, v) for index, h in enumerate(histories) for v in h.versions),
        key=lambda each: each[:2],
    )
    held: dict[int, _Ratings] = {}
    for place, (_, index, version) in enumerate(versions):
        held.pop(index, None)
        for each in version.case.quarters if version.case else ():
            if each.quarter == quarter:
                held[index] = each.ratings
        is_last = place + 1 == len(versions) or versions[place + 1][0] != versions[place][0]
        if is_last:
            yield version.landing, list(held.values())
