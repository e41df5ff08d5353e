"""What each requirement wants, and what is said of it."""

from datetime import date
from typing import Any

import pytest

from casework.assess import assess
from casework.model.case import Case
from casework.model.document import Document, DocumentKind
from casework.model.report import Requirement
from tests.factories import a_case, a_requirement, a_section, an_organisation

PLAIN = "exceeds exceeds exceeds"
NEXT = "next next next"
BOTH = {"FY27-Q2": PLAIN, "FY27-Q3": NEXT}


def said(case: Case, id: str, today: str = "2027-02-10", **knobs: Any) -> str:
    """State and detail of one requirement, as in `met: …`."""
    requirement = assess(case, an_organisation(**knobs), date.fromisoformat(today)).requirement(id)
    assert requirement is not None
    return f"{requirement.state}: {requirement.detail}"


def ids(case: Case) -> list[str]:
    return [each.id for each in assess(case, an_organisation(), date(2027, 2, 10)).requirements]


def test_a_promotion_has_these_requirements_in_this_order() -> None:
    assert ids(a_case()) == [
        "next-level",
        "current-level-quarter",
        "next-level-quarter",
        "values",
        "talent-review",
        "approvals",
    ]
    assert ids(a_case(status="promoted", decided="2027-02-20")) == ids(a_case())
    assert ids(a_case(kind=None, status=None)) == ids(a_case())


def test_an_in_band_increase_has_these() -> None:
    assert ids(a_case(kind="in-band-increase")) == [
        "exceeds-current-level",
        "not-yet-next-level",
        "values",
        "approvals",
    ]


def test_a_decision_against_the_case_asks_for_feedback_and_approvals_only() -> None:
    assert ids(a_case(status="not-yet")) == ["feedback", "approvals"]
    assert ids(a_case(kind="in-band-increase", status="declined")) == ["feedback", "approvals"]
    judged = assess(a_case({}, status="not-yet"), an_organisation(), date(2027, 2, 10))
    assert judged.earliest is None


@pytest.mark.parametrize(
    ("from_level", "to_level", "knobs", "expected"),
    [
        ("IC2", "IC3", {}, "met: IC3 is right above IC2, and its description is finalised."),
        ("IC2", "IC4", {"skip_levels": True},
         "met: IC4 is above IC2, and its description is finalised."),
        ("IC2", "IC4", {},
         "unmet: `to` must be IC3, the level right above IC2; it is `IC4`."),
        ("IC3", "IC2", {"skip_levels": True},
         "unmet: `to` must be above IC3 (IC4, IC5 or IC6); it is `IC2`."),
        ("IC2", "IC2", {},
         "unmet: `to` must be IC3, the level right above IC2; it is `IC2`."),
        ("IC5", "IC6", {},
         "unmet: The description of IC6 is not finalised, so nobody can be promoted to it yet."),
        ("IC2", "M1", {}, "unmet: `M1` is not a level of the framework."),
        ("IC6", "IC5", {}, "unmet: IC6 is the highest level: there is none above it."),
        ("M1", "IC3", {}, "undetermined: This is not known until `from` in the file is fixed."),
        (None, "IC3", {}, "undetermined: This is not known until `from` in the file is fixed."),
        ("IC2", None, {}, "undetermined: This is not known until `to` in the file is fixed."),
    ],
)  # fmt: skip
def test_next_level(
    from_level: str | None, to_level: str | None, knobs: dict[str, Any], expected: str
) -> None:
    assert said(a_case(from_level=from_level, to_level=to_level), "next-level", **knobs) == expected


def test_quarters_that_meet_their_requirement() -> None:
    assert said(a_case(BOTH), "next-level-quarter") == (
        "met: FY27-Q3 counts, at `next` in all three categories."
    )
    assert said(a_case(BOTH | {"FY27-Q1": PLAIN}), "current-level-quarter",
                current_level=(2, "exceeds")) == (
        "met: FY27-Q1 and FY27-Q2 count, at `exceeds` or better in all three categories."
    )  # fmt: skip
    assert said(a_case({}), "current-level-quarter", current_level=(0, "exceeds")) == (
        "met: The policy asks for no such quarter."
    )


def test_two_quarters_at_next_satisfy_both() -> None:
    case = a_case({"FY27-Q2": NEXT, "FY27-Q3": NEXT})
    assert said(case, "current-level-quarter").startswith("met: FY27-Q2")
    assert said(case, "next-level-quarter").startswith("met: FY27-Q3")


def test_one_quarter_at_next_does_not_count_twice_unless_the_knob_says_so() -> None:
    case = a_case({"FY27-Q3": NEXT})
    assert said(case, "current-level-quarter").startswith("unmet")
    assert said(case, "current-level-quarter", a_quarter_may_count_twice=True).startswith("met")


@pytest.mark.parametrize("field", ["from_level", "level_since"])
def test_quarters_stay_undetermined_while_the_file_is_broken(field: str) -> None:
    key = {"from_level": "from", "level_since": "level_since"}[field]
    expected = f"undetermined: This is not known until `{key}` in the file is fixed."
    absent: dict[str, Any] = {field: None}
    case = a_case(**absent)
    in_band = a_case(kind="in-band-increase", **absent)
    assert said(case, "next-level-quarter") == expected
    assert said(case, "current-level-quarter") == expected
    assert said(in_band, "exceeds-current-level") == expected
    assert said(in_band, "not-yet-next-level") == expected
    assert assess(case, an_organisation(), date(2027, 2, 10)).earliest is None


def test_a_file_that_cannot_be_read_leaves_everything_undetermined() -> None:
    broken = Case(Document("cases/ada-lovelace/2027-02.md", DocumentKind.CASE, readable=False))
    for requirement in ids(broken)[:-1]:
        expected = "undetermined: This is not known until the file is fixed."
        assert said(broken, requirement) == expected


def test_values() -> None:
    assert said(a_case(), "values") == "met: The Values section has content."
    assert said(a_case(values=""), "values") == "unmet: The Values section is empty."
    assert said(a_case(values=None), "values") == "unmet: There is no Values section."


@pytest.mark.parametrize(
    ("review", "status", "today", "expected"),
    [
        ("2027-02", "draft", "2027-02-28",
         ("met: `2027-02`, from 1 February 2027: cases due by 12 February 2027, "
          "decided by 28 February 2027.")),
        ("2026-08", "submitted", "2027-02-10",
         ("met: `2026-08`, from 1 August 2026: cases due by 14 August 2026, "
          "decided by 31 August 2026.")),
        ("2026-08", "draft", "2026-09-01",
         ("unmet: `2026-08` ended on 31 August 2026, and this is still a draft: "
          "name a later one, such as `2027-02`.")),
        ("2027-02", "draft", "2027-03-01",
         ("unmet: `2027-02` ended on 28 February 2027, and this is still a draft: "
          "people ops must list the next one.")),
        ("2027-03", "draft", "2027-02-10",
         "unmet: `2027-03` is not a talent review: the policy lists `2026-08` and `2027-02`."),
        (None, "draft", "2027-02-10",
         "undetermined: This is not known until `review` in the file is fixed."),
        ("2026-08", None, "2027-02-10",
         "undetermined: This is not known until `status` in the file is fixed."),
    ],
)  # fmt: skip
def test_talent_review(review: str | None, status: str | None, today: str, expected: str) -> None:
    assert said(a_case(review=review, status=status), "talent-review", today) == expected


def test_talent_review_where_none_is_listed() -> None:
    assert said(a_case(), "talent-review", talent_reviews=()) == (
        "unmet: `2027-02` is not a talent review: the policy lists none yet."
    )


def test_approvals_are_what_the_pull_request_says() -> None:
    assert said(a_case(), "approvals") == (
        "undetermined: Approvals are known only on the pull request."
    )
    given = a_requirement("approvals", "met", detail="Two reviewers approved.")
    judged = assess(a_case(), an_organisation(), date(2027, 2, 10), given)
    assert judged.requirements[-1] == given
    assert isinstance(judged.requirement("approvals"), Requirement)


def test_exceeds_current_level_has_its_own_knobs_and_needs_no_neighbours() -> None:
    case = a_case({"FY27-Q1": PLAIN, "FY27-Q4": PLAIN}, kind="in-band-increase")
    knobs: dict[str, Any] = {"in_band_increase": (2, "exceeds"), "consecutive": True}
    assert said(case, "exceeds-current-level", **knobs) == (
        "met: FY27-Q1 and FY27-Q4 count, at `exceeds` or better in all three categories."
    )


@pytest.mark.parametrize(
    ("ratings", "from_level", "expected"),
    [
        ({"FY27-Q3": NEXT}, "IC2",
         "met: The quarters do not yet show IC3, the next level."),
        (BOTH, "IC2",
         ("unmet: FY27-Q2 and FY27-Q3 meet what a promotion to IC3 asks for: "
          "open a promotion case instead.")),
        (BOTH, "IC5", "met: The description of IC6, the next level, is not finalised yet."),
        (BOTH, "IC6", "met: There is no level above IC6."),
    ],
)  # fmt: skip
def test_not_yet_next_level(ratings: dict[str, str], from_level: str, expected: str) -> None:
    case = a_case(ratings, kind="in-band-increase", from_level=from_level)
    assert said(case, "not-yet-next-level") == expected


def test_feedback() -> None:
    def feedback(text: str) -> str:
        case = a_case(status="not-yet", sections=[a_section("Feedback", text)])
        return said(case, "feedback")

    assert feedback("**Reasons:** a.\n\n**Timeline:** b.\n\n**Actions:** c.") == (
        "met: The feedback has reasons, a timeline and actions."
    )
    assert feedback("Reasons: a.") == (
        "unmet: The feedback lacks a timeline and actions: each begins with a heading such as "
        "`### Timeline`, or with `Timeline:`."
    )
    assert feedback("") == (
        "unmet: The feedback lacks reasons, a timeline and actions: each begins with a heading "
        "such as `### Reasons`, or with `Reasons:`."
    )
    assert said(a_case(status="not-yet"), "feedback") == (
        "unmet: There is no Feedback section with reasons, a timeline and actions."
    )
