"""The report of a check as Markdown."""

from pathlib import Path

import pytest
from tests.factories import a_finding
from tests.render.flavour import assert_harmless
from tests.render.hostile import a_review_of
from tests.render.scenes import REVIEWS
from tests.render.test_escape import HOSTILE

from casework.render.markdown import check_markdown

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.mark.parametrize("name", ["three-cases", "no-case"])
def test_it_reads_well(name, agrees):
    markdown = check_markdown(REVIEWS[name]().report)
    agrees(markdown, SNAPSHOTS / f"check-{name}.md")
    assert_harmless(markdown)


@pytest.mark.parametrize("word", HOSTILE)
def test_no_word_of_anybody_does_anything(word):
    assert_harmless(check_markdown(a_review_of(word).report))


def test_what_is_decided_is_not_listed():
    three, decided = REVIEWS["three-cases"]().report, REVIEWS["approved"]().report.cases
    markdown = check_markdown(three._replace(cases=(*three.cases, *decided)))
    assert "\nOne decided case is not listed.\n" in markdown
    assert "promoted" not in markdown
    assert "\nNo open case; one is decided.\n" in check_markdown(three._replace(cases=decided))


def test_many_findings_are_folded_away():
    report = REVIEWS["no-case"]().report._replace(findings=(a_finding(),) * 50)
    assert "<details><summary>30 more findings</summary>" in check_markdown(report)
