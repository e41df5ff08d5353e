"""Who is still below the level that everybody is to reach, and how things stand with each."""

from datetime import date
from typing import NamedTuple

from casework.model.fiscal import Quarter
from casework.model.people import Person
from casework.model.report import CaseReport


class KnownCase(NamedTuple):
    """A case as a list of many tells of it."""

    report: CaseReport
    errors: int = 0
    """How many errors there are in its file."""


class DecidedCase(NamedTuple):
    """A case whose decision is written down."""

    report: CaseReport
    decided: date | None
    """None where the file does not say."""


class Growing(NamedTuple):
    """Somebody below the expected level."""

    person: Person
    last: DecidedCase | None = None
    """The case that was decided last, of whatever kind."""
    open: tuple[KnownCase, ...] = ()
    """The cases in progress, by path; promotions first."""
    unrecorded: tuple[Quarter, ...] = ()
    """The two quarters that ended last, where neither is rated in any case; else nothing."""


class Team(NamedTuple):
    """All of those who report to one manager."""

    manager: Person | None
    """None for whoever's manager is not known, or has left."""
    people: tuple[Growing, ...]
    """By name."""


class Growth(NamedTuple):
    """Everybody below the expected level. It compares nobody, and is in no order but by name."""

    as_of: date
    framework: str
    """The framework's version."""
    expected: str | None
    """The level that everybody is to reach; None where the policy names none."""
    teams: tuple[Team, ...] = ()
    """By the manager's name; those without a manager last."""
    unplaced: tuple[Person, ...] = ()
    """People with a level that the framework does not know: nobody can tell whether it is below."""


def whole_months(since: date | None, until: date) -> int | None:
    """How many months have passed in full; None where that day is not known or still to come."""
    if since is None or since > until:
        return None
    months = (until.year - since.year) * 12 + until.month - since.month
    return months - (until.day < since.day)
