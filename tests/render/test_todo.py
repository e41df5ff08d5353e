"""What there is to do: once, and never what cannot be done any more."""

from datetime import date

import pytest
from tests.factories import a_case
from tests.render.scenes import ORGANISATION, judged

from casework.render.todo import todo

DUE = "Submit this case by 12 February 2027, when cases for the talent review `2027-02` are due."
DECIDES = "The talent review `2027-02` decides on this case by 28 February 2027."
LOW = {"FY27-Q3": "exceeds exceeds exceeds"}


def of(case, today):
    return todo(judged(case, today=date.fromisoformat(today)), 0, ORGANISATION.policy)


def test_the_day_to_submit_by_is_said_once():
    steps = of(a_case(status="draft"), "2027-02-03")
    assert sum("12 February 2027" in each for each in steps) == 1
    assert DUE not in steps


def test_a_draft_that_lacks_words_is_told_the_day():
    assert DUE in of(a_case(status="draft", values=None), "2027-02-03")


def test_a_draft_that_cannot_be_ready_in_time_is_not_told_to_be():
    steps = of(a_case(LOW, status="draft"), "2027-02-03")
    assert not any("12 February 2027" in each for each in steps)


def test_a_draft_that_can_still_be_ready_in_time_is():
    assert DUE in of(a_case(LOW, status="draft"), "2026-12-01")


def test_a_day_that_has_passed_is_no_day_to_submit_by():
    steps = of(a_case(status="draft"), "2027-02-13")
    assert not any("by 12 February 2027" in each for each in steps)
    assert any("were due on 12 February 2027" in each for each in steps)


@pytest.mark.parametrize("today", ["2026-12-01", "2027-02-03", "2027-02-28"])
def test_a_submitted_case_is_told_when_it_is_decided_and_a_new_day_tells_nothing_new(today):
    assert of(a_case(status="submitted"), today)[-1] == DECIDES


@pytest.mark.parametrize("status", ["promoted", "not-yet"])
def test_of_a_decided_case_nothing_is_due(status):
    steps = of(a_case(status=status, decided="2027-02-20"), "2027-03-20")
    assert not any("talent review" in each for each in steps)
