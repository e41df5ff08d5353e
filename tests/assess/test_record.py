"""Since when a quarter is on record, in whatever case of the person."""

from datetime import date, timedelta

from casework.assess.record import on_record
from casework.model.case import Case
from casework.model.fiscal import FiscalCalendar
from casework.model.history import CaseHistory, Landing, OnRecord, Version
from tests.factories import a_case, a_quarter, a_rated_quarter

END = date(2026, 10, 31)  # of FY27-Q3
Q3 = "FY27-Q3"


def landing(place: int, days: int | None = None) -> Landing:
    """A commit so many days after the quarter's end; by itself, as many as its place."""
    day = END + timedelta(days=place if days is None else days)
    return Landing(f"{place:040x}", day, "A", f"Commit {place}", place=place, deadline=30)


def a_history(*versions: tuple[int, dict[str, str] | None], path: str = "2027-02") -> CaseHistory:
    """A case as each commit left it: its ratings; None where the commit took it away."""
    return CaseHistory(
        tuple(_version(place, f"cases/a/{path}.md", rated) for place, rated in versions)
    )


def _version(place: int, path: str, rated: dict[str, str] | None) -> Version:
    if rated is None:
        return Version(landing(place), path, None)
    return Version(landing(place), path, f"{place}", _case(rated))


def _case(rated: dict[str, str]) -> Case:
    return a_case(rated)


def of(rated: str, *histories: CaseHistory) -> OnRecord:
    (found,) = on_record(histories, [a_rated_quarter(Q3, rated)], FiscalCalendar())
    return found


def test_since_the_commit_that_first_rated_it() -> None:
    history = a_history((1, {}), (5, {Q3: "meets meets meets"}), (9, {Q3: "meets meets meets"}))
    assert of("meets meets meets", history) == OnRecord(
        a_quarter(Q3), landing(5), landing(5), 5, False
    )


def test_late_only_beyond_the_policys_days() -> None:
    assert not of("meets meets meets", a_history((30, {Q3: "meets meets meets"}))).is_late
    assert of("meets meets meets", a_history((31, {Q3: "meets meets meets"}))).is_late


def test_late_by_the_policy_of_the_commit_that_first_rated_it() -> None:
    rated = _case({Q3: "meets meets meets"})
    for deadline, is_late in ((60, False), (39, True), (40, False), (None, None)):
        first, later = landing(40)._replace(deadline=deadline), landing(90)
        versions = (Version(first, "cases/a/x.md", "1", rated),
                    Version(later, "cases/a/x.md", "2", rated))  # fmt: skip
        assert of("meets meets meets", CaseHistory(versions)).is_late is is_late


def test_before_the_quarters_end() -> None:
    early = CaseHistory(
        (Version(landing(1, -3), "cases/a/x.md", "1", _case({Q3: "next next next"})),)
    )
    assert of("next next next", early).days == -3


def test_a_rating_that_was_changed_keeps_its_first_day() -> None:
    history = a_history((5, {Q3: "meets meets meets"}), (90, {Q3: "next next next"}))
    found = of("next next next", history)
    assert (found.first, found.as_now, found.days, found.is_late) == (
        landing(5),
        landing(90),
        5,
        False,
    )


def test_a_rating_that_was_changed_and_changed_back() -> None:
    history = a_history(
        (5, {Q3: "meets meets meets"}), (6, {Q3: "next next next"}), (7, {Q3: "meets meets meets"})
    )
    assert of("meets meets meets", history)[1:3] == (landing(5), landing(7))


def test_a_quarter_that_is_only_proposed() -> None:
    assert of("meets meets meets", a_history((5, {}))) == OnRecord(a_quarter(Q3), None)
    assert of("meets meets meets") == OnRecord(a_quarter(Q3), None)


def test_other_ratings_that_are_only_proposed() -> None:
    assert of("next next next", a_history((5, {Q3: "meets meets meets"})))[1:3] == (
        landing(5),
        None,
    )


def test_a_quarter_is_rated_when_all_of_its_categories_are() -> None:
    history = a_history((5, {Q3: "meets - meets"}), (8, {Q3: "meets meets meets"}))
    assert of("meets meets meets", history).first == landing(8)


def test_a_quarter_without_ratings_is_on_record_nowhere() -> None:
    assert of("- - -", a_history((5, {Q3: "- - -"}))) == OnRecord(a_quarter(Q3), None)


def test_another_case_of_the_person_counts_whatever_became_of_it() -> None:
    before = a_history((2, {Q3: "meets meets meets"}), (6, None), path="2026-08")
    now = a_history((9, {Q3: "meets meets meets"}))
    assert of("meets meets meets", before, now)[1:3] == (landing(2), landing(9))


def test_one_case_hands_it_on_to_the_next() -> None:
    before = a_history((2, {Q3: "meets meets meets"}), (9, None), path="2026-08")
    now = a_history((5, {}), (9, {Q3: "meets meets meets"}))
    assert of("meets meets meets", now, before)[1:3] == (landing(2), landing(2))
    assert of("meets meets meets", before, now)[1:3] == (landing(2), landing(2))


def test_the_line_orders_the_commits_and_not_their_days() -> None:
    rated = _case({Q3: "meets meets meets"})
    late = CaseHistory((Version(landing(1, 40), "cases/a/x.md", "1", rated),))
    backdated = CaseHistory((Version(landing(2, 3), "cases/a/y.md", "2", rated),))
    assert of("meets meets meets", backdated, late).days == 40


def test_a_broken_version_holds_no_ratings() -> None:
    history = CaseHistory((
        Version(landing(1), "cases/a/x.md", "1", _case({Q3: "next next next"})),
        Version(landing(2), "cases/a/x.md", "2", a_case({}, status=None)),
        Version(landing(3), "cases/a/x.md", "3", _case({Q3: "next next next"})),
    ))  # fmt: skip
    assert of("next next next", history)[1:3] == (landing(1), landing(3))
