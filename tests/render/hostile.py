"""A review in which every word that somebody could have written is an attack."""

from datetime import date

from tests.factories import (
    CATEGORIES,
    a_finding,
    a_person,
    a_policy,
    a_requirement,
    a_talent_review,
    an_evidence,
    an_organisation,
)
from tests.render.scenes import a_quarter_section, a_review, ready

from casework.model.agenda import Due, Stage
from casework.model.approval import ApprovalOutcome, Discount, ReviewStanding
from casework.model.difference import (
    CellChange,
    Change,
    Changes,
    EvidenceChange,
    FieldChange,
    QuarterChange,
    SectionChange,
)
from casework.model.finding import Severity
from casework.model.fiscal import Quarter
from casework.model.framework import (
    Behaviour,
    Category,
    Expectation,
    Framework,
    Level,
    Track,
    Value,
)
from casework.model.history import Landing, OnRecord
from casework.model.people import People
from casework.model.pull_request import ReviewState
from casework.model.rating import Rating
from casework.model.report import Verdict

QUARTER = Quarter(2027, 3)
DAY = date(2027, 2, 12)


def an_organisation_of(word):
    categories = tuple(Category(each.id, word, each.initial, word) for each in CATEGORIES)
    expectations = tuple(
        Expectation(each.id, word, (Behaviour(word, word),)) for each in categories
    )
    levels = tuple(Level(level, word, word, True, expectations) for level in ("IC2", word))
    people = People({word: a_person(word, name=word), "ada-lovelace": a_person(name=word)})
    policy = a_policy(
        talent_reviews=(a_talent_review(word, "2027-02-01", "2027-02-12", "2027-02-28"),)
    )
    approvals = policy.approvals._replace(reviewers=(word,))
    framework = Framework(word, (Track(word, categories, levels),), (Value(word, word, word),))
    return an_organisation(
        framework=framework, people=people, policy=policy._replace(approvals=approvals)
    )


def a_case_of(word, links=("https://example.com/1",)):
    item = an_evidence(word, links=links, shows=(word,), witnesses=(word,))
    nested = an_evidence(f"{word}\n\n- {word}\n  - {word}", links=(), shows=("IC3-E1",))
    original = ready()
    section = a_quarter_section("FY27-Q4", [item], [item, nested], [nested])
    case = original.case._replace(
        document=original.case.document._replace(path=word), person=word, sections=(section,)
    )
    assessment = original.report.assessment
    requirements = tuple(
        a_requirement(name, "unmet", detail=word)
        for name in ("next-level", "next-level-quarter", "approvals", word)
    )
    report = original.report._replace(
        path=word, person=word, kind=word, to_level=word, review=word, status=word,
        verdict=Verdict.NOT_READY,
        assessment=assessment._replace(requirements=requirements),
    )  # fmt: skip
    findings = tuple(
        a_finding(word, severity, path=word, message=f"`{word}` {word}", help=word, line=line)
        for line, severity in enumerate(Severity, start=1)
    )
    return original._replace(
        case=case, report=report, findings=findings, approvals=approvals_of(word),
        on_record=a_record_of(word), since_main=changes_of(word), since_push=changes_of(f"{word}."),
        due=(Due(Stage.CASES_DUE, DAY, f"`{word}` {word}"),),
    )  # fmt: skip


def a_record_of(word):
    landing = Landing(word, DAY, word, word, 7)
    return (
        OnRecord(QUARTER, landing),
        OnRecord(QUARTER, landing, landing),
        OnRecord(QUARTER, None),
    )


def changes_of(word):
    """Every kind of change, each with such a word wherever somebody else could have written it."""
    items = an_evidence(word), an_evidence(f"{word}\n\n- {word}"), an_evidence(f"[{word}]({word})")
    cells = CellChange(word, None, Rating.NEXT), CellChange(word, Rating.NEXT, None)
    return Changes(
        word,
        word,
        tuple(
            FieldChange(name, *values)
            for name in ("manager", "framework")
            for values in ((None, word), (word, None), (word, f"{word}!"))
        ),
        tuple(QuarterChange(QUARTER, each, cells) for each in Change),
        (EvidenceChange(QUARTER, word, items, items, items),),
        tuple(SectionChange(word, each) for each in Change),
    )


def approvals_of(word):
    """Reviews by somebody with such a login, in every state, and each for its own reason."""
    standings = tuple(
        ReviewStanding(word, state, word or None, because)
        for state in ReviewState
        for because in (None, *Discount)
    )
    return ApprovalOutcome(
        a_requirement("approvals", "unmet", detail=f"`{word}` {word}"), standings
    )


def a_review_of(word, kind=None, **rest):
    judged = a_case_of(word, **rest)
    if kind:
        judged = judged._replace(report=judged.report._replace(kind=kind))
    elsewhere = a_finding(word, path=f"{word}/{word}", message=word, help=word)
    review = a_review(judged, more=(elsewhere,), notes=(word,), head=word, base=word)
    return review._replace(
        report=review.report._replace(framework=word), owners=approvals_of(word), pull_request=12
    )
