"""Whether the check passes, in a sentence."""

import pytest
from tests.factories import a_finding, a_requirement
from tests.render.scenes import a_review, approved, invalid, judged, not_ready, not_yet, ready

from casework.model.approval import ApprovalOutcome
from casework.render.gate import gate

ALL_THREE = (
    "two errors must be fixed, a submitted case must be ready and a decision must be approved"
)

OWNER = "an owner must approve what is changed besides cases"
UNKNOWN = "the approvals must be known, and they are not"


def with_status(one, status):
    return one._replace(report=one.report._replace(status=status))


def unapproved(one):
    return judged(one.case, approvals=a_requirement("approvals", "unmet"))


@pytest.mark.parametrize(
    ("cases", "why"),
    [
        ([invalid()], "three errors must be fixed"),
        ([invalid(1), ready()], "one error must be fixed"),
        ([with_status(not_ready(), "submitted")], "a submitted case must be ready"),
        ([with_status(not_ready(), "submitted")] * 2, "a submitted case must be ready"),
        ([with_status(not_ready(), "promoted")], "a decision must meet its requirements"),
        ([unapproved(approved())], "a decision must be approved"),
        ([unapproved(not_yet())], "a decision must be approved"),
        (
            [invalid(2), with_status(not_ready(), "submitted"), unapproved(approved())],
            ALL_THREE,
        ),
    ],
)
def test_it_says_what_keeps_the_check_from_passing(cases, why):
    assert gate(a_review(*cases, passes=False)) == f"The check does not pass: {why}."


def test_errors_in_other_files_count_too():
    review = a_review(ready(), passes=False, more=[a_finding(path="framework/policy.yaml")])
    assert gate(review) == "The check does not pass: one error must be fixed."


def test_what_is_known_of_approvals_is_said_of_decisions_alone():
    assert gate(a_review(ready())) == "The check passes."
    assert gate(a_review(approved())) == "The check passes."
    decided = judged(approved().case)
    said = "The check passes, approvals aside: they are known only on the pull request."
    assert gate(a_review(ready(), decided)) == said


def test_what_is_not_proposed_need_not_pass():
    drafts = "The check passes: a draft need not be ready."
    assert gate(a_review(ready(), not_ready())._replace(proposes=False)) is None
    assert gate(a_review(ready(), not_ready())) == drafts
    assert gate(a_review()) == "The check passes."
    assert gate(a_review()._replace(proposes=False)) is None
    assert gate(a_review(invalid(), passes=False)._replace(proposes=False)) is not None


def test_a_case_that_is_proposed_as_it_was_is_proposed_all_the_same():
    same = ready()._replace(before=ready().case)
    assert gate(a_review(same)) == "The check passes."


def asked(one, state):
    requirement = a_requirement("approvals", state)
    return judged(one.case, approvals=requirement)._replace(approvals=ApprovalOutcome(requirement))


def owners(state):
    return ApprovalOutcome(a_requirement("owner-approval", state))


@pytest.mark.parametrize(
    ("cases", "of_owners", "why"),
    [
        ([asked(approved(), "unmet")], None, "a decision must be approved"),
        ([asked(approved(), "undetermined")], None, UNKNOWN),
        ([asked(not_yet(), "undetermined")], owners("undetermined"), UNKNOWN),
        ([], owners("undetermined"), UNKNOWN),
        ([], owners("unmet"), OWNER),
        ([asked(approved(), "unmet")], owners("unmet"), f"a decision must be approved and {OWNER}"),
    ],
)
def test_it_says_which_approval_is_lacking_and_which_nobody_knows(cases, of_owners, why):
    review = a_review(*cases, passes=False)._replace(owners=of_owners)
    assert gate(review) == f"The check does not pass: {why}."
