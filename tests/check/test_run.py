"""The runner: which rules look at what, how findings are stamped and sorted."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.check.run import check_case, check_document
from casework.model.case import Case
from casework.model.document import Document, DocumentKind, Place
from casework.model.finding import Flaw, Severity
from casework.model.position import Position
from casework.model.rating import Rating
from tests.factories import (
    CATEGORIES,
    a_case,
    a_framework,
    a_level,
    a_person,
    a_rated_quarter,
    a_section,
    a_track,
    an_evidence,
    an_organisation,
    some_people,
)

TODAY = date(2027, 2, 10)


def rules(found):
    return [each.rule for each in found]


def a_document(data=None, kind=DocumentKind.CASE, path="cases/ada-lovelace/2027-02.md", **fields):
    return Document(path, kind, data=data or {}, **fields)


def test_a_decided_case_is_judged_by_file_schema_and_dates_only():
    flaws = (Flaw("duplicate-key", Position(3, 1), "…", "…"),)
    case = a_case(
        person="nobody",
        status="promoted",
        decided="2030-01-01",
        document=a_document(flaws=flaws),
    )
    assert rules(check_case(case, an_organisation(), TODAY)) == [
        "implausible-date",
        "duplicate-key",
    ]


def test_without_an_organisation_only_the_file_itself_is_judged():
    flaws = (Flaw("unknown-field", Position(3, 1), "…", "…"),)
    case = a_case(person="nobody", document=a_document(flaws=flaws))
    assert rules(check_case(case, None, TODAY)) == ["unknown-field"]


def test_a_file_that_cannot_be_read_is_not_blamed_for_what_it_may_hold():
    flaws = (Flaw("yaml-syntax", Position(3, 1), "…", "…"),)
    case = Case(a_document(flaws=flaws, readable=False))
    assert rules(check_case(case, an_organisation(), TODAY)) == ["yaml-syntax"]


@pytest.mark.parametrize(
    ("status", "severity"),
    [("draft", Severity.WARNING), ("submitted", Severity.ERROR), (None, Severity.ERROR)],
)
def test_drafts_warn_where_other_cases_fail(status, severity):
    found = check_case(a_case(status=status), an_organisation(), TODAY)
    assert {each.severity for each in found if each.rule == "missing-section"} == {severity}


@pytest.mark.parametrize("status", ["promoted", "not-yet"])
def test_a_case_that_is_only_now_decided_is_judged_by_all_rules(status):
    case = a_case(status=status, manager="nobody", document=a_document())
    assert check_case(case, an_organisation(), TODAY) == ()
    found = rules(check_case(case, an_organisation(), TODAY, is_being_decided=True))
    assert "missing-section" in found


@pytest.mark.parametrize(
    ("status", "decided", "effective", "is_history"),
    [
        ("promoted", "2025-01-20", "2025-02-01", True),
        ("promoted", "2025-02-20", "2025-02-01", True),  # it led to the level held now
        ("promoted", "2025-01-20", "2025-02-02", False),
        ("not-yet", "2025-01-20", None, True),
        ("not-yet", "2025-02-01", None, False),
        ("granted", "2025-01-20", "2025-01-31", True),
        ("granted", "2025-01-20", "2025-03-01", False),
        ("granted", "2025-03-01", "2025-01-20", False),
        ("granted", None, "2025-01-20", False),
        ("submitted", None, None, False),
    ],
)
def test_the_level_of_then_is_asked_for_unless_the_decision_is_older(
    status, decided, effective, is_history
):
    kind = "in-band-increase" if status == "granted" else "promotion"
    case = a_case(
        kind=kind, status=status, decided=decided, effective=effective, from_level="IC1",
        document=a_document(),
    )  # fmt: skip
    found = rules(check_case(case, an_organisation(), TODAY, is_being_decided=True))
    assert ("level-mismatch" in found) is not is_history


def test_findings_follow_the_file_and_then_the_registry():
    flaws = tuple(
        Flaw(rule, Position(*at), "…", "…")
        for rule, at in [
            ("invalid-value", (2, 1)),
            ("unknown-field", (9, 2)),
            ("duplicate-key", (9, 2)),
            ("wrong-type", (9, 1)),
        ]
    )
    found = check_case(a_case(document=a_document(flaws=flaws)), None, TODAY)
    assert rules(found) == ["invalid-value", "wrong-type", "duplicate-key", "unknown-field"]


def test_a_thousand_problems_are_a_thousand_findings():
    items = [an_evidence(links=(), witnesses=["nobody"], at=Position(n, 1)) for n in range(1, 1001)]
    case = a_case(sections=[a_section("Notes", items=items)])
    found = check_case(case, an_organisation(), TODAY)
    assert rules(found).count("unknown-witness") == 1000


def test_stray_files_and_missing_levels_need_no_organisation():
    stray = Document("cases/notes.txt", DocumentKind.STRAY, readable=False)
    framework = a_document({"levels": ["IC1"]}, DocumentKind.FRAMEWORK, "framework/framework.yaml")
    assert rules(check_document(stray, None, {}, TODAY)) == ["path-mismatch"]
    assert rules(check_document(framework, None, {}, TODAY)) == ["unknown-level"]


def test_people_who_have_left_approve_nothing():
    people = some_people(a_person("barbara-liskov", left="2027-02-10"))
    data = {"approvals": {"reviewers": ["barbara-liskov", "edsger-dijkstra"]}}
    policy = a_document(data, DocumentKind.POLICY, "framework/policy.yaml")
    found = check_document(policy, an_organisation(people=people), {}, TODAY)
    assert rules(found) == ["invalid-value"]
    assert "`barbara-liskov` left on `2027-02-10`" in found[0].message


def test_quarters_are_rated_in_the_categories_of_their_own_track():
    four = (*CATEGORIES, CATEGORIES[0]._replace(id="hiring", name="Hiring", initial="H"))
    managers = a_track(a_level("M1", categories=four), name="Managers", categories=four)
    organisation = an_organisation(
        framework=a_framework(a_track(), managers),
        people=some_people(a_person(level="M1", level_since="2025-02-01", onboarded="2024-08-01")),
    )
    ratings = {"proficiency": "meets", "execution": "meets", "teamwork": "meets"}
    document = a_document({"quarters": {"FY27-Q4": ratings}})
    case = a_case({}, from_level="M1", to_level=None, document=document)
    found = check_case(case, organisation, TODAY)
    assert [each.message for each in found if each.rule == "missing-field"] == [
        "FY27-Q4 must be rated in proficiency, execution, teamwork, hiring; `hiring` is missing."
    ]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.just("FY27-Q4"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["people", "quarters", "levels", "tracks", "categories", "manager",
                             "FY27-Q4", "talent_reviews", "approvals", "reviewers", "id", "level"])
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(data=ANYTHING, kind=st.sampled_from(DocumentKind))
def test_no_data_whatsoever_upsets_a_rule(data, kind):
    document = Document("framework/levels/ic9.yaml", kind, data=data)
    documents = {document.path: document, "framework/framework.yaml": document}
    for organisation in (an_organisation(), None):
        for found in check_document(document, organisation, documents, TODAY):
            assert "\n" not in found.message + found.help


FIELDS = ("person", "kind", "from_level", "to_level", "level_since", "manager", "review", "status")


@settings(max_examples=150, deadline=None)
@given(data=ANYTHING, absent=st.sets(st.sampled_from(FIELDS)), since=st.dates())
def test_a_case_with_holes_upsets_no_rule(data, absent, since):
    case = a_case(level_since=since, document=a_document(data))
    case = case._replace(**dict.fromkeys(absent))
    for found in check_case(case, an_organisation(), TODAY):
        assert "\n" not in found.message + found.help


def test_rules_point_at_the_field_in_question():
    places = {("manager",): Place(Position(7, 1), Position(7, 10))}
    document = a_document({"manager": "nobody"}, places=places)
    found = check_case(a_case(manager="nobody", document=document), an_organisation(), TODAY)
    assert [each[3:5] for each in found if each.rule == "unknown-person"] == [(7, 10)]


def test_evidence_may_be_asked_for_more_than_once():
    case = a_case({"FY27-Q4": "exceeds meets meets"}, evidence={"FY27-Q4": "1 0 0"})
    found = check_case(case, an_organisation(evidence_per_cell=2), TODAY)
    (finding,) = [each for each in found if each.rule == "unsupported-rating"]
    assert "must have 2 items of evidence" in finding.message
    assert "only 1 of its items has one" in finding.message
    assert a_rated_quarter("FY27-Q4", "next - -").ratings == {"proficiency": Rating.NEXT}
