"""docs/readiness.md knows every requirement, reason, verdict and knob."""

from pathlib import Path

import pytest

from casework.assess import assess
from casework.model.policy import Policy
from casework.model.report import Because, Verdict
from tests.factories import a_case, a_day, an_organisation

PAGE = Path(__file__).parents[2] / "docs" / "readiness.md"

# Knobs that decide nothing here: they are for findings, approvals, and lists of people.
ELSEWHERE = {
    "calendar", "expected_level", "record_within_days", "approvals", "owners", "growth_issues",
}  # fmt: skip


def requirement_ids() -> set[str]:
    today = a_day("2027-02-10")
    assert today is not None
    cases = (a_case(), a_case(kind="in-band-increase"), a_case(status="not-yet"))
    assessments = [assess(case, an_organisation(), today) for case in cases]
    return {each.id for assessment in assessments for each in assessment.requirements}


@pytest.mark.parametrize(
    "word",
    sorted({*Because, *Verdict, *requirement_ids(), *(set(Policy._fields) - ELSEWHERE)}),
)
def test_it_is_on_the_page(word: str) -> None:
    assert f"`{word}`" in PAGE.read_text(encoding="utf-8")
