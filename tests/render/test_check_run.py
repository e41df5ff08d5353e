"""The check: its answer in a few words, what keeps it from passing, and all findings."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.factories import a_finding, an_evidence
from tests.render.flavour import assert_harmless, assert_harmless_check, shown
from tests.render.hostile import a_review_of, an_organisation_of
from tests.render.scenes import (
    HEAD,
    ORGANISATION,
    POSTED,
    REVIEWS,
    a_quarter_section,
    a_review,
    approved,
    invalid,
    judged,
    not_ready,
    not_yet,
    ready,
)
from tests.render.test_escape import HOSTILE, anything

from casework.model.finding import Severity
from casework.render.check_run import (
    MOST_ANNOTATIONS,
    check_run,
    shared,
    undetermined,
    undetermined_summary,
)
from casework.render.escape import plain
from casework.render.summary import MARKER

SNAPSHOTS = Path(__file__).parent / "snapshots"


def a_check(*cases, **rest):
    return check_run(a_review(*cases, **rest), ORGANISATION, HEAD)


def a_page(check):
    """Everything of a check, to be read."""
    beside = "\n".join(
        f"{each.path}:{each.line}:{each.column} {each.level} {each.title}\n{each.message}\n"
        for each in check.annotations
    )
    answer = "passes" if check.passes else "fails"
    parts = (f"{answer} {check.head}\n{check.title}", check.summary, check.text, beside)
    return "\n~~~~~~~~~~~~\n".join(each.rstrip("\n") for each in parts) + "\n"


@pytest.mark.parametrize("name", POSTED)
def test_the_check_reads_well(name, agrees):
    check = check_run(POSTED[name](), ORGANISATION, HEAD)
    agrees(a_page(check), SNAPSHOTS / f"check-run-{name}.md")
    assert_harmless_check(check)


class TestTitle:
    @pytest.mark.parametrize(
        ("cases", "passes", "title"),
        [
            ([ready()], True, "Ready: the case needs the reviewers' approval."),
            (
                [not_ready()],
                True,
                "Not ready, as a draft may be: it lacks high performance at IC2.",
            ),
            ([invalid()], False, "Invalid: three errors to fix."),
            ([approved()], True, "Approved: the decision to promote."),
            ([not_yet()], True, "Approved: the decision not to promote yet."),
            ([ready(), ready(), not_ready()], True, "Three cases: one not ready and two ready."),
            ([ready(), invalid()], False, "Does not pass: three errors must be fixed."),
            ([], True, "No case is changed."),
        ],
    )
    def test_it_is_the_answer(self, cases, passes, title):
        assert a_check(*cases, passes=passes).title == title

    def test_a_ready_case_never_hides_what_else_fails(self):
        other = a_finding(path="framework/policy.yaml")
        check = a_check(ready(), passes=False, more=[other])
        assert check.title == "Does not pass: one error must be fixed."

    def test_nor_does_an_invalid_one(self):
        review = POSTED["invalid-60"]()._replace(owners=POSTED["three-cases"]().owners)
        assert check_run(review, ORGANISATION, HEAD).title.startswith("Does not pass")


class TestAnnotations:
    def test_each_severity_has_its_level_and_the_worst_come_first(self):
        found = [a_finding(severity=each, line=n) for n, each in enumerate(reversed(Severity), 1)]
        beside = a_check(judged(ready().case, found), passes=False).annotations
        assert [each.level for each in beside] == ["failure", "warning", "notice"]
        assert [each.line for each in beside] == [3, 2, 1]

    def test_there_is_an_end_to_them_and_it_is_told(self):
        check = a_check(invalid(1000), passes=False)
        assert len(check.annotations) == MOST_ANNOTATIONS
        assert "300 findings of 1000 are shown beside the lines" in check.summary

    @pytest.mark.parametrize("path", ["", "  ", "x" * 5000])
    def test_a_place_that_github_cannot_show_does_no_harm(self, path):
        check = a_check(more=[a_finding(path=path), a_finding()], passes=False)
        assert [each.path for each in check.annotations] == [a_finding().path]
        assert "One finding of two is shown" in check.summary

    def test_lines_and_columns_begin_at_one(self):
        (one,) = a_check(more=[a_finding(line=0, column=0)], passes=False).annotations
        assert (one.line, one.column) == (1, 1)

    def test_nothing_in_them_is_a_command_or_unseen(self):
        finding = a_finding(path="a\n::error::b", message="::add-mask::x \u202ey", help="##[group]")
        (one,) = a_check(more=[finding], passes=False).annotations
        assert one.path == "a ::error::b"
        assert one.message == ": :add-mask::x <U+202E>y\n# #[group]"


class TestText:
    def test_the_worst_findings_stand_first_and_the_evidence_last(self):
        case = judged(ready().case, [a_finding("hedge", "notice"), a_finding(line=30)])
        text = a_check(case, passes=False).text
        assert text.index("## 1 error") < text.index("## 1 notice") < text.index("## Evidence: ")
        assert "IC3-E1: Example 1 of IC3." in shown(text)

    @pytest.mark.parametrize("letter", ["x", "é", "日", "\U0001f600"])
    def test_what_is_too_long_is_cut_and_says_so(self, letter):
        item = an_evidence(letter * 3000)
        section = a_quarter_section("FY27-Q4", [item] * 20, [item] * 20, [item] * 20)
        case = ready().case._replace(sections=(section,))
        check = a_check(judged(case, [a_finding()]), passes=False)
        assert_harmless_check(check)
        assert check.text.startswith("## 1 error")
        assert check.text.endswith(
            "More is left out, since GitHub limits the length of a check. "
            "`casework review` shows all of it on your machine.\n"
        )

    def test_many_cases_and_findings_stay_below_the_limit(self):
        check = a_check(*[invalid(60)] * 300, passes=False)
        assert_harmless_check(check)
        assert "More is left out" in check.text

    def test_nobodys_pay_is_said_again(self):
        text = a_check(judged(ready().case, [a_finding("pay-figure")]), passes=False).text
        assert "Evidence" not in text


class TestSharedHead:
    def test_one_pull_request_is_told_as_it_is(self):
        check = a_check(ready())
        assert shared({12: check}) == check

    def test_it_passes_only_if_it_passes_for_all(self):
        good, bad = a_check(ready()), a_check(invalid(), passes=False)
        both = shared({12: good, 13: bad})
        assert not both.passes
        assert both.title == "Pull request 13: Invalid: three errors to fix."
        assert both.summary.index("# Pull request 13") < both.summary.index("# Pull request 12")
        assert len(both.annotations) == 3
        assert_harmless_check(both)

    def test_what_is_the_same_is_said_once(self):
        good = a_check(ready())
        both = shared({12: good, 13: good})
        assert both.passes
        assert both.summary.count("**Ready.**") == 1
        assert "The same as for pull request 12." in both.summary
        assert_harmless_check(both)

    def test_all_of_them_stay_below_the_limit(self):
        checks = {n: a_check(invalid(60 + n), passes=False) for n in range(12, 40)}
        assert_harmless_check(shared(checks))


class TestUndetermined:
    REASON = "GitHub must answer within two minutes; it did not."
    REMEDY = "Wait until githubstatus.com shows no trouble."

    def test_it_fails_and_says_so(self, agrees):
        check = undetermined(HEAD, self.REASON, self.REMEDY)
        assert not check.passes
        assert check.title == f"Undetermined: {self.REASON}"
        assert "run the failed job again" in check.summary
        agrees(a_page(check), SNAPSHOTS / "check-run-undetermined.md")
        assert_harmless_check(check)

    def test_the_comment_no_longer_shows_a_verdict(self, agrees):
        body = undetermined_summary(self.REASON, self.REMEDY, HEAD)
        assert body.startswith(f"{MARKER}\n## Undetermined\n")
        agrees(body, SNAPSHOTS / "summary-undetermined.md")
        assert_harmless(body)

    @pytest.mark.parametrize("word", [*HOSTILE, "x" * 100_000])
    def test_no_reason_does_anything(self, word):
        assert_harmless_check(undetermined(HEAD, word, word))
        assert_harmless(undetermined_summary(word, word, word))


class TestInjection:
    @pytest.mark.parametrize("kind", ["promotion", "in-band-increase", None])
    @pytest.mark.parametrize("word", HOSTILE)
    def test_no_word_of_anybody_does_anything(self, word, kind):
        review, organisation = a_review_of(word, kind), an_organisation_of(word)
        for passes in (True, False):
            assert_harmless_check(check_run(review._replace(passes=passes), organisation, HEAD))
        alone = review._replace(owners=None, report=review.report._replace(findings=()))
        assert_harmless_check(check_run(alone, organisation, HEAD))

    @settings(max_examples=40, deadline=None)
    @given(anything)
    def test_nor_do_words_put_together(self, word):
        assert_harmless_check(check_run(a_review_of(word), an_organisation_of(word), HEAD))

    @given(anything)
    def test_plain_text_stays_within_its_field(self, word):
        for most in (10, 255):
            assert len(plain(word, most).encode()) <= most


def test_the_same_review_is_told_in_the_same_words():
    for name in REVIEWS:
        first = check_run(REVIEWS[name](), ORGANISATION, HEAD)
        assert first == check_run(REVIEWS[name](), ORGANISATION, HEAD)
        assert "February" not in first.title + first.summary
