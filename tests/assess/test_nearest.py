"""What an unmet requirement of quarters says: what there is, and what comes nearest."""

from datetime import date
from typing import Any

import pytest

from casework.assess import assess
from casework.model.case import Case
from casework.model.framework import Category
from tests.factories import (
    CATEGORIES,
    a_case,
    a_framework,
    a_person,
    a_track,
    an_organisation,
    some_people,
)

PLAIN = "exceeds exceeds exceeds"
NEXT = "next next next"
NONE = "No quarter that counts is at `next` in all three categories."


def detail(
    case: Case, id: str = "next-level-quarter", today: str = "2027-02-10", **knobs: Any
) -> str:
    """What is said of a requirement that is not met."""
    requirement = assess(case, an_organisation(**knobs), date.fromisoformat(today)).requirement(id)
    assert requirement is not None
    assert requirement.state == "unmet"
    return requirement.detail


@pytest.mark.parametrize(
    ("ratings", "nearest"),
    [
        ({}, "The case rates no quarter yet."),
        ({"FY27-Q3": "next meets next"},
         "FY27-Q3 comes nearest: execution is rated `meets`, and must be `next`."),
        ({"FY27-Q3": "exceeds meets next"},
         ("FY27-Q3 comes nearest: proficiency is rated `exceeds` and execution is rated `meets`, "
          "and both must be `next`.")),
        ({"FY27-Q3": "exceeds meets -"},
         ("FY27-Q3 comes nearest: proficiency is rated `exceeds`, execution is rated `meets` and "
          "teamwork is not rated, and all must be `next`.")),
        # The fewest cells that fall short, then by the least, then the latest.
        ({"FY27-Q2": "next next below", "FY27-Q3": "next exceeds exceeds"},
         "FY27-Q2 comes nearest: teamwork is rated `below`, and must be `next`."),
        ({"FY27-Q2": "next next exceeds", "FY27-Q3": "next next meets"},
         "FY27-Q2 comes nearest: teamwork is rated `exceeds`, and must be `next`."),
        ({"FY27-Q2": "next next exceeds", "FY27-Q3": "exceeds next next"},
         "FY27-Q3 comes nearest: proficiency is rated `exceeds`, and must be `next`."),
    ],
)  # fmt: skip
def test_cells_that_fall_short(ratings: dict[str, str], nearest: str) -> None:
    case = a_case(ratings)
    assert detail(case, current_level=(0, "exceeds")) == f"{NONE} {nearest}"


def test_the_next_level_chooses_first_so_a_quarter_used_otherwise_may_come_nearest() -> None:
    case = a_case({"FY27-Q2": PLAIN, "FY27-Q3": "next next exceeds"})
    assert detail(case) == (
        f"{NONE} FY27-Q3 comes nearest: teamwork is rated `exceeds`, and must be `next`."
    )


def test_a_quarter_that_has_not_ended() -> None:
    case = a_case({"FY27-Q2": PLAIN, "FY27-Q4": NEXT})
    assert detail(case, today="2026-11-22") == (
        f"{NONE} FY27-Q4 comes nearest: it has not ended yet (it ends on 31 January 2027)."
    )


def test_a_quarter_that_has_not_ended_and_lacks_something_else_too() -> None:
    case = a_case({"FY27-Q4": NEXT}, evidence={"FY27-Q4": "1 0 0"})
    assert detail(case, today="2026-11-22") == (
        f"{NONE} FY27-Q4 comes nearest: it has not ended yet (it ends on 31 January 2027), "
        "and supported evidence for execution and teamwork is missing."
    )
    case = a_case({"FY27-Q4": "next next meets"})
    assert detail(case, today="2026-11-22") == (
        f"{NONE} FY27-Q4 comes nearest: teamwork is rated `meets`, and must be `next`; "
        "it has not ended yet (it ends on 31 January 2027)."
    )


def test_evidence_that_would_be_enough() -> None:
    case = a_case({"FY27-Q1": PLAIN, "FY27-Q2": NEXT}, evidence={"FY27-Q2": "1 1 0"})
    assert detail(case) == (
        f"{NONE} FY27-Q2 has the ratings; supported evidence for teamwork would be enough."
    )
    assert detail(case, evidence_per_cell=2) == (
        f"{NONE} FY27-Q2 has the ratings; evidence with two supported items each for "
        "proficiency, execution and teamwork would be enough."
    )


def test_evidence_of_several_quarters_that_would_be_enough_together() -> None:
    case = a_case(
        {"FY27-Q1": PLAIN, "FY27-Q2": NEXT, "FY27-Q3": NEXT},
        evidence={"FY27-Q2": "1 1 0", "FY27-Q3": "0 1 1"},
    )
    assert detail(case, next_level=(2, "next")) == (
        "Two quarters that count must be at `next` in all three categories; none so far. "
        "FY27-Q2 and FY27-Q3 have the ratings; supported evidence for teamwork in FY27-Q2 and "
        "supported evidence for proficiency in FY27-Q3 would be enough."
    )


def test_evidence_that_would_not_be_enough_alone() -> None:
    case = a_case({"FY27-Q2": NEXT, "FY27-Q3": "next next meets"}, evidence={"FY27-Q2": "1 1 0"})
    assert detail(case, next_level=(2, "next")) == (
        "Two quarters that count must be at `next` in all three categories; none so far. "
        "FY27-Q2 comes nearest: supported evidence for teamwork is missing."
    )


def test_evidence_for_a_quarter_at_next_frees_one_for_the_current_level() -> None:
    case = a_case({"FY27-Q2": NEXT, "FY27-Q3": NEXT}, evidence={"FY27-Q3": "1 1 0"})
    assert detail(case, "current-level-quarter") == (
        "No other quarter that counts is at `exceeds` or better in all three categories: "
        "FY27-Q2 is used for the next level. "
        "FY27-Q3 has the ratings; supported evidence for teamwork would be enough."
    )


def test_too_few_quarters() -> None:
    case = a_case({"FY27-Q2": PLAIN, "FY27-Q3": NEXT})
    assert detail(case, next_level=(2, "next")) == (
        "Two quarters that count must be at `next` in all three categories; only FY27-Q3 so far. "
        "FY27-Q2 comes nearest: proficiency is rated `exceeds`, execution is rated `exceeds` and "
        "teamwork is rated `exceeds`, and all must be `next`."
    )
    assert detail(case, "current-level-quarter", current_level=(3, "exceeds")) == (
        "Three other quarters that count must be at `exceeds` or better in all three categories; "
        "only FY27-Q2 so far (FY27-Q3 is used for the next level)."
    )


def test_the_only_quarter_is_used_for_the_next_level() -> None:
    assert detail(a_case({"FY27-Q3": NEXT}), "current-level-quarter") == (
        "No other quarter that counts is at `exceeds` or better in all three categories: "
        "FY27-Q3 is used for the next level."
    )


def test_a_gap_where_quarters_must_be_adjacent() -> None:
    case = a_case({"FY27-Q1": PLAIN, "FY27-Q3": NEXT})
    assert detail(case, "current-level-quarter", consecutive=True) == (
        "No quarter that counts and adjoins FY27-Q3 is at `exceeds` or better in all three "
        "categories. FY27-Q1 comes nearest: it counts, but a gap separates it from FY27-Q3, and "
        "the policy allows none."
    )
    case = a_case({"FY27-Q1": NEXT, "FY27-Q3": NEXT})
    assert detail(case, next_level=(2, "next"), consecutive=True) == (
        "Two quarters that count must be at `next` in all three categories, without a gap; only "
        "FY27-Q3 so far. FY27-Q1 comes nearest: it counts, but a gap separates it from FY27-Q3, "
        "and the policy allows none."
    )


def test_quarters_that_can_no_longer_count() -> None:
    case = a_case({"FY26-Q4": NEXT}, level_since="2026-02-01")
    assert detail(case, grace_days=0) == (
        f"{NONE} FY26-Q4 comes nearest: it began on 1 November 2025, too long before IC2 was "
        "reached on 1 February 2026."
    )
    people = some_people(a_person(onboarded="2025-11-03"))
    assert detail(a_case({"FY26-Q4": NEXT}), people=people) == (
        f"{NONE} FY26-Q4 comes nearest: it began on 1 November 2025, before onboarding was "
        "over on 3 November 2025."
    )
    assert detail(a_case({"FY26-Q4": NEXT}), window_quarters=2) == (
        f"{NONE} FY26-Q4 comes nearest: it lies further back than the policy looks (two quarters)."
    )
    assert detail(a_case({"FY26-Q4": NEXT}), window_quarters=1).endswith("looks (one quarter).")


def test_what_can_still_come_is_nearer_than_what_cannot() -> None:
    case = a_case({"FY26-Q4": NEXT, "FY27-Q4": "meets meets meets"}, level_since="2026-02-05")
    assert detail(case, grace_days=0, today="2026-11-22").startswith(
        f"{NONE} FY27-Q4 comes nearest: proficiency is rated `meets`"
    )


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("Strategy", "in strategy."),
        ("Strategy Delivery", "in both categories."),
        ("Strategy Delivery People DevOps", "in all four categories."),
    ],
)
def test_categories_are_those_of_the_track(names: str, expected: str) -> None:
    categories = tuple(Category(name.lower(), name, name[0], "") for name in names.split())
    track = a_track("M1", "M2", name="Engineering managers", categories=categories)
    case = a_case({}, from_level="M1", to_level="M2", categories=categories)
    said = detail(case, framework=a_framework(a_track(), track))
    assert said == f"No quarter that counts is at `next` {expected} The case rates no quarter yet."


def test_names_keep_their_capitals_where_they_have_some_inside() -> None:
    categories = (*CATEGORIES, Category("devops", "DevOps", "D", ""))
    track = a_track("M1", "M2", categories=categories)
    ratings = {"FY27-Q3": "next next next meets"}
    case = a_case(ratings, from_level="M1", to_level="M2", categories=categories)
    assert "DevOps is rated `meets`" in detail(case, framework=a_framework(track))
