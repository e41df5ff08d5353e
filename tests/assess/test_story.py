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
    Moved,
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
            Landing(f"{place:040x}", END + timedelta(days=place), "A", "Change", place=place,
                    deadline=30),
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


def test_what_changed_together_with_the_status_is_named() -> None:
    def with_values(text: str, **fields: str) -> Case:
        return a_case(Q3, sections=[a_section("Values", text), a_section("Pay: salary", text)],
                      **fields)  # fmt: skip

    before, after = with_values("Ours."), with_values("Theirs.", status="submitted")
    assert last(before, after) == (Submitted(), Edited(text=True, sections=("Values",)))
    assert last(before, with_values("Ours.", status="submitted")) == (Submitted(),)
    more = with_evidence(an_evidence("Cut it by half."))._replace(status=Status.SUBMITTED)
    assert last(with_evidence(), more) == (Submitted(), Edited(evidence=True))


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


def test_what_a_case_says_now_stands_before_what_another_said_later() -> None:
    kept = a_history(a_case(Q3), path="cases/ada-lovelace/2026-08.md")
    taken_back = a_history(a_case({"FY27-Q3": "next next next"}), a_case({}), first=5)
    (standing,) = standings([kept, taken_back], Policy())
    assert {each.word for each in standing.ratings.values()} == {"meets"}


def test_a_quarter_without_a_rating_takes_the_place_of_none() -> None:
    before = a_history(a_case(Q3), path="cases/ada-lovelace/2026-08.md")
    empty = a_history(a_case({"FY27-Q3": "- - -", "FY27-Q2": "- - -"}), first=5)
    (standing,) = standings([before, empty], Policy())
    assert len(standing.ratings) == 3


def test_another_talent_review_is_told_also_where_the_file_stays() -> None:
    (moved,) = last(a_case(review="2026-08"), a_case(review="2027-02"))
    assert isinstance(moved, Moved)
    assert (moved.before_path, moved.path) == (PATH, PATH)
    assert (moved.before_review, moved.review) == ("2026-08", "2027-02")


def test_a_broken_file_that_is_moved_has_the_review_that_it_had() -> None:
    later = "cases/ada-lovelace/2027-08.md"
    (here,) = a_history(a_case()).versions
    (there,) = a_history(BROKEN, path=later, first=2).versions
    (told,) = stories([CaseHistory((here, there))], RULES)
    assert told.moments[1].events == (Moved(PATH, later, "2027-02", "2027-02"), Unreadable())


def test_ratings_are_told_of_a_case_that_names_no_level_any_more() -> None:
    evidence = with_evidence(an_evidence("Cut the time by half."))
    nameless = with_evidence()._replace(from_level=None)
    assert any(isinstance(each, EvidenceGone) for each in last(evidence, nameless))


def test_a_decision_that_is_taken_back_or_replaced() -> None:
    decided = a_case(status="not-yet")
    assert Reopened(Status.NOT_YET, Status.SUBMITTED) in last(decided, a_case(status="submitted"))
    (other, *_) = last(decided, a_case(status="promoted"))
    assert other == Decided(Status.PROMOTED, None, None, Status.NOT_YET)


def test_a_status_that_nobody_can_read_takes_nothing_back() -> None:
    nameless = a_case()._replace(status=None)
    told = moments(a_case(status="submitted"), nameless, a_case(status="submitted"))
    assert [each.events for each in told[1:]] == [(Edited(("status",)),)] * 2
    decided = moments(a_case(status="not-yet"), nameless, a_case(status="not-yet"))
    assert [each.after_decision for each in decided] == [False, True, True]


def test_what_differs_is_told_from_the_last_ratings_of_a_quarter() -> None:
    first = a_history(a_case(Q3), path="cases/ada-lovelace/2026-02.md")
    second = a_history(
        a_case({"FY27-Q3": "next meets meets"}), path="cases/ada-lovelace/2026-08.md", first=5
    )
    third = a_history(a_case({"FY27-Q3": "next next meets"}), first=9)
    *_, told = stories([first, second, third], RULES)
    recorded = told.moments[0].events[1]
    assert isinstance(recorded, Recorded)
    assert [each.category for each in recorded.cells] == ["execution"]


def test_a_quarter_is_late_only_beyond_the_policys_days() -> None:
    def is_late(day: int) -> bool:
        (told,) = stories([a_history(a_case(Q3), first=day)], RULES)
        recorded = told.moments[0].events[1]
        assert isinstance(recorded, Recorded)
        return recorded.is_late

    assert [is_late(30), is_late(31)] == [False, True]


def test_no_rating_at_all_is_no_record() -> None:
    unknown = a_case({"FY27-Q3": "- - -"})._replace(from_level=None)
    assert last(unknown) == (Opened(Status.DRAFT),)
