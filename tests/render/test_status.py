"""A talent review at a glance, for a terminal and as Markdown."""

from datetime import date

import pytest
from tests.factories import a_case, a_person, a_talent_review, some_people
from tests.render.flavour import assert_harmless
from tests.render.scenes import judged
from tests.render.test_escape import HOSTILE

from casework.model.agenda import Due, Stage
from casework.model.glance import Glance, Sighting, Waiting, Where
from casework.model.growth import KnownCase
from casework.render.escape import INVISIBLE
from casework.render.status import away, due_next, waiting_in_words
from casework.render.status_markup import status_markdown
from casework.render.status_text import status_text

TODAY = date(2026, 11, 22)
REVIEW = a_talent_review("2027-02", "2027-02-01", "2027-02-12", "2027-02-28")
PEOPLE = some_people()


def seen(where=Where.MAIN, number=None, due=None, **fields):
    report = judged(a_case(**fields), today=TODAY).report
    return Sighting(KnownCase(report), where, number, due)


def glance(*cases, today=TODAY, is_last=False, **fields):
    return Glance(today, "1.0.0", REVIEW, is_last, cases, **fields)


def text(found, people=PEOPLE, **fields):
    return status_text(found, people, **{"colour": False, "width": 80} | fields)


@pytest.mark.parametrize(
    ("day", "words"),
    [("2026-11-22", "today"), ("2026-11-23", "in 1 day"), ("2026-11-24", "in 2 days"),
     ("2026-11-21", "1 day ago"), ("2026-11-20", "2 days ago")],
)  # fmt: skip
def test_how_far_a_day_is(day, words):
    assert away(date.fromisoformat(day), TODAY) == words


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2027-02-12", "Due next: cases, by 12 February 2027, today."),
        ("2027-02-13", "Due next: decisions, by 28 February 2027, in 15 days."),
        ("2027-02-28", "Due next: decisions, by 28 February 2027, today."),
        ("2027-03-01", "It ended on 28 February 2027, 1 day ago."),
    ],
)
def test_what_is_due_next(today, words):
    assert due_next(glance(today=date.fromisoformat(today))) == words


def test_no_decision_is_due_once_all_are_on_the_main_branch():
    day = date(2027, 2, 20)
    decided = seen(status="not-yet", decided="2027-02-19")
    ends = "All cases listed here are decided. The talent review ends on 28 February 2027, in 8"
    assert due_next(glance(decided, today=day)).startswith(ends)
    proposed = seen(Where.PULL_REQUEST, 12, status="promoted", decided="2027-02-19")
    for other in (seen(status="submitted"), proposed):
        assert due_next(glance(decided, other, today=day)).startswith("Due next: decisions, by")
    assert due_next(glance(decided, today=date(2027, 2, 10))).startswith("Due next: cases, by")


def test_a_policy_that_lists_no_later_review_is_pointed_out():
    late = glance(today=date(2027, 3, 1), is_last=True)
    assert due_next(late).endswith("The policy lists no later one yet: have its owners add it.")


def test_an_answer_is_late_on_the_day_after():
    waiting = Waiting(date(2026, 11, 15), TODAY)
    assert waiting_in_words(waiting, TODAY) == (
        "since 15 November 2026, 7 days; an answer is due by 22 November 2026"
    )
    assert "an answer was due by" in waiting_in_words(waiting, date(2026, 11, 23))
    assert waiting_in_words(waiting, date(2026, 11, 15)).startswith("since 15 November 2026; ")


def test_columns_that_say_nothing_are_left_out():
    header = "Person        Case    Status  Verdict and what is missing\n"
    assert header in text(glance(seen()))
    due = Due(Stage.CASES_DUE, REVIEW.cases_due, "Submit it.")
    everything = glance(seen(Where.PULL_REQUEST, 12, due))
    full = "Person        Case    In     Status  Due         Verdict and what is missing\n"
    assert full in text(everything)
    assert "Ada Lovelace  to IC3  PR 12  draft   in 82 days  ready" in text(everything)
    assert "| Case | Verdict and what is missing |\n" in status_markdown(glance(seen()), PEOPLE)
    page = status_markdown(everything, PEOPLE)
    assert "| Case | Verdict and what is missing | Due |\n" in page
    decided = glance(seen(status="not-yet", decided="2027-02-19"))
    assert "Person        Case    Status\nAda Lovelace  to IC3  not yet\n" in text(decided)
    assert "| Case |\n| --- |\n" in status_markdown(decided, PEOPLE)


def test_a_decision_on_the_main_branch_lacks_nothing():
    over = seen(status="promoted", decided="2026-11-01")
    assert "Ada Lovelace  to IC3  promoted\n" in text(glance(over))
    proposed = seen(Where.PULL_REQUEST, 12, status="promoted", decided="2026-11-01")
    assert "promoted  ready: approvals" in text(glance(proposed))


def test_what_does_not_fit_goes_on_below():
    narrow = text(glance(seen(ratings={}, status="submitted")), width=50)
    assert "not ready: high\n" + " " * 33 + "performance at\n" in narrow


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_others_wrote_is_harmless(hostile):
    people = some_people(a_person("ada-lovelace", name=hostile))
    waiting = Waiting(TODAY, TODAY)
    one = seen(Where.PULL_REQUEST, 12, to_level=hostile)._replace(waiting=waiting)
    found = glance(one, notes=(hostile,))
    assert not INVISIBLE.search(text(found, people).replace("\n", ""))
    assert_harmless(status_markdown(found, people))
