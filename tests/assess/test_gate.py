"""Whether a pull request may pass."""

import pytest

from casework.assess.gate import passes
from casework.model.approval import ApprovalOutcome
from casework.model.report import Assessment, CaseReport, JudgedCase, Verdict
from tests.factories import a_case, a_day, a_finding, a_requirement


def an_outcome(state: str, id: str = "approvals") -> ApprovalOutcome:
    return ApprovalOutcome(a_requirement(id, state))


def a_judged(status: str, values: str, approvals: str, *, asked: bool) -> JudgedCase:
    case = a_case(status=status)
    requirements = (a_requirement("values", values), a_requirement("approvals", approvals))
    day = a_day("2027-02-10")
    assert day is not None
    report = CaseReport(
        case.path, case.person, "promotion", "IC2", "IC3", "2027-02", status, Verdict.READY,
        Assessment(day, requirements, ()),
    )  # fmt: skip
    return JudgedCase(case, report, (), None, an_outcome(approvals) if asked else None)


DECIDED = ("promoted", "granted", "not-yet", "declined")
ALL = ("draft", "submitted", *DECIDED)


@pytest.mark.parametrize("status", ALL)
@pytest.mark.parametrize("approvals", ["met", "unmet", "undetermined"])
@pytest.mark.parametrize("values", ["met", "unmet", "undetermined"])
@pytest.mark.parametrize("asked", [True, False])
def test_what_each_status_needs(status: str, approvals: str, values: str, asked: bool) -> None:
    is_approved = approvals == "met" or (approvals == "undetermined" and not asked)
    expected = status == "draft" or (
        values == "met" and (status == "submitted" or is_approved)
    )  # fmt: skip
    one = a_judged(status, values, approvals, asked=asked)
    assert passes([one], (), None) is expected
    complete = a_judged("promoted", "met", "met", asked=asked)
    assert passes([complete, one], (), None) is expected


@pytest.mark.parametrize("severity", ["error", "warning", "notice"])
def test_only_errors_speak_against_it(severity: str) -> None:
    assert passes([], [a_finding(severity=severity)], None) is (severity != "error")


@pytest.mark.parametrize("state", ["met", "unmet", "undetermined"])
def test_undetermined_never_passes(state: str) -> None:
    assert passes([], (), an_outcome(state, "owner-approval")) is (state == "met")
    decision = a_judged("promoted", "met", state, asked=True)
    assert passes([decision], (), None) is (state == "met")


def test_a_pull_request_without_cases_passes() -> None:
    assert passes([], (), None) is True
