"""What `review` says in a terminal."""

import re
from pathlib import Path

import pytest
from tests.factories import a_finding
from tests.render.hostile import a_review_of, an_organisation_of
from tests.render.scenes import ORGANISATION, REVIEWS, a_review, invalid, judged, ready
from tests.render.test_escape import HOSTILE

from casework.render.review import review_text

SNAPSHOTS = Path(__file__).parent / "snapshots"


def show(review, organisation=ORGANISATION, colour=False, width=90):
    return review_text(
        review, organisation, colour=colour, width=width, source=lambda path: "  line\n" * 40
    )


@pytest.mark.parametrize("name", [each for each in REVIEWS if each != "invalid-60"])
def test_it_reads_well(name, agrees):
    agrees(show(REVIEWS[name]()), SNAPSHOTS / f"review-{name}.txt")


def test_colour_adds_colour_only():
    review = REVIEWS["three-cases"]()
    coloured = show(review, colour=True)
    assert "\x1b[32m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == show(review)


@pytest.mark.parametrize("word", HOSTILE)
def test_no_word_of_anybody_does_anything(word):
    output = show(a_review_of(word), an_organisation_of(word), width=60)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]", output)
    assert not re.search(r"^\s*::|##\[", output, re.MULTILINE)


def test_lines_keep_to_the_width():
    for name in ("ready", "not-ready", "in-band", "not-yet"):
        assert all(len(line) <= 72 for line in show(REVIEWS[name](), width=72).split("\n"))


def test_the_gate_comes_last():
    assert show(a_review(ready())).endswith("\nThe check passes.\n")
    output = show(a_review(invalid(), passes=False))
    assert output.endswith("\nThe check does not pass: three errors must be fixed.\n")


def test_a_line_that_tells_somebodys_pay_is_not_shown_with_another_finding_either():
    findings = (a_finding("hedge", "notice"), a_finding("pay-figure"), a_finding(line=13))
    output = show(a_review(judged(ready().case, findings), passes=False))
    assert "12 |   line" not in output
    assert output.count("12 | (the line is not shown)") == 2
    assert "13 |   line" in output
