"""The pull request's comment: what it says, what it never does, and what it keeps when cut."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.factories import a_finding, an_evidence
from tests.render.flavour import assert_harmless, links, shown, tokens
from tests.render.hostile import a_review_of, an_organisation_of
from tests.render.scenes import (
    ORGANISATION,
    POSTED,
    REVIEWS,
    a_quarter_section,
    a_review,
    invalid,
    judged,
    not_yet,
    posted,
    ready,
    with_a_past,
)
from tests.render.test_escape import HOSTILE, anything

from casework.model.finding import Severity
from casework.render.fitting import size
from casework.render.summary import LIMIT, MARKER, summary

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.mark.parametrize("name", REVIEWS)
def test_the_comment_reads_well(name, agrees):
    markdown = summary(REVIEWS[name](), ORGANISATION)
    agrees(markdown, SNAPSHOTS / f"summary-{name}.md")
    assert_harmless(markdown)
    assert markdown.startswith(MARKER + "\n")


@pytest.mark.parametrize("name", POSTED)
def test_a_comment_that_is_posted_reads_well(name, agrees):
    markdown = summary(POSTED[name](), ORGANISATION)
    agrees(markdown, SNAPSHOTS / f"summary-posted-{name}.md")
    assert_harmless(markdown)


def test_a_comment_that_is_posted_says_the_same_tomorrow():
    for name in POSTED:
        today = POSTED[name]()
        report = today.report._replace(as_of=date(2027, 2, 4))
        assert summary(today._replace(report=report), ORGANISATION) == summary(today, ORGANISATION)


def test_what_is_left_out_of_a_posted_comment_is_pointed_to():
    pointer = "; the check `Casework` on this pull request has more."
    long = a_review(invalid(3000), passes=False)
    assert pointer in summary(posted(long), ORGANISATION)
    assert pointer in summary(posted(a_review(*[ready()] * 3000)), ORGANISATION)
    assert pointer not in summary(long, ORGANISATION)


@pytest.mark.parametrize("kind", ["promotion", "in-band-increase", None])
@pytest.mark.parametrize("word", HOSTILE)
def test_no_word_of_anybody_does_anything(word, kind):
    assert_harmless(summary(a_review_of(word, kind), an_organisation_of(word)))


@settings(max_examples=40, deadline=None)
@given(anything)
def test_nor_do_words_put_together(word):
    assert_harmless(summary(a_review_of(word), an_organisation_of(word)))


@pytest.mark.parametrize("status", ["draft", "submitted", "promoted", "not-yet"])
@pytest.mark.parametrize("verdict", ["invalid", "not-ready", "ready", "approved"])
def test_every_status_and_verdict_has_words(status, verdict):
    one = ready()
    report = one.report._replace(status=status, verdict=type(one.report.verdict)(verdict))
    markdown = summary(a_review(one._replace(report=report)), ORGANISATION)
    word = {"not-ready": "Not ready"}.get(verdict, verdict.capitalize())
    assert f"\n**{word}.** " in markdown
    assert f"status `{status}`" in markdown


def test_a_refusal_that_is_approved_does_not_read_like_a_promotion():
    assert "what is approved is that decision, not the promotion" in summary(
        a_review(not_yet()), ORGANISATION
    )


def test_no_score_in_any_form():
    for name, review in REVIEWS.items():
        markdown = summary(review(), ORGANISATION)
        assert "neither necessary nor sufficient" in markdown, name
        assert "%" not in markdown.split("<details>")[0], name


def test_evidence_is_not_shown_with_somebodys_pay_in_it():
    case = judged(ready().case, [a_finding("pay-figure")])
    markdown = summary(a_review(case, passes=False), ORGANISATION)
    assert "rfc/612" not in markdown
    assert "The evidence is not shown here as long as the case says" in markdown


def test_an_overview_tells_two_cases_of_one_person_apart():
    one = ready()
    later = one._replace(report=one.report._replace(path="cases/ada-lovelace/2027-08.md"))
    overview, *_ = summary(a_review(one, later), ORGANISATION).split("###")
    assert "IC3<br>`cases/ada-lovelace/2027-02.md`, submitted |" in overview
    assert "IC3<br>`cases/ada-lovelace/2027-08.md`, submitted |" in overview


def test_evidence_keeps_its_links_and_spells_its_behaviours_out():
    markdown = summary(a_review(ready()), ORGANISATION)
    assert "https://example.com/rfc/612" in links(markdown)
    assert "IC3-E1: Example 1 of IC3." in shown(markdown)


@pytest.mark.parametrize(
    ("files", "address"),
    [
        ("https://git.example.com/acme/careers/blob/main", None),
        # As with every link there: GitHub would note on an issue's page that it is linked.
        (
            "https://github.com/acme/careers/blob/a%231",
            "https://redirect.github.com/acme/careers/blob/a%231",
        ),
    ],
)
def test_the_page_on_the_record_is_linked_where_its_place_is_known(files, address):
    review = posted(a_review(with_a_past()))._replace(files=files)
    markdown = summary(review, ORGANISATION)
    assert f"{address or files}/docs/history.md" in links(markdown)
    assert_harmless(markdown)
    plain = summary(review._replace(files=None), ORGANISATION)
    assert shown(plain) == shown(markdown)
    assert "docs/history.md" not in "".join(links(plain))


def test_findings_after_twenty_are_folded_away():
    markdown = summary(a_review(invalid(60), passes=False), ORGANISATION)
    before, after = markdown.split("<details><summary>40 more findings</summary>")
    assert before.count("- **error**") == 20
    assert after.split("</details>")[0].count("- **error**") == 40


def test_it_says_what_it_describes():
    assert "Judged: commit `5f0c2b9d7e41`" in summary(a_review(ready()), ORGANISATION)
    assert "Judged: the working tree" in summary(a_review(ready(), head=None), ORGANISATION)


class TestSize:
    def a_long_case(self, letters):
        item = an_evidence("x " * (letters // 2))
        section = a_quarter_section("FY27-Q4", [item], [item], [item])
        return judged(ready().case._replace(sections=(section,)))

    def test_evidence_goes_first(self):
        markdown = summary(a_review(self.a_long_case(40_000)), ORGANISATION)
        assert "<summary>Evidence" not in markdown
        assert "<summary>What IC3 asks for" in markdown
        assert "Left out, since GitHub limits the length of a comment: the evidence" in markdown

    def test_then_the_level_then_findings(self):
        markdown = summary(a_review(invalid(3000), passes=False), ORGANISATION)
        assert "<summary>What" not in markdown
        assert markdown.count("- **error**") == 20
        assert "2980 findings not shown here" in markdown
        assert "`casework check` lists all" in markdown

    @pytest.mark.parametrize("cases", [30, 300, 3000])
    def test_many_cases_leave_an_overview(self, cases):
        markdown = summary(a_review(*[ready()] * cases), ORGANISATION)
        assert size(markdown) <= LIMIT
        assert markdown.startswith(f"{MARKER}\n## {cases} cases")
        assert "Promotion of Ada Lovelace from IC2 to IC3" in markdown
        assert_harmless(markdown)

    @pytest.mark.parametrize("letter", ["x", "é", "日", "\U0001f600", "$", "@", "|", "<", "`"])
    def test_no_text_grows_beyond_the_limit(self, letter):
        word = letter * 3000
        one = a_review_of(word)
        review = one._replace(cases=one.cases * 5)
        markdown = summary(review, an_organisation_of(word))
        assert len(markdown) <= 65_536
        assert len(markdown.encode("utf-16-le")) // 2 <= 65_536
        assert size(markdown) <= LIMIT
        assert_harmless(markdown)

    def test_what_is_cut_is_never_a_fold_in_two(self):
        finding = a_finding(message="m" * 300, severity=Severity.ERROR.value)
        one = ready()._replace(findings=(finding,) * 500)
        markdown = summary(a_review(*[one] * 20), ORGANISATION)
        assert [t.content for t in tokens(markdown) if t.type == "html_block"]
        assert_harmless(markdown)
