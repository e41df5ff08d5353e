"""What must hold of a decided case, on model values."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from casework.assess.audit import audited
from casework.assess.noted import approvals_recorded, no_own_approval
from casework.assess.testimony import as_github_tells
from casework.model.audit import (
    Answer,
    Claim,
    ClaimedApproval,
    Decision,
    Held,
    LevelChange,
    Recording,
    Word,
)
from casework.model.history import Landing
from casework.model.note import Note, NotedApproval, NotedCase
from casework.model.pull_request import GivenReview, PullRequest, ReviewState
from tests.factories import a_case, a_person, a_policy, an_organisation, some_people

CONTENT = "a" * 40
PATH = "cases/ada-lovelace/2027-02.md"


def approvals(*handles: str) -> tuple[NotedApproval, ...]:
    return tuple(NotedApproval(each, f"{each}-gh") for each in handles)


def a_note(*handles: str, author: str | None = "grace-hopper", content: str = CONTENT) -> Note:
    case = NotedCase(PATH, content, "promoted", "approved", approvals(*handles))
    return Note(41, author, "1.0.0", (case,))


def a_landing(place: int = 5, day: str = "2027-02-21", note: Note | None = None) -> Landing:
    return Landing(f"{place:040d}", date.fromisoformat(day), "Grace", "Decide", 41, note, place)


def a_decision(note: Note | None = None, **fields: Any) -> Decision:
    case = a_case(status="promoted", decided="2027-02-20", effective="2027-03-01")
    rules = an_organisation()
    landing = a_landing(note=note)
    levels = (
        LevelChange(a_landing(0), None, Held("IC2", "2025-02-01")),
        LevelChange(landing, Held("IC2", "2025-02-01"), Held("IC3", "2027-03-01")),
    )
    own: dict[str, Any] = {
        "case": case, "content": CONTENT, "landing": landing, "begins": 5, "is_new": False,
        "rules": rules, "rules_before": rules, "has_changed_rules": False,
        "recording": Recording.PRESENT, "levels": levels,
    }  # fmt: skip
    return Decision(**own | fields)


BOTH = ("katherine-johnson", "barbara-liskov")


def test_all_that_must_hold_holds_and_needs_no_remedy():
    checks = audited(a_decision(a_note(*BOTH)))
    assert [each.id for each in checks] == [
        "requirements", "approvals-recorded", "no-own-approval", "not-edited", "level-together",
    ]  # fmt: skip
    assert {(each.answer, each.help) for each in checks} == {(Answer.HOLDS, "")}


def test_an_increase_within_a_level_is_approved_at_the_level_held():
    case = a_case(
        {"FY27-Q3": "exceeds exceeds exceeds"}, kind="in-band-increase", from_level="IC4",
        status="granted", decided="2027-02-20", effective="2027-03-01",
    )  # fmt: skip
    noted = NotedCase(case.path, CONTENT, "granted", "approved", approvals(*BOTH))
    landing = a_landing(note=Note(41, None, None, (noted,)))
    checks = {each.id: each for each in audited(a_decision(case=case, landing=landing))}
    assert "level-together" not in checks
    assert checks["approvals-recorded"].answer is Answer.HOLDS


def test_where_no_approval_was_asked_for_none_need_be_recorded():
    policy = a_policy().approvals._replace(required=0)
    free = an_organisation(approvals=policy)
    assert approvals_recorded(a_decision(rules_before=free)).answer is Answer.HOLDS


def test_what_was_asked_for_is_what_the_policy_before_the_decision_says():
    stricter = an_organisation(approvals=a_policy().approvals._replace(required=3))
    found = approvals_recorded(a_decision(a_note(*BOTH), rules_before=stricter))
    assert found.answer is Answer.DOES_NOT_HOLD
    found = approvals_recorded(a_decision(a_note(*BOTH), rules=stricter))
    assert found.answer is Answer.HOLDS


def test_somebody_who_had_left_does_not_count():
    gone = a_person("barbara-liskov", level="IC4", left="2027-01-01")
    rules = an_organisation(people=some_people(gone))
    found = approvals_recorded(a_decision(a_note(*BOTH), rules_before=rules))
    assert found.answer is Answer.DOES_NOT_HOLD
    assert "Barbara Liskov too, who could not approve it" in found.detail


def test_a_level_that_the_framework_lacks_leaves_it_open_who_was_senior():
    case = a_case(status="promoted", to_level="IC9", decided="2027-02-20", effective="2027-03-01")
    found = approvals_recorded(a_decision(a_note(*BOTH), case=case))
    assert found.answer is Answer.NOT_KNOWN


def test_without_a_day_of_decision_nobody_can_tell():
    case = a_case(status="promoted", effective="2027-03-01")
    assert audited(a_decision(case=case))[0].answer is Answer.NOT_KNOWN


@pytest.mark.parametrize("recording", [Recording.ABSENT, Recording.BEFORE])
def test_without_a_note_nobody_is_accused_of_approving_their_own(recording):
    decision = a_decision(recording=recording)
    assert approvals_recorded(decision).answer is Answer.NOT_KNOWN
    assert no_own_approval(decision).answer is Answer.NOT_KNOWN


def test_a_level_that_was_changed_back_within_the_step_did_not_change():
    start, end = Held("IC2", "2025-02-01"), Held("IC3", "2027-03-01")
    levels = (
        LevelChange(a_landing(0), None, start),
        LevelChange(a_landing(4), start, end),
        LevelChange(a_landing(5), end, start),
    )
    found = audited(a_decision(a_note(*BOTH), begins=4, levels=levels))[-1]
    assert found.answer is Answer.DOES_NOT_HOLD


class TestTestimony:
    CLAIM = Claim(41, "c" * 40, (ClaimedApproval("Katherine", "kj", ("kj",), None),))
    PULL = PullRequest(41, "ghopper", "b" * 40, "main", merged=datetime(2027, 2, 21, tzinfo=UTC))

    def test_the_last_word_before_the_merge_counts(self):
        early, late = (datetime(2027, 2, day, tzinfo=UTC) for day in (20, 22))
        reviews = [
            GivenReview("KJ", ReviewState.APPROVED, None, early),
            GivenReview("KJ", ReviewState.COMMENTED, None, early),
            GivenReview("KJ", ReviewState.CHANGES_REQUESTED, None, late),
        ]
        found = as_github_tells(self.CLAIM, self.PULL, reviews, frozenset())
        assert found.word is Word.CONFIRMED

    def test_nobody_who_is_barred_confirms_anything(self):
        claim = self.CLAIM._replace(barred=(("KJ", "the manager"),))
        found = as_github_tells(claim, self.PULL, [], frozenset())
        assert found.word is Word.CONTRADICTED
        assert "Katherine is the manager" in found.detail

    def test_what_is_sure_outweighs_what_is_not(self):
        other = ClaimedApproval("Barbara", "bl", ("bl",), None)
        claim = self.CLAIM._replace(approvals=(*self.CLAIM.approvals, other))
        reviews = [
            GivenReview("kj", ReviewState.DISMISSED, None),
            GivenReview("bl", ReviewState.CHANGES_REQUESTED, None),
        ]
        found = as_github_tells(claim, self.PULL, reviews, frozenset())
        assert found.word is Word.CONTRADICTED
