"""Which changes of a level no case decided, told from what people.yaml said commit by commit."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from casework.assess.tenure import undecided
from casework.cli.archive import Archive
from casework.cli.tenures import tenures
from casework.model.audit import AuditedLevel, Held, UnreadCase
from casework.model.history import Landing
from casework.model.note import Note
from casework.model.organisation import Organisation
from casework.model.tenure import Promotion
from casework.read.register import Register
from casework.read.roster import Entry
from casework.read.schema import Schemas
from tests.factories import an_organisation

People = Mapping[str, Mapping[str, Any]] | None
"""What people.yaml says; None where it cannot be read."""

CASE = "cases/ada/2027-02.md"
RULES = an_organisation()
IC2, IC3, IC4 = ("IC2", "2025-02-01"), ("IC3", "2027-03-01"), ("IC4", "2027-09-01")


def ada(level: tuple[str, str] | None, **fields: Any) -> dict[str, Any]:
    held = {"level": level[0], "level_since": level[1]} if level else {}
    return {"ada": {"github": "ada-l", **held, **fields}}


def king(level: tuple[str, str] | None, github: str = "ADA-L") -> dict[str, Any]:
    return {"ada-king": {**ada(level)["ada"], "github": github}}


def case(place: int, start: tuple[str, str], end: tuple[str, str], **fields: Any) -> Promotion:
    given = {"person": "ada", "path": CASE, "begins": place, **fields}
    return Promotion(place=place, start=Held(*start), end=Held(*end), **given)


def archive(versions: tuple[People, ...], pulls: Mapping[int, int], rules: Organisation) -> Archive:
    """One where each version is a commit; `pulls` has for each that ends one where that begins."""
    register, before = Register(), {}
    register.rule(0, rules)
    for place, people in enumerate(versions):
        if people is None:
            register.turn(place, None)
            continue
        handles = [e for e in {**before, **people} if before.get(e) != people.get(e)]
        register.turn(place, {e: Entry(people[e]) if e in people else None for e in handles})
        before = people
    places = range(len(versions))
    begins, ends = list(places), list(places)
    for last, first in pulls.items():
        for place in range(first, last + 1):
            begins[place], ends[place] = first, last
    day = date(2027, 2, 21)
    landings = tuple(Landing(f"{e:012d}", day, "Grace", "Change", place=e) for e in places)
    return Archive(
        register, landings, tuple(begins), tuple(ends), Schemas({}),
        has_beginning=True, noted=(), has_notes=False,
    )  # fmt: skip


def found(
    *versions: People,
    cases: tuple[Promotion, ...] = (),
    unread: tuple[UnreadCase, ...] = (),
    pulls: Mapping[int, int] | None = None,
) -> list[AuditedLevel]:
    looked_up = archive(versions, pulls or {}, RULES)
    return [e for each in tenures(looked_up) for e in undecided(each, cases, unread)]


def told(*versions: People, **others: Any) -> list[str]:
    """What is answered, with the commit in front."""
    levels = found(*versions, **others)
    return [f"{each.landing.place} {each.answer.value}" for each in levels]


NONE: People = {}
TWO = {
    "ada": {"name": "Ada", **ada(IC2)["ada"]},
    "bob": {"name": "Bob", "github": "bob-b", "level": "IC3", "level_since": "2027-03-01"},
}
NEW = {"ada": {"name": "Ada Y", "github": "yonath", "level": "IC4", "level_since": "2027-09-01"}}


def held(level: tuple[str, str]) -> dict[str, str]:
    return dict(zip(("level", "level_since"), level, strict=True))


def swapped(*levels: tuple[str, str]) -> dict[str, Any]:
    """The two with each other's handles, first the level of whom was `ada`."""
    was_ada, was_bob = levels
    return {"ada": {**TWO["bob"], **held(was_bob)}, "bob": {**TWO["ada"], **held(was_ada)}}


class TestWhatDoesNotHold:
    @pytest.mark.parametrize(
        "level", [IC3, ("IC1", "2027-03-01"), ("IC2", "2024-02-01"), ("IC9", "2027-03-01")]
    )
    def test_a_change_without_case_and_reason(self, level):
        (one,) = found(ada(IC2), ada(level))
        assert (one.answer.value, one.landing.place, one.person) == ("does-not-hold", 1, "ada")
        assert (one.before, one.after) == (Held(*IC2), Held(*level))
        assert ("status: promoted" in one.detail) == (level == IC3)

    @pytest.mark.parametrize(
        "versions",
        [
            (ada(IC2, level_reason="So."), ada(IC3, level_reason="So.")),
            (ada(IC2), ada(IC3, level_reason=" ")),
            (ada(IC2), ada(IC3, level_reason=["So."])),
        ],
    )
    def test_a_reason_is_some_words_and_newly_written(self, versions):
        assert told(*versions) == ["1 does-not-hold"]

    @pytest.mark.parametrize("between", [ada(None), NONE, None])
    def test_a_level_that_was_away_for_a_while(self, between):
        assert told(ada(IC2), between, ada(IC3)) == ["2 does-not-hold"]
        assert told(ada(IC2), between, ada(IC2)) == []

    def test_another_handle_at_once_or_later(self):
        for versions in ((ada(IC2), king(IC3)), (ada(IC2), NONE, king(IC3))):
            (one,) = found(*versions)
            assert (one.person, one.before) == ("ada-king", Held(*IC2))

    def test_what_the_change_may_be_older_than(self):
        (one,) = found(ada(IC2), None, ada(IC3))
        assert "could not be read just before" in one.detail

    def test_it_is_changed_once_and_then_again(self):
        assert told(ada(IC2), ada(IC3), ada(IC4)) == ["1 does-not-hold", "2 does-not-hold"]
        back = told(ada(IC2), ada(IC3), ada(IC4), ada(IC3))
        assert back == ["1 does-not-hold", "2 holds"]

    def test_two_who_swap_handles_of_whom_one_is_raised(self):
        (one,) = found(TWO, swapped(IC2, IC4))
        assert (one.person, one.before, one.after) == ("ada", Held(*IC3), Held(*IC4))

    def test_a_handle_that_somebody_new_gets_hides_no_raise(self):
        (one,) = found(ada(IC2, name="Ada"), {**king(IC3), **NEW})
        assert (one.person, one.before) == ("ada-king", Held(*IC2))

    def test_what_can_be_done_about_it(self):
        (raised,) = found(ada(IC2), ada(IC3))
        assert "undo the change, with a `level_reason`" in raised.help
        assert raised.help.endswith("again with its case, or with another `level_reason`.")
        (lowered,) = found(ada(IC3), ada(IC2))
        assert lowered.help.endswith("propose it again with another one.")
        for last, cases in (
            (ada(IC4), (case(2, IC3, IC4),)), (ada(IC4, level_reason="A return."), ()),
        ):  # fmt: skip
            old = found(ada(IC2), ada(IC3), last, cases=cases)[0]
            assert "can no longer be undone" in old.help
            assert "undo the change" not in old.help

    def test_what_was_built_on_is_not_taken_back(self):
        returned = ada(IC4, level_reason="A return.")
        by_case = case(2, IC3, IC4)
        assert told(ada(IC2), ada(IC3), returned, ada(IC2)) == [
            "1 does-not-hold", "2 holds", "3 does-not-hold",
        ]  # fmt: skip
        assert told(ada(IC2), ada(IC3), ada(IC4), ada(IC2), cases=(by_case,)) == [
            "1 does-not-hold", "3 does-not-hold",
        ]  # fmt: skip


class TestWhatMayBeSo:
    @pytest.mark.parametrize(
        "versions",
        [
            (NONE, ada(IC3)),
            (ada(None), ada(IC3)),
            (ada(IC2), ada(None)),
            (ada(IC2), NONE),
            (ada(IC2), ada(IC2, manager="grace")),
            (ada(IC2), king(IC2)),
            (ada(IC2), king(IC2, "other")),
            (ada(IC2, left="2027-01-31"), NONE, ada(IC3)),
            (ada(IC2), ada(None, level_reason="Leads the team now."), ada(IC3)),
        ],
    )
    def test_hires_first_levels_and_leaving(self, versions):
        assert told(*versions) == []

    def test_two_who_swap_handles(self):
        assert told(TWO, swapped(IC2, IC3)) == []

    def test_a_number_that_gets_quotes(self):
        assert told(ada((2, IC2[1])), ada(("2", IC2[1]))) == []
        assert told(ada((2, IC2[1])), ada(("3", IC2[1]))) != []

    def test_only_the_accounts_were_mixed_up(self):
        mixed = {
            "ada": {**TWO["ada"], "github": "bob-b"}, "bob": {**TWO["bob"], "github": "ada-l"},
        }  # fmt: skip
        assert told(mixed, TWO) == []

    def test_an_account_that_goes_to_somebody_who_is_there(self):
        bob = {**TWO["bob"], "github": "ada-l"}
        assert told(TWO, {**NEW, "bob": bob}) == ["1 not-known"]
        assert told(TWO, {"bob": bob}) == []

    def test_a_handle_that_goes_to_somebody_new(self):
        assert told(ada(IC2, name="Ada"), {**king(IC2), **NEW}) == []
        assert told(ada(IC2, name="Ada", left="2027-01-31"), NEW) == []

    def test_a_new_reason(self):
        (one,) = found(ada(IC2), ada(IC3, level_reason="Copied wrongly."))
        assert (one.answer.value, one.stated, one.help) == ("holds", "Copied wrongly.", "")

    def test_taken_back_with_or_without_a_reason(self):
        for last in (ada(IC2), ada(IC2, level_reason="A slip.")):
            (one,) = found(ada(IC2), ada(IC3), ada(IC4), last)[:1]
            assert one.answer.value == "holds"
            assert f"commit `{3:012d}`" in one.detail

    def test_within_a_pull_request_only_the_end_matters(self):
        assert told(ada(IC2), ada(IC3), ada(IC2), pulls={2: 1}) == []


class TestWhatACaseAnswersFor:
    def test_a_case_of_the_same_commit_or_pull_request(self):
        assert told(ada(IC2), ada(IC3), cases=(case(1, IC2, IC3),)) == []
        cases = (case(2, IC2, IC3, begins=1),)
        assert told(ada(IC2), ada(IC3), ada(IC3), cases=cases, pulls={2: 1}) == []

    def test_a_case_in_whatever_folder(self):
        cases = (case(1, IC2, IC3, path="cases/grace/2027-02.md"),)
        assert told(ada(IC2), ada(IC3), cases=cases) == []
        assert told(ada(IC2), ada(IC3), ada(IC3), cases=(cases[0]._replace(place=2, begins=2),))

    def test_cases_of_one_commit_that_lead_on_from_each_other(self):
        cases = (case(1, IC3, IC4), case(1, IC2, IC3))
        assert told(ada(IC2), ada(IC4), cases=cases) == []
        apart = (case(1, IC3, IC4), case(1, IC4, IC3))
        assert told(ada(IC2), ada(IC4), cases=apart) == ["1 does-not-hold"]

    def test_a_case_of_whoever_had_the_handle_before_or_has_it_since(self):
        now = swapped(IC2, IC3)
        other = case(2, IC3, IC4)
        raised = {"ada": {**now["ada"], **held(IC4)}, "bob": {**now["bob"], **held(IC3)}}
        assert told(TWO, now, raised, cases=(other,)) == ["2 does-not-hold"]

    def test_a_case_by_the_handle_that_changes_with_it(self):
        for person in ("ada", "ada-king"):
            cases = (case(1, IC2, IC3, person=person),)
            assert told(ada(IC2), king(IC3), cases=cases) == []

    def test_a_case_of_an_earlier_or_later_commit(self):
        for place in (1, 3):
            versions = (ada(IC2), ada(IC2), ada(IC3), ada(IC3))
            assert told(*versions, cases=(case(place, IC2, IC3),)) == []

    def test_a_case_on_another_level_than_people_yaml_got(self):
        assert told(ada(IC2), ada(IC4), cases=(case(1, IC2, IC3),)) == []
        assert told(ada(IC2), ada(IC4), cases=(case(1, IC2, IC3, is_new=True),)) == []

    def test_the_record_of_an_earlier_promotion_is_no_case_for_a_later_one(self):
        record = case(1, ("IC1", "2023-02-01"), IC2, is_new=True)
        assert told(ada(IC2), ada(IC3), cases=(record,)) == ["1 does-not-hold"]

    def test_a_case_that_starts_from_another_level_or_day(self):
        (one,) = found(ada(IC2), ada(IC4), cases=(case(1, IC3, IC4),))
        assert (one.answer.value, one.case) == ("does-not-hold", CASE)
        assert "starts from `IC3` since `2027-03-01`" in one.detail

    def test_a_case_that_does_not_say_since_when(self):
        end = Held("IC3")
        for place in (1, 2):
            cases = (case(place, IC2, IC3)._replace(end=end),)
            assert told(ada(IC2), ada(IC3), ada(IC3), cases=cases) == []

    def test_a_case_of_another_commit_answers_for_no_change_that_a_case_of_its_own_gets_wrong(self):
        cases = (case(1, IC4, IC3), case(2, IC2, IC3))
        assert told(ada(IC2), ada(IC3), ada(IC3), cases=cases) == ["1 does-not-hold"]

    def test_a_case_decides_once(self):
        versions = (ada(IC2), ada(IC3), ada(IC2, level_reason="Not so fast."), ada(IC3))
        assert told(*versions, cases=(case(1, IC2, IC3),)) == ["2 holds", "3 does-not-hold"]


class TestWhatNobodyCanTell:
    def test_a_case_of_the_same_commit_that_cannot_be_read(self):
        landing = Landing("1" * 40, date(2027, 2, 21), "Grace", "Change", place=1)
        unread = (UnreadCase(CASE, landing, "It cannot be read.", "Read it."),)
        (one,) = found(ada(IC2), ada(IC3), unread=unread)
        assert (one.answer.value, one.case, one.help) == ("not-known", CASE, "Read it.")
        assert told(ada(IC2), ada(IC2), ada(IC3), unread=unread) == ["2 does-not-hold"]

    def test_an_entry_that_may_be_about_somebody_else(self):
        for between in (NONE, ada(IC2, name="Ada")):
            (one,) = found(ada(IC2, name="Ada"), between, NEW)
            assert (one.answer.value, one.landing.place) == ("not-known", 2)
            assert "only the handle in common" in one.detail
        for same in ({"name": "Ada"}, {"github": "ada-l"}):
            other = {"ada": {**NEW["ada"], **same}}
            assert told(ada(IC2, name="Ada"), other) == ["1 does-not-hold"]
        for handle, before, after in (
            ("ada-king", {"name": "Ada"}, {"name": "Ada"}), ("ada", {}, {"github": "other"}),
        ):  # fmt: skip
            now = {handle: {**ada(IC3)["ada"], **after}}
            assert told(ada(IC2, **before), now) == ["1 does-not-hold"]

    def test_another_handle_and_another_account_under_the_same_name(self):
        new = {"a-king": {"name": "ADA", "github": "king", "level": "IC3", "level_since": IC3[1]}}
        for versions in ((ada(IC2, name="Ada"), new), (ada(IC2, name="Ada"), NONE, new)):
            (one,) = found(*versions)
            assert (one.person, one.before) == ("a-king", Held(*IC2))
            assert (one.answer.value, "only the name" in one.detail) == ("not-known", True)

    def test_a_reason_of_the_same_day_that_may_be_of_the_same_pull_request(self):
        late = ada(IC3, level_reason="Copied wrongly.")
        (one,) = found(ada(IC2), ada(IC3), ada(IC3, team="search"), late)
        assert (one.answer.value, one.landing.place) == ("not-known", 1)
        assert f"commit `{3:012d}` of the same day states a reason" in one.detail
        assert told(ada(IC2), ada(IC4), late)[0] == "1 does-not-hold"
        old = {"level_reason": "So."}
        kept = (ada(IC2, **old), ada(IC3, **old), ada(IC3, **old, team="search"))
        assert told(*kept) == ["1 does-not-hold"]
        for place, change in (
            (1, {"pull_request": 7}), (2, {"pull_request": 7}), (2, {"day": date(2027, 2, 22)}),
            (1, {"note": Note(7, "grace", None, (), ())}),
        ):  # fmt: skip
            known = archive((ada(IC2), ada(IC3), late), {}, RULES)
            landings = list(known.landings)
            landings[place] = landings[place]._replace(**change)
            (tenure,) = tenures(known._replace(landings=tuple(landings)))
            assert [e.answer.value for e in undecided(tenure, (), ())] == ["does-not-hold"]
        (tenure,) = tenures(known._replace(noted=(0, 2), has_notes=True))
        assert [e.answer.value for e in undecided(tenure, (), ())] == ["does-not-hold"]

    def test_a_template_s_examples(self):
        assert told(ada(IC2), ada(IC3), NONE) == ["1 not-known"]
        assert told(NONE, ada(IC2), ada(IC3), NONE) == ["2 does-not-hold"]

    def test_levels_that_got_another_name(self):
        start = ada(("L2", "2025-02-01"))
        assert told(start, ada(IC2)) == ["1 not-known"]
        assert told(start, ada(IC3)) == ["1 does-not-hold"]
