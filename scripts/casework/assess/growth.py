"""Who is below the expected level, for their managers to keep in mind. Never a comparison."""

from collections.abc import Iterable, Iterator
from datetime import date

from casework.assess.quarters import Circumstances
from casework.model.case import Kind, Status
from casework.model.english import alphabetical
from casework.model.fiscal import Quarter
from casework.model.growth import DecidedCase, Growing, Growth, KnownCase, Team
from casework.model.organisation import Organisation
from casework.model.people import Person
from casework.model.report import Verdict

_DECIDED = frozenset(each.value for each in Status if each.is_decided)
_SILENCE = 2
"""So many ended quarters in a row without a rating are pointed out."""


def growing(organisation: Organisation, today: date) -> tuple[Person, ...]:
    """Everybody who is here and holds a level below the expected one of the same track."""
    below = _below(organisation)
    everybody = organisation.people.by_handle.values()
    return tuple(each for each in everybody if each.level in below and not each.is_gone(today))


def growth(organisation: Organisation, cases: Iterable[KnownCase], today: date) -> Growth:
    """How things stand with everybody below the expected level.

    `cases` are at least all of theirs; whose a case is, its folder says.
    """
    by_folder: dict[str, list[KnownCase]] = {}
    for each in cases:
        by_folder.setdefault(each.report.path.split("/")[1], []).append(each)
    teams: dict[str | None, list[Growing]] = {}
    for person in sorted(growing(organisation, today), key=by_name):
        manager = _manager(person, organisation, today)
        own = by_folder.get(person.handle, [])
        teams.setdefault(manager, []).append(_growing(person, own, organisation, today))
    people = organisation.people
    made = [Team(people.get(each), tuple(found)) for each, found in teams.items()]
    return Growth(
        today,
        organisation.framework.version,
        organisation.policy.expected_level,
        tuple(sorted(made, key=_of_team)),
        tuple(sorted(_unplaced(organisation, today), key=by_name)),
    )


def by_name(person: Person) -> tuple[str, str]:
    """What people are put in order by."""
    return alphabetical(person.name), person.handle


def _of_team(team: Team) -> tuple[bool, tuple[str, str]]:
    return team.manager is None, by_name(team.manager) if team.manager else ("", "")


def _below(organisation: Organisation) -> frozenset[str | None]:
    expected = organisation.policy.expected_level
    through = organisation.framework.levels_through(expected)
    return frozenset(each.id for each in through if each.id != expected)


def _unplaced(organisation: Organisation, today: date) -> Iterator[Person]:
    known = set(organisation.framework.level_ids())
    for each in organisation.people.by_handle.values():
        if each.level is not None and each.level not in known and not each.is_gone(today):
            yield each


def _manager(person: Person, organisation: Organisation, today: date) -> str | None:
    manager = organisation.people.get(person.manager)
    return manager.handle if manager and not manager.is_gone(today) else None


def _growing(
    person: Person, cases: list[KnownCase], organisation: Organisation, today: date
) -> Growing:
    decided = [_decided(each, today) for each in cases if each.report.status in _DECIDED]
    still_open = [each for each in cases if each.report.status not in _DECIDED]
    return Growing(
        person,
        max(decided, key=_when, default=None),
        tuple(sorted(still_open, key=_promotions_first)),
        _unrecorded(person, cases, organisation, today),
    )


def _decided(case: KnownCase, today: date) -> DecidedCase:
    day = case.report.assessment.as_of
    # Where the file names no day, which is an error, it was judged as of today.
    is_named = day != today or case.report.verdict is not Verdict.INVALID
    return DecidedCase(case.report, day if is_named else None)


def _when(case: DecidedCase) -> tuple[date, str]:
    return case.decided or date.min, case.report.path


def _promotions_first(case: KnownCase) -> tuple[bool, str]:
    return case.report.kind == Kind.IN_BAND_INCREASE, case.report.path


def _unrecorded(
    person: Person, cases: Iterable[KnownCase], organisation: Organisation, today: date
) -> tuple[Quarter, ...]:
    policy = organisation.policy
    circumstances = Circumstances(policy, (), person.level_since, person.onboarded, today)
    in_progress = policy.calendar.containing(today)
    last = tuple(in_progress.plus(-place) for place in range(_SILENCE, 0, -1))
    if any(map(circumstances.ruled_out, last)):
        return ()
    rated = {
        each.quarter for case in cases for each in case.report.assessment.quarters if each.ratings
    }
    return () if rated.intersection(last) else last
