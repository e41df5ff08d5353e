"""Promotions: the case and the level in people.yaml change together, or neither does."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.check.changes import PEOPLE, ChangedCase, Proposal
from casework.check.run import check_proposal
from casework.model.case import Case
from tests.factories import a_case, a_person, an_organisation, some_people

WITHOUT_CASE, WITHOUT_CHANGE = "level-change-without-case", "case-without-level-change"
ADA = {
    "name": "Ada Lovelace", "github": "ada-l", "level": "IC2", "level_since": "2025-02-01",
    "onboarded": "2024-08-01", "manager": "grace-hopper",
}  # fmt: skip
RAISED = {**ADA, "level": "IC3", "level_since": "2027-03-01"}
HOPPER = {"name": "Grace Hopper", "github": "ghopper"}


def promoted(**fields: Any) -> Case:
    own = {"status": "promoted", "decided": "2027-02-20", "effective": "2027-03-01"}
    return a_case(**{**own, **fields})


def said(
    old: dict[str, Any] | None, new: dict[str, Any] | None, *cases: tuple[Case | None, Case | None]
) -> list[str]:
    """What the rules say of levels when Ada's entry becomes another; None: there is none."""
    before, after = (
        {"grace-hopper": HOPPER, **({"ada-lovelace": each} if each is not None else {})}
        for each in (old, new)
    )
    proposal = Proposal(
        tuple(ChangedCase((was or now or a_case()).path, was, now) for was, now in cases),
        (PEOPLE,),
        before,
        after,
        organisation=an_organisation(),
    )
    return levels(proposal)


def levels(proposal: Proposal) -> list[str]:
    found = (each.rule for each in check_proposal(proposal))
    return [each for each in found if each in (WITHOUT_CASE, WITHOUT_CHANGE)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (None, ADA),  # a hire
        (HOPPER, {**HOPPER, "level": "IC4", "level_since": "2027-02-01"}),  # joins the ladder
        (ADA, {**ADA, "left": "2027-01-31"}),
        ({**ADA, "left": "2026-01-31"}, None),  # people.yaml forgets whom it may forget
        (ADA, {**ADA, "manager": "margaret-hamilton", "team": "indexing", "github": "ada-king"}),
        (ADA, {**ADA, "onboarded": "2024-09-01"}),
        (ADA, {**RAISED, "level_reason": "The list was copied wrongly."}),
        (ADA, {**HOPPER, "level_reason": "Leads the team now."}),
        ({**ADA, "level_reason": "A slip."}, {**RAISED, "level_reason": "Another slip."}),
        ({**ADA, "level_reason": "A slip."}, ADA),
    ],
)
def test_what_needs_no_case(old: dict[str, Any] | None, new: dict[str, Any] | None) -> None:
    assert said(old, new) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (ADA, {**ADA, "level": "IC3"}),
        (ADA, {**ADA, "level": "IC1"}),
        (ADA, {**ADA, "level_since": "2024-02-01"}),
        (ADA, HOPPER),
        (ADA, None),
        (ADA, {**RAISED, "level_reason": ""}),
        (ADA, {**RAISED, "level_reason": " "}),
        (ADA, {**RAISED, "level_reason": ["why"]}),
        ({**ADA, "level_reason": "A slip."}, {**RAISED, "level_reason": "A slip."}),
        ({**ADA, "left": "2026-01-31"}, RAISED),  # a return at another level wants a reason
        (ADA, "nothing that an entry could be"),
    ],
)
def test_what_needs_one(old: dict[str, Any], new: Any) -> None:
    assert said(old, new) == [WITHOUT_CASE]


def test_a_new_handle_hides_no_new_level() -> None:
    for level, rule in (("IC2", []), ("IC3", [WITHOUT_CASE])):
        entry = {**ADA, "level": level, "github": "ADA-L"}
        before, after = {"ada-lovelace": ADA}, {"ada-king": entry}
        assert levels(Proposal((), (PEOPLE,), before, after)) == rule


@pytest.mark.parametrize("was", [a_case(status="submitted"), a_case(), None])
def test_a_promotion_changes_both(was: Case | None) -> None:
    assert said(ADA, RAISED, (was, promoted())) == []
    assert said(ADA, ADA, (was, promoted())) == [WITHOUT_CHANGE]
    assert said({**ADA, "level_reason": "A slip."}, RAISED, (was, promoted())) == []


@pytest.mark.parametrize(
    "new", [{**RAISED, "level": "IC4"}, {**RAISED, "level_since": "2027-03-02"}, HOPPER, None]
)
def test_one_that_says_something_else_is_one_finding(new: dict[str, Any] | None) -> None:
    assert said(ADA, new, (a_case(), promoted())) == [WITHOUT_CHANGE]


@pytest.mark.parametrize("fields", [{"from_level": "IC1"}, {"level_since": "2024-02-01"}])
def test_a_promotion_starts_from_what_people_yaml_had(fields: dict[str, str]) -> None:
    assert said(ADA, RAISED, (None, promoted(**fields))) == [WITHOUT_CASE]


@pytest.mark.parametrize(
    "case",
    [
        a_case(status="not-yet", decided="2027-02-20"),
        a_case(status="submitted"),
        promoted(person="barbara-liskov"),
    ],
)
def test_another_case_raises_nobody(case: Case) -> None:
    assert WITHOUT_CASE in said(ADA, RAISED, (a_case(), case))


def test_an_earlier_promotion_raises_nobody_again() -> None:
    assert said(ADA, RAISED, (promoted(), promoted())) == [WITHOUT_CASE]


def test_the_record_of_an_earlier_promotion_may_come_late_and_excuses_nothing() -> None:
    record = promoted(
        from_level="IC1", to_level="IC2", level_since="2023-02-01", effective="2024-08-01"
    )
    assert said(ADA, ADA, (None, record)) == []
    assert said(ADA, RAISED, (None, record)) == [WITHOUT_CASE]
    assert said(ADA, ADA, (a_case(status="submitted"), record)) == [WITHOUT_CHANGE]


def test_without_a_change_of_people_yaml_the_main_branchs_counts() -> None:
    change = ChangedCase("cases/ada-lovelace/2027-02.md", a_case(), promoted())
    raised = a_person("ada-lovelace", level="IC3", level_since="2027-03-01")
    for people, rule in ((some_people(), [WITHOUT_CHANGE]), (some_people(raised), [])):
        organisation = an_organisation(people=people)
        assert levels(Proposal((change,), organisation=organisation)) == rule
    nobody = change._replace(after=promoted(person="lise-meitner"))
    assert levels(Proposal((nobody,), organisation=an_organisation())) == [WITHOUT_CHANGE]


def test_a_file_that_cannot_be_read_is_left_to_other_rules() -> None:
    change = ChangedCase("cases/ada-lovelace/2027-02.md", a_case(), promoted())
    organisation = an_organisation()
    assert levels(Proposal((change,), (PEOPLE,), {}, None, organisation=organisation)) == []
    for name in ("to_level", "effective", "person"):
        broken = change._replace(after=promoted(**{name: None}))
        assert levels(Proposal((broken,), organisation=organisation)) == []


entries = st.fixed_dictionaries(
    {"github": st.just("ada-l")},
    optional={
        "level": st.sampled_from(["IC1", "IC2", "IC3"]),
        "level_since": st.sampled_from(["2025-02-01", "2027-03-01"]),
        "left": st.just("2027-01-31"),
        "level_reason": st.sampled_from(["one", "two"]),
    },
)


@given(entries, entries, st.booleans())
def test_no_level_changes_unsaid(old: dict[str, Any], new: dict[str, Any], decides: bool) -> None:
    cases = ((a_case(status="submitted"), promoted()),) if decides else ()
    found = said(old, new, *cases)
    was, now = ((e.get("level"), e.get("level_since")) for e in (old, new))
    target = ("IC3", "2027-03-01")
    has_reason = new.get("level_reason") not in (None, old.get("level_reason"))
    held, holds = was if was[0] else None, now if now[0] else None
    if decides and now != target:
        assert found == [WITHOUT_CHANGE]
    elif held is None or held == holds or has_reason:
        assert found == []
    else:
        assert found == ([] if decides and was == ("IC2", "2025-02-01") else [WITHOUT_CASE])
