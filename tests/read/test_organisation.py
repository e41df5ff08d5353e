from datetime import date

import pytest

from casework.model.fiscal import FiscalCalendar
from casework.model.policy import Approvals, Bar, Policy
from casework.model.rating import Rating
from casework.read.organisation import read_organisation
from tests.read.files import a_document

FRAMEWORK = """\
version: 1.2.3
track: Engineers
categories: [{id: execution, name: Execution, initial: E, description: Doing.}]
levels: [IC1, IC2]
values: [{id: kind, name: Be kind, description: Always.}]
"""
LEVEL = """\
level: {0}
name: Level {0}
summary: All of it.
categories:
  execution: {{summary: Some, behaviours: [{{id: {0}-E1, text: Does it.}}]}}
"""
MANAGERS = """\
tracks:
  - track: Managers
    categories:
      - {id: people, name: People, initial: P, description: Them.}
      - {id: hiring, name: Hiring, initial: H, description: More of them.}
    levels: [M1]
"""
PEOPLE = """\
people:
  ada: {name: Ada, github: ada-l, level: IC1, level_since: 2025-02-01, onboarded: 2024-08-01,
   manager: bob}
  bob: {name: Bob, github: bob, team: search, left: 2026-01-01}
"""
FILES = {
    "framework/framework.yaml": FRAMEWORK,
    "framework/levels/ic1.yaml": LEVEL.format("IC1"),
    "framework/levels/ic2.yaml": LEVEL.format("IC2"),
    "cases/people.yaml": PEOPLE,
}


def organisation(**changes):
    """What the files say, with others by their name without the ending; None takes one away."""
    names = {name.rpartition("/")[2].partition(".")[0]: name for name in FILES}
    names |= {"policy": "framework/policy.yaml", "m1": "framework/levels/m1.yaml"}
    files = FILES | {names[name]: text for name, text in changes.items()}
    return read_organisation({p: a_document(t, p) for p, t in files.items() if t is not None})


def test_everything_is_read():
    read = organisation()
    assert read.framework.version == "1.2.3"
    assert read.framework.level_ids() == ("IC1", "IC2")
    level = read.framework.level("IC2")
    assert (level.name, level.summary, level.finalised) == ("Level IC2", "All of it.", True)
    assert level.expectation("execution").behaviours == (("IC2-E1", "Does it."),)
    assert read.framework.tracks[0].categories[0].initial == "E"
    assert read.framework.values[0].name == "Be kind"
    ada = read.people.get("ada")
    assert (ada.level_since, ada.onboarded) == (date(2025, 2, 1), date(2024, 8, 1))
    assert (ada.manager, ada.left) == ("bob", None)
    assert read.people.get("bob").left == date(2026, 1, 1)
    assert read.people.get("bob").level is None


def test_a_further_track_is_data_alone():
    level = LEVEL.format("M1").replace("execution", "hiring").replace("E1", "H1")
    framework = organisation(framework=FRAMEWORK + MANAGERS, m1=level).framework
    assert [track.name for track in framework.tracks] == ["Engineers", "Managers"]
    assert framework.track_of("M1").category("Hiring").initial == "H"
    assert framework.behaviour("M1-H1")
    assert framework.level_after("IC2") is None


@pytest.mark.parametrize("text", [None, "", "a: [", "- a\n", "&x"])
@pytest.mark.parametrize("name", ["framework", "people", "ic2"])
def test_without_readable_data_there_is_nothing_to_judge_by(name, text):
    assert organisation(**{name: text}) is None


@pytest.mark.parametrize("people", ["people:\n", "people: [ada]\n", "ada: {name: A, github: a}\n"])
def test_a_list_of_people_that_is_none_does_not_make_everybody_unknown(people):
    assert organisation(people=people) is None


def test_a_list_of_people_may_be_empty_and_its_first_handle_wrong():
    assert organisation(people="people: {}\n").people.by_handle == {}
    wrong = "people:\n  Ada_L: {name: A, github: a}\n  bob: {name: B, github: b}\n"
    assert organisation(people=wrong).people.get("bob")


@pytest.mark.parametrize("text", ["a: [", "- a\n", "null\n"])
def test_a_policy_that_cannot_be_read_is_not_one_of_defaults(text):
    assert organisation(policy=text) is None


@pytest.mark.parametrize(
    "text",
    [None, "", "# to be decided\n", "{}\n", "promotion: {}\napprovals: {}\nfiscal_year: {}\n"],
)
def test_a_policy_that_says_nothing_is_one_of_defaults(text):
    assert organisation(policy=text).policy == Policy()


def test_every_knob_is_read():
    policy = organisation(
        policy="""\
fiscal_year: {starts: july, named_after: start}
promotion:
  current_level: {quarters: 2, rating: next}
  next_level: {quarters: 3, rating: exceeds}
  a_quarter_may_count_twice: true
  consecutive: true
  window_quarters: 6
  grace_days: 0
  evidence_per_cell: 0
  skip_levels: true
in_band_increase: {quarters: 4, rating: meets}
expected_level: null
record_within_days: 0
talent_reviews: [{id: 2027-02, opens: 2027-02-01, cases_due: 2027-02-12, decided_by: 2027-02-28}]
approvals: {reviewers: [ada, bob], required: 0, at_or_above_target: 0, answer_within_days: 1}
owners: [bob]
"""
    ).policy
    assert policy == Policy(
        FiscalCalendar(7, named_after_end=False),
        Bar(2, Rating.NEXT),
        Bar(3, Rating.EXCEEDS),
        a_quarter_may_count_twice=True,
        consecutive=True,
        window_quarters=6,
        grace_days=0,
        evidence_per_cell=0,
        skip_levels=True,
        in_band_increase=Bar(4, Rating.MEETS),
        expected_level=None,
        record_within_days=0,
        talent_reviews=(("2027-02", date(2027, 2, 1), date(2027, 2, 12), date(2027, 2, 28)),),  # type: ignore[arg-type]
        approvals=Approvals(("ada", "bob"), 0, 0, 1),
        owners=("bob",),
    )


@pytest.mark.parametrize(
    "text",
    [
        "promotion: {current_level: {quarters: 0, rating: great}}",
        "promotion: {current_level: 5, next_level: [], grace_days: 9999999, window_quarters: 0}",
        "promotion: {consecutive: yes, skip_levels: 1, evidence_per_cell: -1}",
        "promotion: []",
        "fiscal_year: {starts: 2, named_after: middle}",
        "talent_reviews: [{id: 2027-02, opens: soon, cases_due: 2027-02-12, decided_by: 1}, 5]",
        "talent_reviews: 5\nowners: bob\napprovals: {required: many, reviewers: 7}",
        "record_within_days: .nan\nexpected_level: 3\nin_band_increase: {quarters: .inf}",
        "colour: red",
        "in_band_increase: {quarters: !!int 7}",
    ],
)
def test_a_broken_knob_has_its_default(text):
    assert a_document(text, "framework/policy.yaml").flaws
    assert organisation(policy=text).policy == Policy()


def test_a_broken_person_keeps_the_handle():
    people = organisation(people="people:\n  ada: 5\n  bob: {github: -x, left: never}\n").people
    assert (people.get("ada").name, people.get("ada").github) == ("ada", None)
    assert (people.get("bob").github, people.get("bob").left) == (None, None)


def test_a_missing_field_does_not_break_the_first_one():
    assert (
        organisation(framework=FRAMEWORK.replace("track: Engineers\n", "")).framework.version
        == "1.2.3"
    )
