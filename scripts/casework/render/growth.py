"""What is said of those below the expected level, in whatever format it is said."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from casework.model.case import Kind
from casework.model.english import day, enumerated, span
from casework.model.growth import DecidedCase, Growing, Growth, KnownCase, Team, whole_months
from casework.model.people import Person
from casework.model.report import CaseReport, State, Verdict
from casework.render.standing import aim, standing
from casework.render.words import labels

NO_MANAGER = "No manager"
NOBODY_EXPECTED = (
    "The policy names no `expected_level`, so nobody is below it and nobody is listed."
)


class Line(NamedTuple):
    """One thing said of somebody: what it is about, and plain text."""

    label: str
    text: str
    is_call: bool = False
    """Whether somebody is to do something about it."""


def purpose(growth: Growth) -> str:
    """What the list is for; it stands in every output."""
    return (
        f"Everybody is expected to reach {growth.expected} over time. This list is here "
        "so that nobody is forgotten on the way: it is sorted by name, and neither compares "
        "nor judges anybody."
    )


def nobody(growth: Growth, manager: Person | None) -> str:
    """What is said where the list is empty; `manager` is the one whose reports were asked for."""
    if manager is not None:
        return f"Nobody who reports to {manager.name} is below {growth.expected}."
    return f"Nobody is below {growth.expected}."


def unplaced(growth: Growth) -> str:
    """Whom nobody can place; nothing where all are placed."""
    if not growth.unplaced:
        return ""
    who = enumerated([f"{each.name} (`{each.level}`)" for each in growth.unplaced])
    verb, level = ("holds", "a level") if len(growth.unplaced) == 1 else ("hold", "levels")
    return (
        f"{who} {verb} {level} that the framework does not know, so nobody can tell whether "
        "that is below. Correct `level` in `cases/people.yaml`."
    )


def name_of(team: Team) -> str:
    """Who leads a team."""
    return team.manager.name if team.manager else NO_MANAGER


def lines(growing: Growing, as_of: date) -> Iterator[Line]:
    """All that is said of a person; times are counted in full months to a day."""
    person = growing.person
    yield Line("at this level", _since(person.level_since, as_of))
    yield Line("onboarded", _ago(person.onboarded, as_of))
    yield Line("last case", _last(growing.last))
    if not growing.open:
        yield Line("in progress", "no case yet")
    for each in growing.open:
        yield Line("in progress", f"{_named(each.report)}: {standing(each)}")
    promotions = [each for each in growing.open if each.report.kind != Kind.IN_BAND_INCREASE]
    for each in promotions:
        yield Line("earliest review", _earliest(each))
    if growing.open and not promotions:
        yield Line("earliest review", "no promotion case yet")
    if growing.unrecorded:
        quarters = labels(growing.unrecorded)
        text = f"nothing for {quarters}: write down what happened while it is fresh"
        yield Line("on record", text, is_call=True)


def growth_data(growth: Growth) -> dict[str, Any]:
    """The list as an object for programs: `schemas/growth.schema.json` describes it."""
    return {
        "growth": 1,
        "as_of": growth.as_of.isoformat(),
        "framework": growth.framework,
        "expected_level": growth.expected,
        "managers": [
            {
                "manager": team.manager and team.manager.handle,
                "people": [_person_data(each, growth.as_of) for each in team.people],
            }
            for team in growth.teams
        ],
        "unplaced": [each.handle for each in growth.unplaced],
    }


def _person_data(growing: Growing, as_of: date) -> dict[str, Any]:
    person, last = growing.person, growing.last
    return {
        "person": person.handle,
        "level": person.level,
        "level_since": _written(person.level_since),
        "months_at_level": whole_months(person.level_since, as_of),
        "onboarded": _written(person.onboarded),
        "months_since_onboarding": whole_months(person.onboarded, as_of),
        "last_case": last and {**_case_data(last.report), "decided": _written(last.decided)},
        "open_cases": [_open_data(each.report) for each in growing.open],
        "nothing_on_record": [each.label for each in growing.unrecorded],
    }


def _case_data(case: CaseReport) -> dict[str, Any]:
    return {
        "path": case.path,
        "kind": case.kind,
        "to": case.to_level,
        "review": case.review,
        "status": case.status,
    }


def _open_data(case: CaseReport) -> dict[str, Any]:
    earliest = case.assessment.earliest
    return {
        **_case_data(case),
        "verdict": case.verdict.value,
        "earliest": earliest and {"quarter": earliest.quarter.label, "review": earliest.review},
    }


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _since(since: date | None, as_of: date) -> str:
    months = whole_months(since, as_of)
    if since is None:
        return "since a day that people.yaml does not give"
    return f"from {day(since)} on" if months is None else f"{span(months)}, since {day(since)}"


def _ago(onboarded: date | None, as_of: date) -> str:
    months = whole_months(onboarded, as_of)
    if onboarded is None:
        return "on a day that people.yaml does not give"
    if months is None:
        return f"not before {day(onboarded)}"
    return f"{span(months)} ago, on {day(onboarded)}"


def _last(last: DecidedCase | None) -> str:
    if last is None:
        return "none yet"
    outcome = (last.report.status or "").replace("-", " ")
    when = f" ({day(last.decided)})" if last.decided else ""
    return f"{aim(last.report)}: {outcome}{when}"


def _named(case: CaseReport) -> str:
    return f"{aim(case)} in {case.review}" if case.review else aim(case)


def _earliest(case: KnownCase) -> str:
    report = case.report
    earliest = report.assessment.earliest
    if earliest is None:
        return _named_review(report)
    last = earliest.quarter.label
    through = last if earliest.more == 1 else f"each quarter through {last}"
    if earliest.review is None:
        return f"after {last}, for which no talent review is listed yet"
    return f"{earliest.review}, if {through} is rated as needed"


def _named_review(case: CaseReport) -> str:
    """Where no more quarters are needed, or nobody can tell how many are."""
    if case.verdict is Verdict.INVALID:
        return "not known until the case's errors are fixed"
    review = case.assessment.requirement("talent-review")
    if case.review and review and review.state is State.MET:
        return f"{case.review}; no more quarters are needed"
    return "the next one that is open; no more quarters are needed"
