"""What is told of a case's versions, and what is not."""

from datetime import date, timedelta

from casework.assess.story import Rules, standings, stories
from casework.model.case import Case, Evidence, Status
from casework.model.document import Document, DocumentKind
from casework.model.history import CaseHistory, Landing, Version
from casework.model.policy import Policy
from casework.model.story import (
    Decided,
    Deleted,
    Edited,
    Event,
    EvidenceGone,
    ManagerChanged,
    Moment,
    Opened,
    PutBack,
    Readable,
    Recorded,
    Reopened,
    Submitted,
    Unreadable,
)
from tests.factories import a_case, a_framework, a_quarter, a_section, an_evidence

END = date(2026, 10, 31)  # of FY27-Q3
Q3 = {"FY27-Q3": "meets meets meets"}
RULES = Rules(Policy(), a_framework(), lambda text: "salary" not in text)
PATH = "cases/ada-lovelace/2027-02.md"
BROKEN = a_case({}, status=None)._replace(
    document=Document(PATH, DocumentKind.CASE, readable=False)
)


def a_history(*cases: Case | None, path: str = PATH, first: int = 1) -> CaseHistory:
    """One version a day, from the first day after the quarter's end on."""
    return CaseHistory(tuple(
        Version(
            Landing(f"{place:040x}", END + timedelta(days=place), "A", "Change", place=place),
            path, None if each is None else f"content {place}", each,
        )
        for place, each in enumerate(cases, start=first)
    ))  # fmt: skip


def moments(*cases: Case | None) -> tuple[Moment, ...]:
    (told,) = stories([a_history(*cases)], RULES)
    return told.moments


def last(*cases: Case | None) -> tuple[Event, ...]:
    return moments(*cases)[-1].events


def with_evidence(*items: Evidence) -> Case:
    cell = a_section("Execution", items=items)
    return a_case(
        Q3, sections=[a_section("FY27-Q3", subsections=[cell])], evidence={"FY27-Q3": "0 0 0"}
    )


def test_days_are_counted_from_one_moment_to_the_next() -> None:
    assert [each.days for each in moments(a_case(), a_case(status="submitted"))] == [None, 1]


def test_a_quarter_is_told_with_its_ratings_and_days() -> None:
    opened, recorded = last(a_case(Q3))
    assert opened == Opened(Status.DRAFT)
    assert isinstance(recorded, Recorded)
    assert (recorded.quarter, recorded.days, recorded.is_late) == (a_quarter("FY27-Q3"), 1, False)


def test_a_quarter_that_another_case_had_is_not_late_and_shows_what_differs() -> None:
    before = a_history(a_case(Q3), path="cases/ada-lovelace/2026-08.md")
    now = a_history(a_case({"FY27-Q3": "meets next meets"}), first=90)
    *_, told = stories([before, now], RULES)
    recorded = told.moments[0].events[1]
    assert isinstance(recorded, Recorded)
    assert recorded.earlier == before.versions[0].landing
    assert ([each.category for each in recorded.cells], recorded.is_late) == (["execution"], False)


def test_the_ways_of_a_status() -> None:
    assert last(a_case(), a_case(status="submitted")) == (Submitted(),)
    assert last(a_case(status="submitted"), a_case()) == (Reopened(Status.SUBMITTED, Status.DRAFT),)
    decided = a_case(status="not-yet", decided="2026-11-02")
    assert last(a_case(status="submitted"), decided) == (
        Decided(Status.NOT_YET, date(2026, 11, 2), None),
    )


def test_whatever_happens_after_the_decision_is_marked() -> None:
    decided = a_case(status="not-yet")
    told = moments(decided, decided._replace(manager="katherine-johnson"), None)
    assert [each.after_decision for each in told] == [False, True, True]
    assert told[1].events == (ManagerChanged("grace-hopper", "katherine-johnson"), Edited())


def test_a_broken_version_is_passed_over() -> None:
    told = moments(a_case(), BROKEN, BROKEN, a_case(status="submitted"))
    assert [each.events for each in told[1:]] == [
        (Unreadable(),), (Unreadable(),), (Readable(), Submitted()),
    ]  # fmt: skip


def test_a_case_that_could_never_be_read() -> None:
    (told,) = stories([a_history(BROKEN)], RULES)
    assert (told.case, told.moments[0].events) == (None, (Opened(None), Unreadable()))


def test_deleted_and_put_back() -> None:
    told = moments(a_case(), None, a_case())
    assert [each.events for each in told[1:]] == [(Deleted(),), (PutBack(),)]


def test_evidence_that_went_is_told_and_pay_is_not_repeated() -> None:
    plain, pay = an_evidence("Cut the time by half."), an_evidence("A salary of a million.")
    (gone,) = (
        e for e in last(with_evidence(plain), with_evidence()) if isinstance(e, EvidenceGone)
    )
    assert (gone.category, gone.items, gone.how_many) == ("execution", (plain.text,), 1)
    (hidden,) = (
        e for e in last(with_evidence(pay), with_evidence()) if isinstance(e, EvidenceGone)
    )
    assert (hidden.items, hidden.how_many) == ((), 1)


def test_the_record_shows_what_the_main_branch_says_now() -> None:
    before = a_history(a_case(Q3), path="cases/ada-lovelace/2026-08.md")
    now = a_history(a_case({"FY27-Q3": "next next next"}), first=5)
    (standing,) = standings([now, before], Policy())
    assert standing.on_record.first == before.versions[0].landing
    assert standing.on_record.as_now == now.versions[0].landing
