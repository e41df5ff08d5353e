"""Reviews to be rendered: one for each verdict and status that reads differently."""

from datetime import date

from tests.factories import (
    CATEGORIES,
    a_case,
    a_finding,
    a_person,
    a_requirement,
    a_section,
    an_evidence,
    an_organisation,
    some_people,
)

from casework.assess import assess, verdict
from casework.assess.agenda import what_is_due
from casework.assess.differences import differences
from casework.model.approval import ApprovalOutcome, Discount, ReviewStanding
from casework.model.finding import Severity
from casework.model.history import Landing, OnRecord
from casework.model.policy import Approvals
from casework.model.pull_request import ReviewState
from casework.model.report import CaseReport, JudgedCase, Report, Review

TODAY = date(2027, 2, 3)
HEAD = "5f0c2b9d7e41a8836c1d20b7f4e95a3361d0c8aa"
BASE = "a7e94d1c03b85f62de0179c4b836f5201ce9d744"

ORGANISATION = an_organisation(
    people=some_people(a_person("alan-turing", level="IC1", level_since="2025-08-01",
                                onboarded="2025-08-01", manager="grace-hopper")),
    approvals=Approvals(("katherine-johnson", "barbara-liskov", "edsger-dijkstra")),
)  # fmt: skip

SEARCH = an_evidence(
    'Took "search is slow for the largest customers" from a complaint to a shipped plan: profiled, '
    "wrote [RFC 612](https://example.com/rfc/612), split the work for three people; p95 went from "
    "40 s to 6 s.",
    shows=("IC3-E1", "IC3-E2"),
    witnesses=("barbara-liskov",),
)
CACHE = an_evidence(
    "Replaced the result cache by one keyed by *sets of permissions*: 7 GB instead of 90 GB, and "
    "`cache_hits` went from 12 % to 31 % ([dashboard](https://example.com/d/9)).",
    links=("https://example.com/d/9",),
    shows=("IC3-P2",),
)
TALK = an_evidence("Held the on-call handover for two teams.", links=(), witnesses=())


def a_quarter_section(label, *cells):
    return a_section(
        label,
        subsections=[
            a_section(category.name, items=items)
            for category, items in zip(CATEGORIES, cells, strict=True)
        ],
    )


def judged(case, findings=(), approvals=None, organisation=ORGANISATION, today=TODAY):
    assessment = assess(case, organisation, today, approvals)
    has_error = any(each.severity is Severity.ERROR for each in findings)
    report = CaseReport(
        case.path,
        case.person,
        case.kind and case.kind.value,
        case.from_level,
        case.to_level,
        case.review,
        case.status and case.status.value,
        verdict(assessment, has_error),
        assessment,
    )
    policy = organisation.policy
    due = what_is_due(report, report.status, policy.talent_review(case.review), policy, today)
    return JudgedCase(case, report, tuple(findings), due=due)


def a_review(*cases, passes=True, more=(), notes=(), head=HEAD, base=BASE):
    findings = tuple(finding for each in cases for finding in each.findings)
    reports = tuple(each.report for each in cases)
    report = Report(
        TODAY,
        "1.0.0",
        reports,
        tuple(sorted((*findings, *more), key=lambda each: each[2:5])),
        tuple(notes),
    )
    return Review(base, head, tuple(cases), report, passes)


def ready():
    spoken = an_evidence(witnesses=["alan-turing"])
    sections = (
        a_quarter_section("FY27-Q4", [CACHE], [SEARCH], [spoken]),
        a_quarter_section("FY27-Q3", [CACHE], [SEARCH, TALK], [an_evidence()]),
        a_quarter_section("FY27-Q2", [CACHE], [an_evidence()], [an_evidence()]),
        a_section("Values", "Put the customer first."),
    )
    ratings = {
        "FY27-Q2": "meets exceeds exceeds",
        "FY27-Q3": "exceeds exceeds exceeds",
        "FY27-Q4": "next next next",
    }
    return judged(a_case(ratings, status="submitted")._replace(sections=sections))


def not_ready():
    advice = a_finding(
        "hedge", "notice", line=31, column=14,
        message="Say what is known: `somewhat` leaves open how much.",
        help="Give the figure, or leave the word out.",
    )  # fmt: skip
    lacking = a_finding("unsupported-rating", "warning", line=13, column=40)
    case = a_case(
        {"FY27-Q1": "meets meets exceeds", "FY27-Q3": "exceeds exceeds exceeds",
         "FY28-Q1": "next next exceeds"},
        evidence={"FY27-Q3": "1 1 0"},
        values=None,
    )  # fmt: skip
    return judged(case, (lacking, advice))


def invalid(findings=3):
    case = a_case({"FY27-Q4": "next next next"}, status="submitted", to_level="IC4")
    found = [a_finding(line=12 + place, column=3 + place % 40) for place in range(findings)]
    return judged(case, found)


def approved():
    case = a_case(
        status="promoted", decided="2027-02-20", effective="2027-02-21",
        ratings={"FY27-Q3": "exceeds exceeds next", "FY27-Q4": "next next next"},
    )  # fmt: skip
    detail = "Katherine Johnson and Barbara Liskov approved this decision."
    return judged(case, approvals=a_requirement("approvals", detail=detail))


def not_yet():
    feedback = a_section(
        "Feedback", "Reasons: one quarter.\n\nTimeline: by August.\n\nActions: own a project."
    )
    case = a_case(
        {"FY27-Q4": "exceeds exceeds exceeds"}, status="not-yet", decided="2027-02-20",
        sections=[feedback],
    )  # fmt: skip
    detail = "Katherine Johnson and Barbara Liskov approved this decision."
    return judged(case, approvals=a_requirement("approvals", detail=detail))


def in_band():
    case = a_case(
        {"FY27-Q4": "exceeds exceeds exceeds"}, kind="in-band-increase", person="alan-turing",
        from_level="IC1", level_since="2025-08-01", status="submitted",
    )  # fmt: skip
    return judged(case)


def a_landing(day, commit, pull_request=None):
    return Landing(commit * 4, date.fromisoformat(day), "Grace Hopper", "A case", pull_request)


EARLY = a_landing("2026-08-10", "1f0c2b9d7e", 7)
CORRECTED = a_landing("2026-09-02", "2a0c2b9d7e")
LATE = a_landing("2026-12-20", "3b0c2b9d7e", 31)


def with_a_past():
    """A case that was on the main branch, and was pushed to twice since."""
    now = ready()
    quarters = {each.quarter: each for each in now.case.quarters}
    first, second, third = quarters
    told = an_evidence(
        "Took over the search when it was slow, and brought the time for the largest customers "
        "down with [a plan](https://example.com/p) that three people could share."
    )
    before = a_case(
        {"FY27-Q2": "meets exceeds exceeds", "FY27-Q3": "exceeds exceeds meets"}, status="draft",
        manager="margaret-hamilton",
    )._replace(
        sections=(
            a_quarter_section("FY27-Q3", [CACHE, told], [SEARCH, TALK], [an_evidence()]),
            a_quarter_section("FY27-Q2", [CACHE], [an_evidence()], [an_evidence()]),
            a_section("Values", "Puts the customer first."),
        )
    )  # fmt: skip
    spoken = an_evidence(witnesses=["barbara-liskov"])
    _, *others = now.case.sections
    pushed = now.case._replace(
        sections=(a_quarter_section("FY27-Q4", [CACHE], [SEARCH, TALK], [spoken]), *others)
    )
    track = ORGANISATION.framework.track_of("IC2")
    return now._replace(
        on_record=(
            OnRecord(first, EARLY, CORRECTED, 10),
            OnRecord(second, LATE, None, 50, is_late=True),
            OnRecord(third, None),
        ),
        since_main=differences(before, now.case, track, BASE),
        since_push=differences(pushed, now.case, track, "4c0c2b9d7e" * 4),
    )


def new_to_main():
    """A case whose first pull request is pushed to: main has nothing, the push changed nothing."""
    one = ready()
    track = ORGANISATION.framework.track_of("IC2")
    return one._replace(
        on_record=tuple(OnRecord(each.quarter, None) for each in one.case.quarters),
        since_push=differences(one.case, one.case, track, "4c0c2b9d7e" * 4),
    )


REVIEWS = {
    "ready": lambda: a_review(ready()),
    "not-ready": lambda: a_review(not_ready(), head=None, base=None),
    "invalid": lambda: a_review(invalid(), passes=False),
    "invalid-60": lambda: a_review(invalid(60), passes=False),
    "approved": lambda: a_review(approved()),
    "not-yet": lambda: a_review(not_yet()),
    "in-band": lambda: a_review(in_band()),
    "three-cases": lambda: a_review(
        ready(), not_ready(), in_band(), passes=False,
        more=(a_finding("unknown-person", path="framework/policy.yaml"),),
        notes=("`cases/README.md` was not judged.",),
    ),
    "no-case": lambda: a_review(),
    "with-a-past": lambda: a_review(with_a_past()),
    "new-to-main": lambda: a_review(new_to_main()),
}  # fmt: skip


def posted(review, owners=None):
    """The same review as a pull request has it."""
    return review._replace(pull_request=12, owners=owners)


def owners_of(state, detail, *standings):
    return ApprovalOutcome(a_requirement("owner-approval", state, detail=detail), standings)


def with_reviews(one, detail, *standings, state="unmet"):
    """The case with what became of each review."""
    asked = a_requirement("approvals", state, detail=detail)
    assessment = one.report.assessment
    kept = tuple(asked if each.id == "approvals" else each for each in assessment.requirements)
    report = one.report._replace(assessment=assessment._replace(requirements=kept))
    return one._replace(report=report, approvals=ApprovalOutcome(asked, standings))


def a_standing(who, state="approved", because=None, commit=HEAD):
    return ReviewStanding(who, ReviewState(state), commit, because and Discount(because))


def awaited():
    return with_reviews(
        ready(),
        "One of two approvals is there, and one of them must be from somebody at IC3 or above.",
        a_standing("Barbara Liskov"),
        a_standing("Katherine Johnson", because="content-changed"),
        a_standing("Edsger Dijkstra", "changes-requested", "asks-for-changes"),
        a_standing("Grace Hopper", because="manager"),
        a_standing("mallory", "commented", "comment", None),
    )


WANTING = owners_of(
    "unmet", "Files other than cases are changed: Margaret Hamilton must approve that.",
    a_standing("Grace Hopper", because="not-a-reviewer"),
)  # fmt: skip
GIVEN = owners_of(
    "met", "Margaret Hamilton approved what is changed beside the cases.",
    a_standing("Margaret Hamilton"),
)  # fmt: skip

POSTED = {
    "ready": lambda: posted(a_review(awaited())),
    "invalid-60": lambda: posted(a_review(invalid(60), passes=False)),
    "three-cases": lambda: posted(
        a_review(
            ready(), not_ready(), in_band(), passes=False,
            more=(a_finding("unknown-person", path="framework/policy.yaml"),),
        ),
        WANTING,
    ),
    "no-case": lambda: posted(a_review(), GIVEN),
    "no-case-unapproved": lambda: posted(a_review(passes=False), WANTING),
}  # fmt: skip
