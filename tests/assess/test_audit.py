"""What must hold of a decided case, on model values."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from casework.assess.audit import audited
from casework.assess.noted import approvals_recorded, no_own_approval
from casework.assess.testimony import as_github_tells
from casework.model.audit import (
    Afterwards,
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


def test_a_note_that_says_itself_that_something_was_missing():
    noted = a_note(*BOTH).cases[0]._replace(verdict="ready")
    found = approvals_recorded(a_decision(Note(41, "grace-hopper", None, (noted,))))
    assert found.answer is Answer.DOES_NOT_HOLD
    assert "open request for changes" in found.detail


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


@pytest.mark.parametrize(
    ("decided_by", "edited_by", "answer"),
    [
        (None, None, Answer.NOT_KNOWN),
        (41, 41, Answer.NOT_KNOWN),
        (41, 42, Answer.DOES_NOT_HOLD),
        (41, None, Answer.DOES_NOT_HOLD),
        (None, 42, Answer.DOES_NOT_HOLD),
    ],
)
def test_commits_of_one_day_are_no_step_where_their_numbers_differ(decided_by, edited_by, answer):
    landing = a_landing()._replace(pull_request=decided_by)
    later = a_landing(6)._replace(pull_request=edited_by)
    edited = Afterwards(later, PATH, "b" * 40)
    levels = (
        LevelChange(a_landing(0), None, Held("IC2", "2025-02-01")),
        LevelChange(later, Held("IC2", "2025-02-01"), Held("IC3", "2027-03-01")),
    )
    *_, unchanged, together = audited(
        a_decision(landing=landing, recording=Recording.ABSENT, afterwards=(edited,), levels=levels)
    )
    assert (unchanged.answer, together.answer) == (answer, answer)


def test_what_is_in_the_same_state_elsewhere_is_not_where_it_was():
    moved = Afterwards(a_landing(6, "2027-03-21"), PATH.replace("2027-02", "2027-08"), CONTENT)
    *_, unchanged, _ = audited(a_decision(a_note(*BOTH), afterwards=(moved,)))
    assert unchanged.answer is Answer.DOES_NOT_HOLD


def test_a_decision_of_the_very_day_is_judged_as_of_that_day():
    found, *_ = audited(a_decision(landing=a_landing(day="2027-02-20", note=a_note(*BOTH))))
    assert found.answer is Answer.HOLDS
    found, *_ = audited(a_decision(landing=a_landing(day="2027-02-19", note=a_note(*BOTH))))
    assert found.answer is Answer.DOES_NOT_HOLD


def test_quarters_that_ended_after_the_decision_do_not_count():
    case = a_case(status="promoted", decided="2026-10-31", effective="2027-03-01")
    found, *_ = audited(a_decision(a_note(*BOTH), case=case))
    assert found.answer is Answer.DOES_NOT_HOLD


def test_one_requirement_that_is_unmet_is_enough():
    case = a_case(
        status="promoted", values=None, to_level="IC9", decided="2027-02-20", effective="2027-03-01"
    )
    found, *_ = audited(a_decision(a_note(*BOTH), case=case))
    assert found.answer is Answer.DOES_NOT_HOLD


def test_a_promotion_that_does_not_say_from_when():
    case = a_case(status="promoted", decided="2027-02-20")
    assert audited(a_decision(a_note(*BOTH), case=case))[-1].answer is Answer.NOT_KNOWN


def test_a_level_that_was_there_before_did_not_change_with_it():
    levels = (LevelChange(a_landing(0), None, Held("IC3", "2027-03-01")),)
    decision = a_decision(a_note(*BOTH), levels=levels)
    assert audited(decision)[-1].answer is Answer.DOES_NOT_HOLD
    record = audited(decision._replace(is_new=True))[-1]
    assert record.answer is Answer.NOT_KNOWN


def test_a_record_of_an_earlier_promotion_does_not_excuse_a_level_raised_before():
    start, end = Held("IC2", "2025-02-01"), Held("IC3", "2027-03-01")
    levels = (LevelChange(a_landing(0), None, start), LevelChange(a_landing(3), start, end))
    found = audited(a_decision(a_note(*BOTH), is_new=True, levels=levels))[-1]
    assert found.answer is Answer.DOES_NOT_HOLD


@pytest.mark.parametrize(
    ("handle", "account"),
    [
        ("barbara-liskov", "grace-hopper-gh"),  # the account of the manager
        ("grace-hopper", "somebody-else"),  # the manager by the handle alone
        ("ada-lovelace", "somebody-else"),
        ("barbara-liskov", "Margaret-Hamilton-GH"),  # who opened it, by the account
        ("margaret-hamilton", "somebody-else"),  # and by the handle
    ],
)
def test_nobody_approves_their_own_under_another_name(handle: str, account: str):
    noted = NotedCase(PATH, CONTENT, "promoted", "approved", (NotedApproval(handle, account),))
    note = Note(41, "margaret-hamilton", "1.0.0", (noted,))
    assert no_own_approval(a_decision(note)).answer is Answer.DOES_NOT_HOLD


@pytest.mark.parametrize("managers", [("katherine-johnson", None), (None, "katherine-johnson")])
def test_either_manager_approves_their_own(managers: tuple[str | None, str | None]):
    of_case, of_people = managers
    case = a_case(status="promoted", manager=of_case, decided="2027-02-20", effective="2027-03-01")
    rules = an_organisation(people=some_people(a_person("ada-lovelace", manager=of_people)))
    note = a_note("katherine-johnson", author="ada-lovelace")
    found = no_own_approval(a_decision(note, case=case, rules_before=rules))
    assert found.answer is Answer.DOES_NOT_HOLD
    assert "Katherine Johnson (the manager)" in found.detail


def test_whoever_opened_it_is_not_counted():
    found = approvals_recorded(a_decision(a_note(*BOTH, author="barbara-liskov")))
    assert found.answer is Answer.DOES_NOT_HOLD


def test_a_level_that_an_earlier_commit_of_the_step_changed():
    start, end = Held("IC2", "2025-02-01"), Held("IC3", "2027-03-01")
    levels = (LevelChange(a_landing(0), None, start), LevelChange(a_landing(4), start, end))
    decision = a_decision(a_note(*BOTH), begins=4, levels=levels)
    assert audited(decision)[-1].answer is Answer.HOLDS
    assert audited(decision._replace(begins=5))[-1].answer is Answer.DOES_NOT_HOLD


def test_another_level_since_that_very_day_is_no_later_one():
    levels = (LevelChange(a_landing(0), None, Held("IC4", "2027-03-01")),)
    found = audited(a_decision(a_note(*BOTH), is_new=True, levels=levels))[-1]
    assert found.answer is Answer.DOES_NOT_HOLD


def test_what_the_missing_approvals_would_have_needed():
    one = approvals_recorded(a_decision(a_note("barbara-liskov")))
    assert one.detail.endswith("By the policy of that day one more approval was needed.")
    twice = approvals_recorded(a_decision(a_note("barbara-liskov", "barbara-liskov")))
    assert twice.detail == one.detail
    case = a_case(
        status="promoted", from_level="IC4", to_level="IC5",
        decided="2027-02-20", effective="2027-03-01",
    )  # fmt: skip
    juniors = approvals_recorded(a_decision(a_note("barbara-liskov", "edsger-dijkstra"), case=case))
    assert juniors.answer is Answer.DOES_NOT_HOLD
    assert juniors.detail.endswith("was needed, from somebody at IC5 or above.")


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
