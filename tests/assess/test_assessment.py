"""The day, the verdict, and what is shown without being judged."""

from datetime import date
from typing import Any

import pytest

from casework.assess import as_of, assess, verdict
from casework.model.case import Case
from casework.model.report import Assessment, Verdict
from tests.factories import a_case, a_requirement, an_organisation, quarters

PLAIN = "exceeds exceeds exceeds"
NEXT = "next next next"
TODAY = date(2027, 2, 10)


def judged(case: Case, **knobs: Any) -> Assessment:
    return assess(case, an_organisation(**knobs), TODAY)


@pytest.mark.parametrize(
    ("status", "decided", "expected"),
    [
        ("draft", None, TODAY),
        ("submitted", "2026-08-20", TODAY),
        ("promoted", "2026-08-20", date(2026, 8, 20)),
        ("not-yet", "2026-08-20", date(2026, 8, 20)),
        ("promoted", None, TODAY),
        (None, "2026-08-20", TODAY),
    ],
)
def test_as_of(status: str | None, decided: str | None, expected: date) -> None:
    case = a_case(status=status, decided=decided)
    assert as_of(case, TODAY) == expected
    assert judged(case).as_of == expected


def test_used_for_names_the_next_level_where_a_quarter_counts_twice() -> None:
    found = judged(a_case({"FY27-Q3": NEXT}), a_quarter_may_count_twice=True)
    assert [each.used_for for each in found.quarters] == ["next-level-quarter"]
    current = found.requirement("current-level-quarter")
    assert current is not None
    assert current.quarters == quarters("FY27-Q3")


def test_ended_quarters_without_ratings_since_the_first_rated_one_are_shown() -> None:
    found = judged(a_case({"FY27-Q1": PLAIN, "FY27-Q2": "- - -", "FY27-Q3": NEXT}))
    assert found.unrated == quarters("FY27-Q2", "FY27-Q4")
    assert judged(a_case({})).unrated == ()
    assert judged(a_case({"FY28-Q2": NEXT})).unrated == ()


def test_lower_ratings_after_the_last_used_quarter_are_shown() -> None:
    ratings = {"FY27-Q1": PLAIN, "FY27-Q2": NEXT, "FY27-Q3": "meets next next", "FY28-Q1": PLAIN}
    assert judged(a_case(ratings)).lower_since == quarters("FY27-Q3", "FY28-Q1")
    ratings = {"FY27-Q1": NEXT, "FY27-Q2": PLAIN, "FY27-Q3": "meets next next"}
    assert judged(a_case(ratings)).lower_since == quarters("FY27-Q3")
    assert judged(a_case({"FY27-Q3": "meets next next"})).lower_since == ()


def test_verdict_is_the_first_that_applies() -> None:
    ready = judged(a_case())
    approved = ready._replace(
        requirements=(*ready.requirements[:-1], a_requirement("approvals", "met"))
    )
    refused = ready._replace(
        requirements=(*ready.requirements[:-1], a_requirement("approvals", "unmet"))
    )
    assert verdict(approved, has_error=True) is Verdict.INVALID
    assert verdict(judged(a_case({})), has_error=False) is Verdict.NOT_READY
    assert verdict(ready, has_error=False) is Verdict.READY
    assert verdict(refused, has_error=False) is Verdict.READY
    assert verdict(approved, has_error=False) is Verdict.APPROVED


def test_what_a_broken_file_leaves_open_is_never_ready() -> None:
    assert verdict(judged(a_case(level_since=None)), has_error=False) is Verdict.NOT_READY


def test_details_change_with_the_quarter_and_the_reviews_only() -> None:
    """Results are kept by the quarter in progress and the reviews that are over."""
    case = a_case({"FY27-Q2": PLAIN, "FY27-Q4": NEXT}, evidence={"FY27-Q2": "1 0 1"})
    days = [date(2026, 11, 1), date(2026, 12, 24), date(2027, 1, 31)]
    found = [assess(case, an_organisation(), day)._replace(as_of=TODAY) for day in days]
    assert found[0] == found[1] == found[2]
