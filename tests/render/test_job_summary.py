"""The page of a run: the verdicts first, and the truth about what could not be done."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.render.flavour import assert_harmless
from tests.render.hostile import a_review_of, an_organisation_of
from tests.render.scenes import HEAD, ORGANISATION, POSTED
from tests.render.test_escape import HOSTILE, anything

from casework.render.check_run import undetermined_summary
from casework.render.job_summary import LIMIT, Entry, job_summary
from casework.render.summary import MARKER, summary

SNAPSHOTS = Path(__file__).parent / "snapshots"

TROUBLE = Entry(
    None, None,
    "The comment on pull request 12 could not be written: GitHub must allow it; it answered 403.",
    "Give the job `pull-requests: write`.",
)  # fmt: skip


def a_body(name="ready"):
    return summary(POSTED[name](), ORGANISATION)


def test_it_reads_well(agrees):
    unknown = undetermined_summary("GitHub must answer; it did not.", "Wait some minutes.", HEAD)
    entries = [Entry(12, a_body("no-case")), Entry(13, unknown), TROUBLE]
    page = job_summary(entries)
    agrees(page, SNAPSHOTS / "job-summary.md")
    assert_harmless(page)


def test_it_is_not_the_comment():
    page = job_summary([Entry(12, a_body()), Entry(13, a_body("three-cases"))])
    assert MARKER not in page
    assert page.startswith("# Pull request 12\n\n## Promotion of Ada Lovelace from IC2 to IC3\n")
    assert "\n# Pull request 13\n\n## Three cases\n" in page


def test_a_verdict_is_right_though_it_could_not_be_posted():
    page = job_summary([Entry(12, a_body()), TROUBLE])
    assert page.index("**Ready.**") < page.index("# What could not be done")
    assert page.endswith(
        "\n- The comment on pull request 12 could not be written: GitHub must allow it; it "
        "answered 403. Give the job `pull-requests: write`.\n\n"
        "What is said above is right all the same.\n\n"
    )


def test_what_failed_before_any_verdict_claims_none():
    page = job_summary([Entry(None, None, "the token must be valid; it is not", "Renew it.")])
    assert page == "# What could not be done\n\n- The token must be valid; it is not Renew it.\n\n"


def test_a_run_that_judged_nothing_says_so():
    assert job_summary([]) == (
        "# Casework\n\nNo pull request was judged: none is open into the default branch that this "
        "run concerns.\n"
    )


@pytest.mark.parametrize("count", [2, 30, 300, 3_000])
def test_it_stays_below_githubs_limit_and_tells_each_verdict(count):
    long = a_body("invalid-60") + "x" * 40_000
    page = job_summary([*(Entry(number, long) for number in range(count)), TROUBLE])
    assert len(page.encode()) <= LIMIT
    if count == 2:
        assert_harmless(page)
    assert page.endswith("What is said above is right all the same.\n\n")
    if count <= 300:
        assert page.count("**Invalid.**") == count


@pytest.mark.parametrize("word", HOSTILE)
def test_no_word_of_anybody_does_anything(word):
    body = summary(a_review_of(word), an_organisation_of(word))
    assert_harmless(job_summary([Entry(12, body), Entry(13, None, word, word)]))


@settings(max_examples=20, deadline=None)
@given(anything)
def test_nor_do_words_put_together(word):
    body = summary(a_review_of(word), an_organisation_of(word))
    short = [Entry(n, body + "x" * LIMIT) for n in range(3)]
    assert_harmless(job_summary([Entry(12, body), *short, Entry(None, None, word, word)]))
