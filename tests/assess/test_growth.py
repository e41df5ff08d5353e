"""Who is listed as below the expected level, under whom, and with what."""

from datetime import date
from typing import Any

import pytest

from casework.assess import assess, verdict
from casework.assess.growth import growing, growth
from casework.model.case import Case
from casework.model.english import alphabetical, span
from casework.model.growth import Growing, Growth, KnownCase, whole_months
from casework.model.organisation import Organisation
from casework.model.people import People, Person
from casework.model.report import CaseReport
from tests.factories import a_case, a_framework, a_person, a_track, an_organisation, quarters

TODAY = date(2026, 11, 22)
PLAIN = "exceeds exceeds exceeds"


def an_engineer(handle: str = "ada-lovelace", **fields: Any) -> Person:
    own = {
        "level": "IC2", "level_since": "2025-02-01", "onboarded": "2024-08-01",
        "manager": "grace-hopper",
    }  # fmt: skip
    return a_person(handle, **own | fields)


MANAGERS = (a_person("grace-hopper"), a_person("mary-kenneth-keller"))


def organisation(*people: Person, **knobs: Any) -> Organisation:
    everybody = People({each.handle: each for each in (*people, *MANAGERS)})
    return an_organisation(people=everybody, **knobs)


def known(case: Case, has_error: bool = False) -> KnownCase:
    assessment = assess(case, an_organisation(), TODAY)
    report = CaseReport(
        case.path, case.person, case.kind, case.from_level, case.to_level, case.review,
        case.status, verdict(assessment, has_error), assessment,
    )  # fmt: skip
    return KnownCase(report, int(has_error))


def found(*cases: Case, people: tuple[Person, ...] = (an_engineer(),), **knobs: Any) -> Growth:
    return growth(organisation(*people, **knobs), map(known, cases), TODAY)


def only(*cases: Case, **fields: Any) -> Growing:
    made = found(*cases, people=(an_engineer(**fields),))
    ((one,),) = (each.people for each in made.teams)
    return one


def handles(*people: Person, **knobs: Any) -> list[str]:
    return [each.handle for each in growing(organisation(*people, **knobs), TODAY)]


class TestWhoIsListed:
    def test_everybody_below_the_level_and_nobody_else(self) -> None:
        ladder = ["IC1", "IC2", "IC3", "IC4", None]
        people = [an_engineer(f"person-{place}", level=each) for place, each in enumerate(ladder)]
        assert handles(*people) == ["person-0", "person-1"]

    def test_nobody_of_another_track(self) -> None:
        framework = a_framework(a_track(), a_track("M1", "M2", "M3", name="Managers"))
        people = (an_engineer(), an_engineer("radia-perlman", level="M1"))
        assert handles(*people, framework=framework) == ["ada-lovelace"]
        on_the_other = handles(*people, framework=framework, expected_level="M2")
        assert on_the_other == ["radia-perlman"]

    @pytest.mark.parametrize(
        ("left", "is_listed"), [("2026-11-22", False), ("2026-11-23", True), (None, True)]
    )
    def test_nobody_who_has_left(self, left: str | None, is_listed: bool) -> None:
        assert handles(an_engineer(left=left)) == ["ada-lovelace"] * is_listed

    def test_nobody_where_no_level_is_expected(self) -> None:
        assert found(expected_level=None).teams == ()
        assert found(expected_level=None).expected is None

    def test_who_holds_a_level_that_nobody_knows_is_not_lost(self) -> None:
        lost, gone = an_engineer(level="IC9"), an_engineer("xia", level="IC9", left="2026-01-01")
        made = found(people=(lost, gone))
        assert (made.teams, made.unplaced) == ((), (lost,))


class TestUnderWhom:
    def test_managers_and_people_by_name_whatever_else_there_is(self) -> None:
        people = (
            an_engineer("b", name="Zoe", manager="mary-kenneth-keller"),
            an_engineer("z", name="Ärne", level="IC1", manager="mary-kenneth-keller"),
            an_engineer("c", name="bea", manager="grace-hopper", level_since="2020-02-01"),
            an_engineer("a", name="Cy", manager="grace-hopper"),
        )
        made = found(people=people)
        names = [(each.manager and each.manager.name, [p.person.name for p in each.people])
                 for each in made.teams]  # fmt: skip
        assert names == [("Grace Hopper", ["bea", "Cy"]), ("Mary Kenneth Keller", ["Ärne", "Zoe"])]

    @pytest.mark.parametrize("manager", [None, "nobody-knows", "gone"])
    def test_nobody_is_forgotten_whose_manager_is_not_there(self, manager: str | None) -> None:
        people = (an_engineer(manager=manager), a_person("gone", left="2026-11-22"),
                  an_engineer("zed"))  # fmt: skip
        made = found(people=people)
        assert [each.manager and each.manager.handle for each in made.teams] == [
            "grace-hopper", None
        ]  # fmt: skip
        assert [each.person.handle for each in made.teams[-1].people] == ["ada-lovelace"]


class TestCases:
    def test_the_last_decision_is_the_one_of_the_latest_day(self) -> None:
        before = a_case(review="2026-08", status="not-yet", decided="2026-08-20")
        latest = a_case(review="2026-02", status="promoted", decided="2026-09-01")
        one = only(before, latest, a_case())
        assert one.last is not None
        assert (one.last.report.path, one.last.decided) == (latest.path, date(2026, 9, 1))
        assert [each.report.path for each in one.open] == ["cases/ada-lovelace/2027-02.md"]

    def test_a_day_that_the_file_does_not_say_is_not_made_up(self) -> None:
        undated = known(a_case(review="2026-08", status="promoted"), has_error=True)
        made = growth(organisation(an_engineer()), [undated], TODAY)
        last = made.teams[0].people[0].last
        assert last is not None
        assert last.decided is None

    def test_a_decision_of_today_has_its_day(self) -> None:
        last = only(a_case(status="promoted", decided=TODAY)).last
        assert last is not None
        assert last.decided == TODAY

    def test_promotions_come_before_in_band_increases(self) -> None:
        one = only(a_case(kind="in-band-increase"), a_case(), a_case(review="2026-08"))
        assert [each.report.path.rpartition("/")[2] for each in one.open] == [
            "2026-08.md", "2027-02.md", "in-band-2027-02.md"
        ]  # fmt: skip

    def test_a_case_without_a_readable_status_is_in_progress(self) -> None:
        assert len(only(a_case(status=None)).open) == 1

    def test_whose_a_case_is_its_folder_says(self) -> None:
        other = a_case(person="alan-turing")
        assert only(other).open == ()


class TestNothingOnRecord:
    QUARTERS = quarters("FY27-Q2", "FY27-Q3")

    def test_for_two_quarters_that_have_ended(self) -> None:
        assert only().unrecorded == self.QUARTERS
        assert only(a_case({"FY27-Q1": PLAIN, "FY27-Q4": PLAIN})).unrecorded == self.QUARTERS

    @pytest.mark.parametrize("quarter", ["FY27-Q2", "FY27-Q3"])
    def test_not_where_either_is_rated_in_any_case(self, quarter: str) -> None:
        decided = a_case({quarter: "below - -"}, review="2026-08", status="not-yet",
                         decided="2026-10-20")  # fmt: skip
        assert only(a_case({"FY27-Q1": PLAIN}), decided).unrecorded == ()

    def test_a_quarter_that_is_only_listed_is_not_on_record(self) -> None:
        assert only(a_case({"FY27-Q2": "- - -"})).unrecorded == self.QUARTERS

    @pytest.mark.parametrize("fields", [{"onboarded": "2026-05-02"}, {"level_since": "2026-06-02"}])
    def test_not_of_quarters_that_could_not_be_rated(self, fields: dict[str, str]) -> None:
        assert only(**fields).unrecorded == ()

    @pytest.mark.parametrize("fields", [{"onboarded": "2026-05-01"}, {"level_since": "2026-06-01"}])
    def test_a_quarter_counts_from_its_first_day_and_from_its_grace(
        self, fields: dict[str, str]
    ) -> None:
        assert only(**fields).unrecorded == self.QUARTERS


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        ("2025-02-01", "2026-11-22", 21),
        ("2026-10-23", "2026-11-22", 0),
        ("2026-10-22", "2026-11-22", 1),
        ("2026-11-22", "2026-11-22", 0),
        ("2024-02-29", "2025-02-28", 11),
        ("2024-02-29", "2025-03-01", 12),
        ("2026-11-23", "2026-11-22", None),
    ],
)
def test_months_are_whole_ones(since: str, until: str, months: int | None) -> None:
    assert whole_months(date.fromisoformat(since), date.fromisoformat(until)) == months


@pytest.mark.parametrize(
    ("months", "words"),
    [(0, "less than a month"), (1, "1 month"), (11, "11 months"), (12, "1 year"),
     (16, "1 year 4 months"), (24, "2 years"), (25, "2 years 1 month")],
)  # fmt: skip
def test_months_in_words(months: int, words: str) -> None:
    assert span(months) == words


def test_names_are_in_order_whatever_accents_they_have() -> None:
    names = ["Zoe", "Özil", "ada", "Émile", "Eve", "李娜"]
    assert sorted(names, key=alphabetical) == ["ada", "Émile", "Eve", "Özil", "Zoe", "李娜"]
