"""What is told of each review: in the summary, and in a terminal."""

import re
from datetime import date
from pathlib import Path

import pytest
from tests.factories import a_case, a_person, an_organisation, some_people
from tests.render.flavour import assert_harmless
from tests.render.scenes import ORGANISATION, a_review, judged, ready
from tests.render.test_escape import HOSTILE

from casework.assess.approvals import case_approvals, owner_approval
from casework.model.approval import ApprovalOutcome, Discount, ReviewStanding, Sameness
from casework.model.policy import Approvals
from casework.model.pull_request import GivenReview, ReviewState
from casework.render.approvals import MOST, owners_part, reviews_of
from casework.render.review import review_text
from casework.render.summary import summary

SNAPSHOTS = Path(__file__).parent / "snapshots"
NOW, EARLIER = (
    "5f0c2b9d7e41a8836c1d20b7f4e95a3361d0c8aa",
    "0b1c2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e",
)
TODAY = date(2027, 2, 10)
CONTENTS = {NOW: Sameness.SAME, EARLIER: Sameness.CHANGED}

APPROVED, ASKS, DISMISSED, COMMENTED, _ = ReviewState

EVERY_KIND = (
    GivenReview("katherine-johnson-gh", APPROVED, EARLIER),
    GivenReview("ada-lovelace-gh", APPROVED, NOW),
    GivenReview("Katherine-Johnson-gh", APPROVED, NOW),
    GivenReview("grace-hopper-gh", APPROVED, NOW),
    GivenReview("margaret-hamilton-gh", APPROVED, NOW),
    GivenReview("alan-turing-gh", APPROVED, NOW),
    GivenReview("barbara-liskov-gh", APPROVED, EARLIER),
    GivenReview("edsger-dijkstra-gh", ASKS, NOW),
    GivenReview("somebody-else", APPROVED, NOW),
    GivenReview(None, DISMISSED, None),
    GivenReview(None, APPROVED, None),
    GivenReview("katherine-johnson-gh", COMMENTED, NOW),
)
TWO = (
    GivenReview("katherine-johnson-gh", APPROVED, NOW),
    GivenReview("barbara-liskov-gh", APPROVED, NOW),
)


def asked(case, reviews, author="margaret-hamilton-gh", organisation=ORGANISATION):
    outcome = case_approvals(case, organisation, reviews, author, CONTENTS, TODAY)
    found = judged(case, approvals=outcome.requirement, organisation=organisation)
    return found._replace(approvals=outcome)


def submitted():
    return ready().case


def decided():
    return a_case(
        {"FY27-Q3": "exceeds exceeds next", "FY27-Q4": "next next next"},
        status="promoted", decided="2027-02-20", effective="2027-02-21",
    )  # fmt: skip


def owners(*reviews, author="grace-hopper-gh"):
    return owner_approval(ORGANISATION, reviews, author, CONTENTS, TODAY)


SCENES = {
    "every-kind": lambda: a_review(asked(submitted(), EVERY_KIND), head=NOW),
    "decision-open": lambda: a_review(asked(decided(), EVERY_KIND[-6:]), head=NOW, passes=False),
    "decision-approved": lambda: a_review(asked(decided(), TWO), head=NOW),
    "submitted-approved": lambda: a_review(asked(submitted(), TWO), head=NOW),
    "unread": lambda: a_review(asked(decided(), None), head=NOW, passes=False),
    "owners-missing": lambda: a_review(head=NOW, passes=False)._replace(
        owners=owners(*TWO, GivenReview("margaret-hamilton-gh", APPROVED, EARLIER))
    ),
    "owners-approve": lambda: a_review(asked(submitted(), EVERY_KIND), head=NOW)._replace(
        owners=owners(*EVERY_KIND)
    ),
}


def in_terminal(review, width=90, colour=False):
    return review_text(review, ORGANISATION, colour=colour, width=width, source=lambda path: None)


@pytest.mark.parametrize("name", SCENES)
def test_it_reads_well_in_a_terminal(name, agrees):
    agrees(in_terminal(SCENES[name]()), SNAPSHOTS / f"approvals-{name}.txt")


@pytest.mark.parametrize("name", SCENES)
def test_it_reads_well_in_the_summary(name, agrees):
    body = summary(SCENES[name](), ORGANISATION)
    kept = re.sub(r"(?s)<details>.*?</details>\n*", "", body)
    agrees(kept, SNAPSHOTS / f"approvals-{name}.md")


def test_an_approval_of_something_else_is_told_by_what_it_was_of():
    reviews = (GivenReview("barbara-liskov-gh", APPROVED, EARLIER),)
    of_decision = reviews_of(asked(decided(), reviews))[0][0].plainly()
    of_case = reviews_of(asked(submitted(), reviews))[0][0].plainly()
    assert of_decision == (
        "Barbara Liskov approved 0b1c2d3e4f50: does not count, because it was given before the "
        "decision was written as it is now."
    )
    assert of_case.endswith("what people.yaml says of its subject, was changed after that.")


def test_every_reason_is_told():
    for because in Discount:
        standing = ReviewStanding("Ada", APPROVED, NOW, because)
        outcome = ApprovalOutcome(asked(submitted(), ()).approvals.requirement, (standing,))
        for one in (submitted(), decided()):
            told = reviews_of(asked(one, ())._replace(approvals=outcome))[0][0]
            assert told.outcome not in ("", "counts")
        part = "\n".join(owners_part(a_review()._replace(owners=outcome), ORGANISATION))
        assert "does not count" in part or "blocks" in part or "a comment" in part


def test_what_decides_is_listed_first_where_there_is_much():
    chatter = [GivenReview(f"passer-by-{place}", APPROVED, NOW) for place in range(50)]
    chatter += [GivenReview("grace-hopper-gh", COMMENTED, NOW)] * 5_000
    listed, rest = reviews_of(asked(submitted(), [*chatter, *TWO, *chatter]))
    assert len(listed) == MOST
    assert [each.who for each in listed if each.outcome == "counts"] == [
        "Katherine Johnson", "Barbara Liskov",
    ]  # fmt: skip
    assert rest == f"{len(chatter) * 2 + 2 - MOST} more reviews not listed here."


def test_the_owners_part_tells_nothing_that_the_cases_tell():
    both = a_review(asked(submitted(), EVERY_KIND))._replace(owners=owners(*EVERY_KIND))
    alone = a_review()._replace(owners=owners(*EVERY_KIND))
    listed = [each for each in owners_part(both, ORGANISATION) if each.startswith("- ")]
    assert listed == [f"- **Margaret Hamilton** approved `{NOW[:12]}`: counts."]
    assert len(list(owners_part(alone, ORGANISATION))) > len(EVERY_KIND)
    assert list(owners_part(a_review(), ORGANISATION)) == []


def test_where_nobody_is_an_owner_that_is_to_be_seen_to_first():
    nobody = an_organisation(owners=())
    outcome = owner_approval(nobody, (), None, {}, TODAY)
    part = "\n".join(owners_part(a_review()._replace(owners=outcome), nobody))
    assert "`owners` names nobody yet" in part


def test_owners_who_have_left_are_not_asked():
    gone = [a_person(each, left="2026-01-31") for each in ("grace-hopper", "margaret-hamilton")]
    for people, said in (
        (gone[:1], "The owners: Margaret Hamilton."),
        (gone, "Nobody whom the policy's `owners` names is still here"),
    ):
        by = an_organisation(
            people=some_people(*people), owners=("grace-hopper", "margaret-hamilton")
        )
        reviews = (GivenReview("grace-hopper-gh", APPROVED, NOW),)
        outcome = owner_approval(by, reviews, None, CONTENTS, TODAY)
        part = "\n".join(owners_part(a_review()._replace(owners=outcome), by))
        assert said in part
        assert "does not count, because people.yaml says that this person has left." in part


def test_where_no_approval_is_asked_for_nobody_is_said_to_approve():
    organisation = an_organisation(approvals=Approvals(required=0))
    for case in (submitted(), decided()):
        one = asked(case, (), organisation=organisation)
        body = summary(a_review(one), organisation)
        assert "the policy asks for no approval." in body
        assert "reviewers approve" not in body


@pytest.mark.parametrize("word", HOSTILE)
def test_no_account_and_no_commit_does_anything(word):
    reviews = (GivenReview(word, APPROVED, word), GivenReview(word, ASKS, NOW))
    review = a_review(asked(submitted(), reviews))._replace(owners=owners(*reviews))
    assert_harmless(summary(review, ORGANISATION))
    assert_harmless("\n".join(owners_part(review, ORGANISATION)))
    output = in_terminal(review, width=60)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]", output)
    assert not re.search(r"^\s*::|##\[", output, re.MULTILINE)
