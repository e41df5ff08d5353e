"""When a quarter counts, sentence by sentence."""

from datetime import date
from typing import Any

import pytest

from casework.assess import assess
from casework.model.case import Case
from casework.model.fiscal import FiscalCalendar
from casework.model.report import Because
from tests.factories import (
    a_case,
    a_person,
    a_policy,
    a_section,
    an_evidence,
    an_organisation,
    some_people,
)

NEXT = "next next next"


def because(
    case: Case, today: str = "2027-02-10", onboarded: str | None = None, **knobs: Any
) -> dict[str, Because | None]:
    """Why each quarter of a case does not count."""
    people = some_people(a_person(onboarded=onboarded, manager="grace-hopper"))
    organisation = an_organisation(people=people, **knobs)
    judged = assess(case, organisation, date.fromisoformat(today)).quarters
    return {each.quarter.label: each.because for each in judged}


def test_it_has_ended_when_its_last_day_lies_before_the_day() -> None:
    case = a_case({"FY27-Q4": NEXT})
    assert because(case, "2027-01-31") == {"FY27-Q4": Because.NOT_ENDED}
    assert because(case, "2027-02-01") == {"FY27-Q4": None}


@pytest.mark.parametrize(
    ("level_since", "expected"),
    [
        ("2026-11-01", None),
        ("2026-12-02", None),
        ("2026-12-03", Because.BEFORE_LEVEL),
    ],
)
def test_it_began_on_or_after_the_level_less_the_grace(
    level_since: str, expected: Because | None
) -> None:
    assert because(a_case({"FY27-Q4": NEXT}, level_since=level_since)) == {"FY27-Q4": expected}


def test_without_grace_a_level_reached_on_the_second_day_is_too_late() -> None:
    case = a_case({"FY27-Q4": NEXT}, level_since="2026-11-02")
    assert because(case, grace_days=0) == {"FY27-Q4": Because.BEFORE_LEVEL}


@pytest.mark.parametrize(
    ("onboarded", "expected"),
    [("2026-11-01", None), ("2026-11-02", Because.DURING_ONBOARDING), (None, None)],
)
def test_it_began_on_or_after_the_day_on_which_onboarding_was_over(
    onboarded: str | None, expected: Because | None
) -> None:
    assert because(a_case({"FY27-Q4": NEXT}), onboarded=onboarded) == {"FY27-Q4": expected}


def test_it_is_among_the_quarters_right_before_the_one_in_progress() -> None:
    case = a_case({"FY27-Q2": NEXT, "FY27-Q3": NEXT, "FY27-Q4": NEXT})
    assert because(case, window_quarters=2) == {
        "FY27-Q2": Because.OUTSIDE_WINDOW,
        "FY27-Q3": None,
        "FY27-Q4": None,
    }


def test_every_cell_at_exceeds_or_next_has_its_evidence() -> None:
    ratings = {"FY27-Q3": "meets exceeds next", "FY27-Q4": "meets exceeds next"}
    case = a_case(ratings, evidence={"FY27-Q3": "0 1 1", "FY27-Q4": "1 0 1"})
    assert because(case) == {"FY27-Q3": None, "FY27-Q4": Because.UNSUPPORTED}
    assert because(case, evidence_per_cell=0) == {"FY27-Q3": None, "FY27-Q4": None}
    assert because(case, evidence_per_cell=2)["FY27-Q3"] is Because.UNSUPPORTED


@pytest.mark.parametrize("witness", ["ada-lovelace", "grace-hopper", "somebody-else"])
def test_the_subject_the_manager_and_strangers_support_nothing(witness: str) -> None:
    item = an_evidence(links=[], witnesses=[witness])
    cell = a_section("FY27-Q4", subsections=[a_section("Execution", items=[item])])
    case = a_case({"FY27-Q4": "meets next meets"}, evidence={"FY27-Q4": "0 0 0"}, sections=[cell])
    assert because(case) == {"FY27-Q4": Because.UNSUPPORTED}


def test_the_first_reason_in_order_is_the_one_named() -> None:
    case = a_case(
        {"FY26-Q1": NEXT, "FY26-Q3": NEXT, "FY27-Q1": NEXT, "FY27-Q3": NEXT, "FY28-Q1": NEXT},
        level_since="2025-08-01",
        evidence=dict.fromkeys(("FY26-Q1", "FY26-Q3", "FY27-Q1", "FY28-Q1"), "0 0 0"),
    )
    assert because(case, onboarded="2025-11-01", window_quarters=3) == {
        "FY26-Q1": Because.BEFORE_LEVEL,
        "FY26-Q3": Because.DURING_ONBOARDING,
        "FY27-Q1": Because.OUTSIDE_WINDOW,
        "FY27-Q3": None,
        "FY28-Q1": Because.NOT_ENDED,
    }


def test_the_fiscal_year_is_the_policys() -> None:
    case = a_case({"FY27-Q1": NEXT})
    by_calendar_year = FiscalCalendar(starts=1)
    assert because(case, "2027-03-31", calendar=by_calendar_year) == {"FY27-Q1": Because.NOT_ENDED}
    assert because(case, "2027-04-01", calendar=by_calendar_year) == {"FY27-Q1": None}


@pytest.mark.parametrize("today", ["0001-01-01", "1999-12-31", "2100-02-01", "9999-12-31"])
@pytest.mark.parametrize("level_since", ["0001-01-01", "9999-12-31"])
def test_days_at_the_ends_of_time_are_judged_too(today: str, level_since: str) -> None:
    ratings = {"FY00-Q1": NEXT, "FY99-Q4": "meets meets meets"}
    case = a_case(ratings, level_since=level_since)
    day = date.fromisoformat(today)
    for policy in (a_policy(), a_policy(window_quarters=10**9, grace_days=10**9)):
        earliest = assess(case, an_organisation(policy=policy), day).earliest
        assert earliest is None or day.year == 1999
