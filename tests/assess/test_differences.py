"""What differs between two states of a case, and which items of evidence are which."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.assess.differences import differences
from casework.model.case import Case, Evidence, Section
from casework.model.difference import Change, Changes, paired
from tests.factories import a_case, a_section, a_track, an_evidence, evidence_sections

TRACK = a_track()
SINCE = "a7e94d1c03b85f62de0179c4b836f5201ce9d744"
RATINGS = {"FY27-Q2": "meets meets meets"}


def found(before: Case, after: Case) -> Changes:
    changes = differences(before, after, TRACK, SINCE)
    assert changes is not None
    return changes


def texts(items: tuple[Evidence, ...]) -> list[str]:
    return [each.text for each in items]


def with_items(*items: Evidence, title: str = "Execution") -> Case:
    section = a_section("FY27-Q2", subsections=[a_section(title, items=items)])
    return a_case(RATINGS)._replace(sections=(section,))


def test_the_same_case_differs_in_nothing() -> None:
    assert found(a_case(), a_case()) == Changes(SINCE)


def test_fields_that_say_something_else_come_with_both_values() -> None:
    before = a_case(status="draft", review="2026-08", level_since="2025-02-01")
    after = a_case(status="promoted", review="2027-02", level_since="2025-03-01",
                   manager=None, decided="2027-02-20")  # fmt: skip
    assert [tuple(each) for each in found(before, after).fields] == [
        ("status", "draft", "promoted"),
        ("review", "2026-08", "2027-02"),
        ("decided", None, date(2027, 2, 20)),
        ("level_since", date(2025, 2, 1), date(2025, 3, 1)),
        ("manager", "grace-hopper", None),
    ]


def test_a_case_that_was_moved_says_where_it_was() -> None:
    before, after = a_case(review="2026-08"), a_case(review="2027-02")
    assert found(before, after).moved_from == "cases/ada-lovelace/2026-08.md"
    assert found(after, after).moved_from is None


def test_quarters_are_new_gone_or_rated_otherwise() -> None:
    before = a_case({"FY27-Q1": "meets meets -", "FY27-Q2": "meets exceeds -"})
    after = a_case({"FY27-Q2": "meets next below", "FY27-Q3": "next next next"})
    first, second, third = found(before, after).quarters
    assert (first.quarter.label, first.change, len(first.cells)) == ("FY27-Q1", "removed", 2)
    assert (second.quarter.label, second.change) == ("FY27-Q2", Change.CHANGED)
    words = [(e.category, e.before and e.before.word, e.after and e.after.word)
             for e in second.cells]  # fmt: skip
    assert words == [("execution", "exceeds", "next"), ("teamwork", None, "below")]
    assert (third.quarter.label, third.change, len(third.cells)) == ("FY27-Q3", "added", 3)


def test_evidence_is_told_cell_by_cell() -> None:
    before = with_items(an_evidence("Cut the search to 6 s."), an_evidence("Ran the rota."))
    after = with_items(an_evidence("Cut the search to 5 s."), an_evidence("Wrote RFC 612."))
    (change,) = found(before, after).evidence
    assert (change.quarter.label, change.category) == ("FY27-Q2", "execution")
    assert texts(change.reworded) == ["Cut the search to 5 s."]
    assert texts(change.removed) == ["Ran the rota."]
    assert texts(change.added) == ["Wrote RFC 612."]


def test_evidence_under_another_category_is_gone_here_and_new_there() -> None:
    item = an_evidence("Cut the search to 6 s.")
    changes = found(with_items(item), with_items(item, title="Teamwork"))
    here, there = changes.evidence
    assert (here.category, texts(here.removed)) == ("execution", [item.text])
    assert (there.category, texts(there.added)) == ("teamwork", [item.text])


@pytest.mark.parametrize(
    "other",
    [
        an_evidence(witnesses=["barbara-liskov"]),
        an_evidence(shows=["IC3-E1"]),
        an_evidence(links=[]),
    ],
)
def test_other_sources_or_behaviours_are_a_change_too(other: Evidence) -> None:
    (change,) = found(with_items(an_evidence()), with_items(other)).evidence
    assert change.reworded == (other,)
    assert (change.added, change.removed) == ((), ())


def test_the_order_of_items_and_sections_is_no_change() -> None:
    one, other = an_evidence("Cut the search to 6 s."), an_evidence("Ran the rota.")
    before, after = with_items(one, other), with_items(other, one)
    assert found(before, after) == Changes(SINCE)
    mixed = a_case()._replace(sections=tuple(reversed(a_case().sections)))
    assert found(a_case(), mixed) == Changes(SINCE)


def test_other_sections_are_new_gone_or_changed() -> None:
    def sections(**texts: str) -> Case:
        own = (a_section(title.replace("_", " "), text) for title, text in texts.items())
        return a_case(values=None, sections=own)

    before = sections(Summary="One.", Values="Two.", Notes="Three.", Same="Four\nwords.")
    after = sections(Summary="Five.", values="Two.", Growth_areas="Six.", Same="Four words.")
    assert [tuple(each) for each in found(before, after).sections] == [
        ("Summary", Change.CHANGED),
        ("Growth areas", Change.ADDED),
        ("Notes", Change.REMOVED),
    ]


def test_text_beside_the_evidence_of_a_quarter_is_seen() -> None:
    quiet, spoken = (
        a_case(RATINGS)._replace(
            sections=(a_section("FY27-Q2", subsections=[a_section("Execution", text)]),)
        )
        for text in ("", "It was a hard quarter.")
    )
    (change,) = found(quiet, spoken).sections
    assert (change.title, change.change) == ("FY27-Q2", Change.CHANGED)


def test_a_quarter_whose_section_came_or_went_is_told_by_its_evidence_alone() -> None:
    bare = a_case(RATINGS)._replace(sections=())
    whole = bare._replace(sections=evidence_sections(RATINGS))
    for before, after in ((bare, whole), (whole, bare)):
        changes = found(before, after)
        assert len(changes.evidence) == 3
        assert changes.sections == ()


def test_a_heading_that_came_or_went_is_seen_without_a_word_below_it() -> None:
    def case(*sections: Section) -> Case:
        return a_case(RATINGS)._replace(sections=sections)

    bare, headed = case(), case(a_section("Values"))
    assert [each.change for each in found(bare, headed).sections] == [Change.ADDED]
    assert [each.change for each in found(headed, bare).sections] == [Change.REMOVED]
    reasons, actions = (
        case(a_section("Feedback", subsections=[a_section(title)]))
        for title in ("Reasons", "Actions")
    )
    assert [each.change for each in found(reasons, actions).sections] == [Change.CHANGED]


def test_what_an_item_says_is_no_text_beside_it() -> None:
    def case(words: str) -> Case:
        item = an_evidence(words)
        cell = a_section("Execution", items=[item])._replace(passages=item.passages)
        return a_case(RATINGS)._replace(sections=(a_section("FY27-Q2", subsections=[cell]),))

    changes = found(case("Cut the search to 6 s."), case("Wrote RFC 612."))
    assert (len(changes.evidence), changes.sections) == (1, ())


def test_what_stands_before_the_first_section_is_seen() -> None:
    before = a_case()
    after = before._replace(preamble=a_section("", "A word first."))
    (change,) = found(before, after).sections
    assert (change.title, change.change) == ("", Change.CHANGED)


def test_of_a_level_that_nobody_knows_whole_quarters_are_compared() -> None:
    spoken = a_section("FY27-Q2", subsections=[a_section("Execution", "Cut the search.")])
    bare = a_case(RATINGS)._replace(sections=())
    changes = differences(bare, bare._replace(sections=(spoken,)), None, SINCE)
    assert changes is not None
    assert changes.evidence == ()
    assert [tuple(each) for each in changes.sections] == [("FY27-Q2", Change.CHANGED)]


def test_of_what_cannot_be_read_nobody_can_tell() -> None:
    case = a_case()
    broken = case._replace(document=case.document._replace(readable=False))
    assert differences(case, broken, TRACK, SINCE) is None
    assert differences(broken, case, TRACK, SINCE) is None


items = st.lists(st.sampled_from(["a b", "a c", "A  B", "d", "", "e f g"]), max_size=8)


@given(items, items)
def test_every_item_is_in_exactly_one_place(before: list[str], after: list[str]) -> None:
    old, new = list(map(an_evidence, before)), list(map(an_evidence, after))
    pairs = paired(old, new)
    together = (*pairs.same, *pairs.reworded)
    left = sorted(id(each) for each in (*pairs.removed, *(was for was, _ in together)))
    right = sorted(id(each) for each in (*pairs.added, *(now for _, now in together)))
    assert left == sorted(map(id, old))
    assert right == sorted(map(id, new))


@given(items)
def test_nothing_is_gone_of_what_only_changed_its_order(texts: list[str]) -> None:
    pairs = paired(list(map(an_evidence, texts)), list(map(an_evidence, reversed(texts))))
    assert (pairs.removed, pairs.added, pairs.reworded) == ((), (), ())


def test_of_thousands_of_items_none_is_looked_for_in_other_words() -> None:
    old = [an_evidence(f"one two three old-{place}") for place in range(400)]
    new = [an_evidence(f"one two three new-{place}") for place in range(400)]
    assert len(paired(old[:10], new).reworded) == 10
    assert len(paired(old, new).removed) == 400
