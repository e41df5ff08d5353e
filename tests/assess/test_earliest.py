"""When a case can be ready at the earliest."""

from datetime import date
from typing import Any

from casework.assess import assess
from casework.model.case import Case
from casework.model.report import Earliest
from tests.factories import (
    a_case,
    a_person,
    a_quarter,
    a_talent_review,
    an_organisation,
    some_people,
)

PLAIN = "exceeds exceeds exceeds"
NEXT = "next next next"
LATER = a_talent_review("2027-08", "2027-08-01", "2027-08-13", "2027-08-31")
SOONER = a_talent_review("2027-02", "2027-02-01", "2027-02-12", "2027-02-28")


def earliest(case: Case, today: str = "2026-11-22", **knobs: Any) -> Earliest | None:
    organisation = an_organisation(**{"talent_reviews": (LATER, SOONER), **knobs})
    return assess(case, organisation, date.fromisoformat(today)).earliest


def test_the_quarter_in_progress_is_the_first_that_can_help() -> None:
    case = a_case({"FY27-Q2": PLAIN})
    assert earliest(case) == Earliest(a_quarter("FY27-Q4"), "2027-02", 1)


def test_whatever_the_case_says_of_it() -> None:
    case = a_case({"FY27-Q2": PLAIN, "FY27-Q4": "below meets meets"}, evidence={"FY27-Q4": "0 0 0"})
    assert earliest(case) == Earliest(a_quarter("FY27-Q4"), "2027-02", 1)


def test_as_many_as_it_takes() -> None:
    assert earliest(a_case({})) == Earliest(a_quarter("FY28-Q1"), "2027-08", 2)


def test_the_review_is_the_first_by_date_whose_cases_are_due_after_the_quarters_end() -> None:
    due_on_the_last_day = SOONER._replace(cases_due=date(2027, 1, 31))
    case = a_case({"FY27-Q2": PLAIN})
    found = earliest(case, talent_reviews=(LATER, due_on_the_last_day))
    assert found == Earliest(a_quarter("FY27-Q4"), "2027-08", 1)
    assert earliest(case, talent_reviews=()) == Earliest(a_quarter("FY27-Q4"), None, 1)


def test_quarters_that_cannot_count_are_passed_over() -> None:
    newcomer = some_people(a_person(onboarded="2026-12-01"))
    case = a_case({}, level_since="2027-02-15")
    assert earliest(case) == Earliest(a_quarter("FY28-Q2"), "2027-08", 2)
    assert earliest(case, grace_days=0) == Earliest(a_quarter("FY28-Q3"), None, 2)
    assert earliest(a_case({}), people=newcomer) == Earliest(a_quarter("FY28-Q2"), "2027-08", 2)


def test_the_window_moves_on() -> None:
    case = a_case({"FY27-Q2": PLAIN})
    assert earliest(case, window_quarters=3) == Earliest(a_quarter("FY27-Q4"), "2027-02", 1)
    assert earliest(case, window_quarters=2) == Earliest(a_quarter("FY28-Q1"), "2027-08", 2)


def test_with_consecutive_a_gap_takes_more() -> None:
    case = a_case({"FY27-Q2": PLAIN})
    assert earliest(case, consecutive=True) == Earliest(a_quarter("FY28-Q1"), "2027-08", 2)


def test_none_when_no_more_quarters_are_needed_whatever_else_is_missing() -> None:
    assert earliest(a_case(values=None, to_level="IC5", review="2030-02")) is None


def test_none_when_no_number_of_quarters_is_enough() -> None:
    assert earliest(a_case({}), window_quarters=1) is None
    assert earliest(a_case({}), window_quarters=1, a_quarter_may_count_twice=True) == Earliest(
        a_quarter("FY27-Q4"), "2027-02", 1
    )


def test_an_in_band_increase_has_no_review() -> None:
    case = a_case({}, kind="in-band-increase")
    assert earliest(case) == Earliest(a_quarter("FY27-Q4"), None, 1)


def test_a_decided_case_is_judged_as_of_its_decision() -> None:
    case = a_case({"FY27-Q2": PLAIN}, status="promoted", decided="2026-08-20")
    assert earliest(case) == Earliest(a_quarter("FY27-Q3"), "2027-02", 1)
