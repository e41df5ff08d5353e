"""How a case may go on: every pair of statuses, and pull requests at random."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.check.changes import ChangedCase, Proposal
from casework.check.run import check_proposal
from casework.check.transitions import is_legal
from casework.model.case import Case, Kind, Status
from casework.model.document import Document, DocumentKind, Place
from casework.model.position import Position
from tests.factories import a_case

STATUS = Place(Position(2, 1), Position(2, 9))
PATH, OTHER = "cases/ada-lovelace/2027-02.md", "cases/ada-lovelace/2027-08.md"
MOVES = {
    "promotion": """
                   draft  submitted  promoted  not-yet
        draft       yes      yes       yes       yes
        submitted   yes      yes       yes       yes
        promoted     -        -        yes        -
        not-yet      -        -         -        yes
    """,
    "in-band-increase": """
                   draft  submitted  granted  declined
        draft       yes      yes       yes       yes
        submitted   yes      yes       yes       yes
        granted      -        -        yes        -
        declined     -        -         -        yes
    """,
}


def written(status: str | None, kind: str = "promotion", text: str = "a", **rest: object) -> Case:
    document = Document(str(rest.pop("path", PATH)), DocumentKind.CASE, text)
    return a_case(status=status, kind=kind, document=document, **rest)  # type: ignore[arg-type]


def said(before: Case | None, after: Case | None, path: str = PATH) -> list[str]:
    return rules(ChangedCase(path, before, after))


def rules(*changes: ChangedCase) -> list[str]:
    return [each.rule for each in check_proposal(Proposal(changes))]


def _pairs() -> list[tuple[str, str, str, bool]]:
    found = []
    for kind, table in MOVES.items():
        header, *rows = table.strip().splitlines()
        for row in rows:
            was, *cells = row.split()
            by_now = zip(header.split(), cells, strict=True)
            found += [(kind, was, now, each == "yes") for now, each in by_now]
    return found


@pytest.mark.parametrize(("kind", "was", "now", "legal"), _pairs())
def test_every_pair_of_statuses(kind: str, was: str, now: str, legal: bool) -> None:
    assert is_legal(Status(was), Status(now), Kind(kind)) is legal
    found = said(written(was, kind), written(now, kind, "b"))
    assert ("illegal-transition" not in found) is legal
    assert ("decided-case-edited" in found) is (Status(was).is_decided and was == now)


@pytest.mark.parametrize("was", ["draft", "submitted"])
@pytest.mark.parametrize(
    ("kind", "now"), [("promotion", "granted"), ("in-band-increase", "promoted")]
)
def test_an_outcome_of_the_other_kind(was: str, kind: str, now: str) -> None:
    assert said(written(was, kind), written(now, kind)) == ["illegal-transition"]


@pytest.mark.parametrize("status", list(Status))
def test_a_new_file_may_start_anywhere(status: Status) -> None:
    assert said(None, written(status.value)) == []


@pytest.mark.parametrize(
    ("status", "rule"),
    [
        ("draft", []),
        ("submitted", ["illegal-transition"]),
        ("not-yet", ["decided-case-edited"]),
        (None, []),
    ],
)
def test_a_deleted_case(status: str | None, rule: list[str]) -> None:
    assert said(written(status), None) == rule


@pytest.mark.parametrize("was", ["draft", "submitted"])
@pytest.mark.parametrize("now", ["draft", "submitted", "not-yet"])
def test_a_case_moved_to_another_review_goes_on(was: str, now: str) -> None:
    after = written(now, path=OTHER, review="2027-08")
    changes = ChangedCase(PATH, written(was), None), ChangedCase(OTHER, None, after)
    assert rules(*changes) == []


@pytest.mark.parametrize("other", [{"person": "barbara-liskov"}, {"kind": "in-band-increase"}])
def test_a_submitted_case_does_not_turn_into_another_by_moving(other: dict[str, str]) -> None:
    after = written("draft", **{"path": OTHER, **other})
    changes = ChangedCase(PATH, written("submitted"), None), ChangedCase(OTHER, None, after)
    assert rules(*changes) == ["illegal-transition"]


def test_one_new_case_does_not_stand_for_two_that_are_gone() -> None:
    first, second = "cases/ada-lovelace/2026-02.md", "cases/ada-lovelace/2026-08.md"
    gone = [ChangedCase(path, written("submitted", path=path), None) for path in (first, second)]
    new = ChangedCase(PATH, None, written("submitted"))
    found = check_proposal(Proposal((*gone, new)))
    assert [(each.rule, each.path) for each in found] == [("illegal-transition", second)]
    draft = gone[0]._replace(before=written("draft", path=first))
    assert rules(draft, gone[1], new) == []


def test_a_decided_case_is_not_continued_by_the_next_one() -> None:
    new = ChangedCase(OTHER, None, written("draft", path=OTHER))
    assert rules(ChangedCase(PATH, written("not-yet"), None), new) == ["decided-case-edited"]


@pytest.mark.parametrize("name", ["person", "kind", "status"])
@pytest.mark.parametrize("was", ["draft", "submitted"])
def test_what_cannot_be_read_is_left_to_other_rules(name: str, was: str) -> None:
    broken = written(was)._replace(**{name: None})
    assert said(written(was), broken) == []
    assert said(broken, written(was)) == []


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("a\nb\nc", "a\nx\nc", 2),
        ("a\nb\nc", "a\nb", 2),
        ("a\nb\n", "a\nb\nc\n", 3),
        ("a", "", 1),
        ("a\nb", "a\nb", 1),
    ],
)
def test_an_edit_is_shown_where_it_begins_and_inside_the_file(
    before: str, after: str, line: int
) -> None:
    (found,) = check_proposal(
        Proposal((ChangedCase(PATH, written("granted", text=before),
                              written("granted", text=after)),))
    )  # fmt: skip
    assert (found.rule, found.line) == ("decided-case-edited", line)
    assert ("line ends or its file mode" in found.message) is (before == after)


def test_another_decision_is_one_mistake_and_one_more_with_other_edits() -> None:
    document = Document(PATH, DocumentKind.CASE, "a\nb", places={("status",): STATUS})
    was = written("promoted", text="a\nc")
    for text, also in (("a\nb", []), ("x\nb", ["decided-case-edited"])):
        now = written("not-yet")._replace(document=document._replace(text=text))
        assert sorted(said(was, now)) == [*also, "illegal-transition"]


states = st.tuples(st.sampled_from(list(Kind)), st.sampled_from(list(Status)))


def one_pull_request(kind: Kind, was: Status, now: Status) -> bool:
    """Whether single steps lead there: an independent reading of the design's sentence."""
    outcomes = {"promotion": {"promoted", "not-yet"}, "in-band-increase": {"granted", "declined"}}
    steps = {"draft": {"submitted"}, "submitted": {"draft", *outcomes[kind.value]}}
    reached, todo = {was.value}, [was.value]
    while todo:
        new = steps.get(todo.pop(), set()) - reached
        reached |= new
        todo += new
    return now.value in reached


@given(st.lists(states, min_size=2, max_size=4), st.data())
def test_any_illegal_transition_is_found_and_no_legal_one(
    drawn: list[tuple[Kind, Status]], data: st.DataObject
) -> None:
    """Several cases in one pull request, each edited, moved, added or deleted."""
    changes, wrong = [], set()
    for place, (kind, was) in enumerate(drawn):
        now = data.draw(st.sampled_from([*Status, None]))
        new = data.draw(st.booleans())
        # One person each, so that none of them is taken for another that was moved.
        person, path = f"person-{place}", f"cases/person-{place}/2027-02.md"
        before = None if new else written(was.value, kind.value, person=person, path=path)
        after = None
        if now is not None:
            after = written(now.value, kind.value, "b", person=person, path=path)
        changes.append(ChangedCase(path, before, after))
        if new or (now is None and was is Status.DRAFT):
            continue
        if now is None or was.is_decided or not one_pull_request(kind, was, now):
            wrong.add(path)
    found = check_proposal(Proposal(tuple(changes)))
    ours = {e.path for e in found if e.rule in ("illegal-transition", "decided-case-edited")}
    assert ours == wrong


def test_the_table_agrees_with_single_steps() -> None:
    for kind, was, now in product(Kind, Status, Status):
        assert is_legal(was, now, kind) is one_pull_request(kind, was, now)
