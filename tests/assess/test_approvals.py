"""Which reviews count, why others do not, and what is said of it."""

from datetime import date
from random import Random
from typing import Any

import pytest

from casework.assess.approvals import case_approvals, owner_approval
from casework.model.approval import ApprovalOutcome, Discount, Sameness
from casework.model.case import Case
from casework.model.organisation import Organisation
from casework.model.people import People
from casework.model.policy import Approvals
from casework.model.pull_request import GivenReview, ReviewState
from casework.model.report import State
from tests.assess import approval_oracle as oracle
from tests.chance import for_many
from tests.factories import (
    a_case,
    a_framework,
    a_person,
    a_track,
    an_organisation,
    some_people,
)

KATHERINE, BARBARA, EDSGER = "katherine-johnson-gh", "barbara-liskov-gh", "edsger-dijkstra-gh"
GROUP = ("katherine-johnson", "barbara-liskov", "edsger-dijkstra")
NOW, EARLIER, LOST = "a" * 40, "b" * 40, "c" * 40
CONTENTS = {NOW: Sameness.SAME, EARLIER: Sameness.CHANGED, LOST: Sameness.GONE}
AUTHOR = "grace-hopper-gh"
TODAY = date(2027, 2, 10)


def said(*words: str) -> list[GivenReview]:
    """Reviews written `login state [commit]`, the states in their order: a c d s p."""
    states = dict(zip("acdsp", ReviewState, strict=True))
    commits = {"now": NOW, "earlier": EARLIER, "lost": LOST, "none": None}
    given = []
    for each in words:
        login, state, *commit = each.split()
        known = commits[commit[0] if commit else "now"]
        given.append(GivenReview(None if login == "ghost" else login, states[state], known))
    return given


def outcome(
    *words: str,
    case: Case | None = None,
    organisation: Organisation | None = None,
    author: str | None = AUTHOR,
    **approvals: Any,
) -> ApprovalOutcome:
    knobs = {"reviewers": GROUP, "required": 2, "at_or_above_target": 1} | approvals
    by = organisation or an_organisation(approvals=Approvals(**knobs))
    return case_approvals(case or a_case(), by, said(*words), author, CONTENTS, TODAY)


def because(found: ApprovalOutcome) -> list[Discount | None]:
    return [each.because for each in found.standings]


def test_two_reviewers_are_enough() -> None:
    found = outcome(f"{KATHERINE} a", f"{BARBARA} a")
    assert found.requirement.state is State.MET
    assert found.requirement.id == "approvals"
    assert found.requirement.detail == (
        "Katherine Johnson and Barbara Liskov approve the case as written."
    )
    assert (found.missing, found.missing_senior, found.blockers) == (0, 0, ())


def test_the_same_person_approving_twice_counts_once() -> None:
    found = outcome(f"{KATHERINE} a", f"{KATHERINE.upper()} a")
    assert because(found) == [Discount.REPLACED, None]
    assert found.requirement.state is State.UNMET
    assert found.requirement.detail == (
        "Katherine Johnson approves the case as written. One more approval is needed."
    )


def test_a_later_request_for_changes_undoes_an_approval() -> None:
    found = outcome(f"{KATHERINE} a", f"{BARBARA} a", f"{KATHERINE} c")
    assert because(found) == [Discount.REPLACED, None, Discount.ASKS_FOR_CHANGES]
    assert found.blockers == ("Katherine Johnson",)
    assert found.requirement.state is State.UNMET


def test_a_request_for_changes_blocks_even_if_enough_approve() -> None:
    found = outcome(f"{KATHERINE} a", f"{BARBARA} a", f"{EDSGER} c earlier")
    assert found.requirement.state is State.UNMET
    assert found.missing == 0
    assert found.requirement.detail == (
        "Katherine Johnson and Barbara Liskov approve the case as written. Edsger Dijkstra asks "
        "for changes, which blocks until a new review or a dismissal settles that."
    )


def test_a_later_approval_settles_a_request_for_changes() -> None:
    found = outcome(f"{KATHERINE} c", f"{BARBARA} a", f"{KATHERINE} a")
    assert found.requirement.state is State.MET


def test_a_dismissed_request_for_changes_blocks_no_longer_and_revives_no_approval() -> None:
    found = outcome(f"{KATHERINE} a", f"{BARBARA} a", f"{KATHERINE} d")
    assert because(found) == [Discount.REPLACED, None, Discount.DISMISSED]
    assert (found.missing, found.blockers) == (1, ())


@pytest.mark.parametrize("silent", ["s", "p"])
def test_a_comment_after_an_approval_keeps_it(silent: str) -> None:
    found = outcome(f"{KATHERINE} a", f"{BARBARA} a", f"{KATHERINE} {silent} earlier")
    assert because(found) == [None, None, Discount.COMMENT]
    assert found.requirement.state is State.MET


def test_a_comment_after_a_request_for_changes_does_not_settle_it() -> None:
    found = outcome(f"{EDSGER} c", f"{EDSGER} s")
    assert found.blockers == ("Edsger Dijkstra",)


def test_a_dismissed_approval_does_not_count() -> None:
    found = outcome(f"{KATHERINE} a", f"{BARBARA} d")
    assert because(found) == [None, Discount.DISMISSED]


@pytest.mark.parametrize("author", [KATHERINE, KATHERINE.upper()])
def test_the_author_is_never_credited(author: str) -> None:
    found = outcome(f"{KATHERINE} a", f"{BARBARA} a", author=author)
    assert because(found) == [Discount.AUTHOR, None]
    assert found.missing == 1


def test_an_author_whose_account_is_gone_bars_nobody() -> None:
    found = outcome(f"{KATHERINE} a", f"{BARBARA} a", author=None)
    assert found.requirement.state is State.MET


def test_the_subject_is_never_credited() -> None:
    case = a_case(person="edsger-dijkstra", from_level="IC3", to_level="IC4")
    found = outcome(f"{EDSGER} a", f"{EDSGER} c", case=case)
    assert because(found) == [Discount.REPLACED, Discount.SUBJECT]
    assert found.blockers == ()


def test_neither_the_manager_of_the_case_nor_that_of_people_yaml_is_credited() -> None:
    people = some_people(a_person("ada-lovelace", manager="barbara-liskov"))
    by = an_organisation(people=people)
    found = outcome(f"{KATHERINE} a", f"{BARBARA} a", organisation=by,
                    case=a_case(manager="katherine-johnson"))  # fmt: skip
    assert because(found) == [Discount.MANAGER, Discount.MANAGER]
    assert found.missing == 2


def test_nobody_outside_the_calibration_group_is_credited_or_blocks() -> None:
    found = outcome("margaret-hamilton-gh a", f"{EDSGER} c", reviewers=GROUP[:2])
    assert because(found) == [Discount.NOT_A_REVIEWER] * 2
    assert found.blockers == ()


def test_an_account_that_nobody_has_is_not_credited() -> None:
    found = outcome("mallory a", "ghost a none", "ghost c")
    assert because(found) == [Discount.UNKNOWN_ACCOUNT] * 3
    assert [each.who for each in found.standings] == [
        "mallory", "a deleted account", "a deleted account",
    ]  # fmt: skip


def test_an_account_that_belongs_to_two_people_is_neithers() -> None:
    people = some_people(a_person("edsger-dijkstra", github=BARBARA.title(), level="IC3"))
    found = outcome(f"{BARBARA} a", f"{KATHERINE} a", organisation=an_organisation(people=people))
    assert because(found) == [Discount.UNKNOWN_ACCOUNT, None]


def test_a_renamed_login_is_one_persons_matter_only() -> None:
    found = outcome("barbara-new a", f"{KATHERINE} a", f"{EDSGER} a")
    assert because(found) == [Discount.UNKNOWN_ACCOUNT, None, None]
    assert found.requirement.state is State.MET


def test_an_approval_of_other_content_does_not_count() -> None:
    found = outcome(f"{KATHERINE} a earlier", f"{BARBARA} a lost", f"{EDSGER} a none")
    assert because(found) == [
        Discount.CONTENT_CHANGED, Discount.COMMIT_GONE, Discount.COMMIT_GONE,
    ]  # fmt: skip
    assert found.requirement.detail == (
        "Two approvals are needed, one of them from somebody at IC3 or above."
    )


def test_a_commit_that_was_not_compared_is_gone() -> None:
    reviews = [GivenReview(KATHERINE, ReviewState.APPROVED, "d" * 40)]
    found = case_approvals(a_case(), an_organisation(), reviews, AUTHOR, CONTENTS, TODAY)
    assert because(found) == [Discount.COMMIT_GONE]


def test_a_newer_stale_approval_takes_the_place_of_an_older_one() -> None:
    found = outcome(f"{KATHERINE} a now", f"{KATHERINE} a earlier")
    assert because(found) == [Discount.REPLACED, Discount.CONTENT_CHANGED]


ONE_MORE = "One more approval is needed, from somebody at"


@pytest.mark.parametrize(
    ("target", "by", "missing", "senior", "detail"),
    [
        ("IC4", [EDSGER], 1, 1, f"Edsger Dijkstra approves {{}} {ONE_MORE} IC4 or above."),
        ("IC5", [BARBARA, EDSGER], 1, 1,
         f"Barbara Liskov and Edsger Dijkstra approve {{}} {ONE_MORE} IC5 or above."),
        ("IC5", [KATHERINE, EDSGER], 0, 0, "Katherine Johnson and Edsger Dijkstra approve {}"),
        ("IC6", [], 2, 1, "Two approvals are needed, one of them from somebody at IC6 or above."),
    ],
)  # fmt: skip
def test_so_many_must_hold_the_target_level_or_a_higher_one(
    target: str, by: list[str], missing: int, senior: int, detail: str
) -> None:
    found = outcome(*(f"{each} a" for each in by), case=a_case(to_level=target))
    assert (found.missing, found.missing_senior) == (missing, senior)
    assert found.requirement.detail == detail.format("the case as written.")


def test_in_band_the_level_held_is_enough() -> None:
    case = a_case(kind="in-band-increase", from_level="IC4")
    assert outcome(f"{EDSGER} a", f"{BARBARA} a", case=case).requirement.state is State.MET
    assert outcome(f"{EDSGER} a", case=case).missing_senior == 1


def test_a_higher_level_of_another_track_is_not_a_higher_one() -> None:
    framework = a_framework(a_track(), a_track("M1", "M2", name="Managers"))
    people = some_people(a_person("katherine-johnson", level="M2"), a_person("edsger-dijkstra"))
    by = an_organisation(framework=framework, people=people)
    found = outcome(f"{KATHERINE} a", f"{EDSGER} a", organisation=by)
    assert (found.missing, found.missing_senior) == (1, 1)
    assert outcome(f"{KATHERINE} a", f"{BARBARA} a", organisation=by).missing == 0


def test_all_of_them_may_have_to_be_senior() -> None:
    found = outcome(required=2, at_or_above_target=2)
    assert found.requirement.detail == (
        "Two approvals are needed, all from people at IC3 or above."
    )


def test_no_approval_may_be_asked_for() -> None:
    found = outcome(required=0, at_or_above_target=1)
    assert found.requirement.state is State.MET
    assert found.requirement.detail == "The policy asks for no approval."
    assert outcome(f"{EDSGER} c", required=0).requirement.state is State.UNMET


def test_a_target_that_is_not_known_leaves_it_open() -> None:
    for target in (None, "IC9"):
        found = outcome(f"{KATHERINE} a", f"{BARBARA} a", case=a_case(to_level=target))
        assert found.requirement.state is State.UNDETERMINED
    found = outcome(
        f"{KATHERINE} a", f"{BARBARA} a", case=a_case(to_level=None), at_or_above_target=0
    )
    assert found.requirement.state is State.MET


def test_reviews_that_could_not_be_read_are_undetermined() -> None:
    for required in (2, 0):
        by = an_organisation(approvals=Approvals(GROUP, required))
        found = case_approvals(a_case(), by, None, AUTHOR, {}, TODAY)
        assert found.requirement.state is State.UNDETERMINED
        assert found.standings == ()
    assert owner_approval(by, None, AUTHOR, {}, TODAY).requirement.state is State.UNDETERMINED


def test_what_is_approved_is_the_decision_as_written() -> None:
    found = outcome(f"{KATHERINE} a", f"{BARBARA} a", case=a_case(status="not-yet"))
    assert found.requirement.detail.endswith(" approve this decision.")


def owners(
    *words: str,
    author: str | None = AUTHOR,
    names: tuple[str, ...] = ("margaret-hamilton",),
    people: People | None = None,
) -> ApprovalOutcome:
    by = an_organisation(owners=names, people=people or some_people())
    return owner_approval(by, said(*words), author, CONTENTS, TODAY)


def test_one_owner_is_enough() -> None:
    found = owners("MARGARET-hamilton-gh a")
    assert (found.requirement.id, found.requirement.state) == ("owner-approval", State.MET)
    assert found.requirement.detail == "Margaret Hamilton approves what is changed besides cases."


def test_an_owner_who_opened_the_pull_request_is_not_credited() -> None:
    found = owners("margaret-hamilton-gh a", author="Margaret-Hamilton-GH")
    assert because(found) == [Discount.AUTHOR]
    assert found.requirement.detail == (
        "One approval is needed, from an owner who did not open this pull request."
    )


def test_an_owners_approval_of_other_files_does_not_count() -> None:
    found = owners("margaret-hamilton-gh a earlier", f"{KATHERINE} a")
    assert because(found) == [Discount.CONTENT_CHANGED, Discount.NOT_A_REVIEWER]
    assert found.requirement.state is State.UNMET


def test_an_owner_who_asks_for_changes_blocks() -> None:
    names = ("margaret-hamilton", "grace-hopper")
    found = owners("margaret-hamilton-gh a", "grace-hopper-gh c", author=None, names=names)
    assert found.requirement.state is State.UNMET
    assert found.blockers == ("Grace Hopper",)


@pytest.mark.parametrize(
    ("left", "why"), [("2027-02-10", Discount.LEFT), ("2027-02-11", None), (None, None)]
)
def test_whoever_has_left_decides_nothing(left: str | None, why: Discount | None) -> None:
    gone = [a_person(handle, level="IC5", left=left) for handle in (GROUP[0], "margaret-hamilton")]
    people = some_people(*gone)
    by = an_organisation(people=people, approvals=Approvals(GROUP, 1, 1))
    for state in "ac":
        found = outcome(f"{KATHERINE} {state}", organisation=by)
        expected = why or (None if state == "a" else Discount.ASKS_FOR_CHANGES)
        assert because(found) == [expected]
        assert (found.requirement.state is State.MET) is (expected is None)
        assert (found.blockers == ()) is (expected is not Discount.ASKS_FOR_CHANGES)
    assert because(owners("margaret-hamilton-gh a", people=people)) == [why]


def test_without_owners_nobody_can_approve() -> None:
    assert owners("margaret-hamilton-gh a", names=()).requirement.state is State.UNMET


LEAVE = ["2026-12-31", "2027-02-09", "2027-02-10", "2027-02-11", "2027-12-31"]
HANDLES = ["ada", "grace", "kat", "bar", "eds", "lin", "dup", "pud"]
LOGINS = ["ada", "Grace", "KAT", "kat", "bar", "Bar", "eds", "lin", "twin", "nobody", None]
COMMITS = ["one", "two", "three", "unheard", None]


STATES = [each.value for each in ReviewState]
SAMENESS = ["same", "same", "changed", "gone"]


def a_question(chance: Random) -> tuple[oracle.Question, bool]:
    """A case and its reviews, and whether it is an in-band increase."""
    draw = chance.choice
    people: dict[str, dict[str, str | None]] = {
        each: {
            "github": "twin" if each in ("dup", "pud") else each.title(),
            "level": draw([None, *oracle.LEVELS]),
            "manager": draw([None, *HANDLES]),
            "left": draw([None, None, None, *LEAVE]),
        }
        for each in HANDLES
    }
    required = draw(range(4))
    question = oracle.Question(
        people,
        TODAY.isoformat(),
        reviewers=chance.sample(HANDLES, draw(range(3, len(HANDLES) + 1))),
        required=required,
        senior=draw(range(required + 1)),
        subject=draw([*HANDLES, "stranger"]),
        manager=draw(HANDLES),
        target=draw(oracle.LEVELS),
        author=draw(LOGINS),
        reviews=[(draw(LOGINS), draw(STATES), draw(COMMITS)) for _ in range(draw(range(10)))],
        contents={each: draw(SAMENESS) for each in ("one", "two", "three")},
    )
    return question, draw((False, True))


def test_program_and_oracle_agree() -> None:
    for_many(1_500, a_question, agree)


def agree(asked: tuple[oracle.Question, bool]) -> None:
    question, in_band = asked
    people = some_people(*(a_person(each, **question.people[each]) for each in HANDLES))
    by = an_organisation(
        people=people,
        approvals=Approvals(tuple(question.reviewers), question.required, question.senior),
    )
    case = a_case(
        person=question.subject,
        manager=question.manager,
        kind="in-band-increase" if in_band else "promotion",
        from_level=question.target if in_band else "IC1",
        to_level=question.target,
    )
    reviews = [GivenReview(login, ReviewState(s), commit) for login, s, commit in question.reviews]
    contents = {commit: Sameness(word) for commit, word in question.contents.items()}
    found = case_approvals(case, by, reviews, question.author, contents, TODAY)
    expected = oracle.judge(question)
    places = range(len(reviews))
    assert [p for p in places if found.standings[p].counts] == expected.counting
    assert [p for p in places if found.standings[p].blocks] == expected.blocking
    assert (found.requirement.state is State.MET) == expected.is_met
    assert (found.missing == 0 and not found.blockers) == expected.is_met
    assert found.requirement.detail.endswith(".")
