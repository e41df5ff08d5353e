"""Since when a quarter is on record, in words."""

from datetime import date

import pytest
from tests.factories import a_quarter
from tests.render.scenes import CORRECTED, EARLY, LATE, ready

from casework.model.history import OnRecord
from casework.render.on_record import on_record

QUARTER = a_quarter("FY27-Q3")
NONE = "The main branch does not have any of these ratings yet."


def said(*records):
    return on_record(ready()._replace(on_record=records))


@pytest.mark.parametrize(
    ("days", "is_late", "words"),
    [
        (-3, False, "three days before the quarter's end"),
        (0, False, "the quarter's last day"),
        (1, False, "one day after the quarter's end"),
        (31, True, "31 days after the quarter's end, which is late"),
    ],
)
def test_how_long_after_the_quarter_it_was(days, is_late, words):
    landing = EARLY._replace(day=date(2026, 10, 31))
    _, (sentence,) = said(OnRecord(QUARTER, landing, landing, days, is_late))
    assert sentence == (
        f"FY27-Q3: since 31 October 2026, {words}, with pull request 7 (commit `1f0c2b9d7e1f`)."
    )


def test_a_quarter_that_was_changed_says_since_when_it_is_as_it_is():
    _, (sentence,) = said(OnRecord(QUARTER, EARLY, CORRECTED, 10))
    came = "; the present ratings came on 2 September 2026, with commit `2a0c2b9d7e2a`."
    assert sentence.endswith(came)


def test_a_quarter_that_is_changed_here_says_so():
    _, (sentence,) = said(OnRecord(QUARTER, LATE, None, 50, True))
    assert sentence.endswith("; the ratings there differ from those here.")


def test_a_quarter_that_is_new_stands_beside_the_others():
    introduction, listed = said(OnRecord(QUARTER, EARLY, EARLY, 10), OnRecord(QUARTER, None))
    assert "docs/history.md" in introduction
    assert listed[1] == "FY27-Q3: not on the main branch yet."


def test_where_all_are_new_it_is_said_once_and_where_nobody_knows_nothing():
    assert said(OnRecord(QUARTER, None), OnRecord(QUARTER, None)) == (NONE, ())
    assert said() == ("", ())
    assert on_record(ready()) == ("", ())
