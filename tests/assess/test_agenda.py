"""What is due of a case, and by which day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from casework.assess import assess
from casework.assess.agenda import to_be_reminded_of, what_is_due
from casework.model.agenda import Due, Stage
from casework.model.case import Case, Kind
from casework.model.report import CaseReport, Verdict
from tests.factories import a_case, an_organisation

ORGANISATION = an_organisation()
CASES_DUE, DECIDED_BY = date(2027, 2, 12), date(2027, 2, 28)


def reported(case: Case, today: date) -> CaseReport:
    return CaseReport(
        case.path, case.person, case.kind, case.from_level, case.to_level, case.review,
        case.status, Verdict.READY, assess(case, ORGANISATION, today),
    )  # fmt: skip


def due(status: str | None, today: str, review: str | None = "2027-02") -> tuple[Due, ...]:
    day = date.fromisoformat(today)
    case = a_case(status=status, review=review)
    policy = ORGANISATION.policy
    found = policy.talent_review(review)
    return what_is_due(reported(case, day), status, found, policy, day)


@pytest.mark.parametrize(
    ("status", "today", "stage", "day", "words"),
    [
        ("draft", "2026-11-22", Stage.CASES_DUE, CASES_DUE, "Submit this case by 12 February"),
        ("draft", "2027-02-12", Stage.CASES_DUE, CASES_DUE, "Submit this case by 12 February"),
        ("draft", "2027-02-13", Stage.CASES_DUE, CASES_DUE, "were due on 12 February 2027"),
        ("draft", "2027-02-28", Stage.CASES_DUE, CASES_DUE, "were due on 12 February 2027"),
        ("draft", "2027-03-01", Stage.DECISION_LATE, DECIDED_BY, "ended on 28 February 2027"),
        ("submitted", "2026-11-22", Stage.DECISION_DUE, DECIDED_BY, "decides on this case by 28"),
        ("submitted", "2027-02-28", Stage.DECISION_DUE, DECIDED_BY, "decides on this case by 28"),
        ("submitted", "2027-03-01", Stage.DECISION_LATE, DECIDED_BY, "no decision on this case"),
    ],
)
def test_what_is_due_next(status: str, today: str, stage: Stage, day: date, words: str) -> None:
    (one,) = due(status, today)
    assert (one.stage, one.day) == (stage, day)
    assert words in one.sentence


@pytest.mark.parametrize("status", ["promoted", "not-yet", "granted", "declined", None])
def test_nothing_is_due_of_what_is_decided_or_cannot_be_read(status: str | None) -> None:
    assert due(status, "2027-03-01") == ()


@pytest.mark.parametrize("review", ["2031-02", None])
def test_nothing_is_due_where_no_talent_review_is_known(review: str | None) -> None:
    assert due("draft", "2027-03-01", review) == ()


def test_an_in_band_increase_is_due_on_no_day() -> None:
    day = date(2027, 3, 1)
    case = reported(a_case(kind=Kind.IN_BAND_INCREASE, status="submitted"), day)
    policy = ORGANISATION.policy
    assert what_is_due(case, "submitted", policy.talent_review("2027-02"), policy, day) == ()


def test_a_draft_whose_talent_review_is_over_is_told_the_next_one() -> None:
    (one,) = due("draft", "2026-09-01", "2026-08")
    assert one.sentence.endswith(
        "name another in `review`, such as `2027-02`, cases due on 12 February 2027."
    )
    (last,) = due("draft", "2027-03-01")
    assert last.sentence.endswith("name another in `review` once the policy lists one.")


def test_what_is_due_today_can_still_be_handed_in() -> None:
    (one,) = due("draft", "2027-02-12", "2026-08")
    assert "such as `2027-02`, cases due on 12 February 2027" in one.sentence
    (next_day,) = due("draft", "2027-02-13", "2026-08")
    assert "2027-02`, cases" not in next_day.sentence


@pytest.mark.parametrize("status", ["draft", "submitted"])
def test_a_new_day_alone_says_nothing_new(status: str) -> None:
    days = [date(2027, 1, 1) + timedelta(days=each) for each in range(120)]
    said = [due(status, each.isoformat())[0].sentence for each in days]
    turns = [today for (before, after), today in zip(pairwise(said), days[1:], strict=True)
             if before != after]  # fmt: skip
    # Only on the day after one that is named in it.
    assert (
        turns
        == [each + timedelta(days=1) for each in (CASES_DUE, DECIDED_BY)][status == "submitted" :]
    )


@pytest.mark.parametrize(
    ("status", "today", "is_urgent"),
    [
        ("draft", "2027-02-04", False),
        ("draft", "2027-02-05", True),
        ("draft", "2027-02-20", True),
        ("draft", "2027-03-01", True),
        ("submitted", "2027-02-28", False),
        ("submitted", "2027-03-01", True),
    ],
)
def test_a_word_is_worth_it_in_the_last_week_and_once_it_is_late(
    status: str, today: str, is_urgent: bool
) -> None:
    found = due(status, today)
    assert bool(to_be_reminded_of(found, date.fromisoformat(today))) is is_urgent
