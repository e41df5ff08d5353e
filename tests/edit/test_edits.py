"""Edits change what they announce, and not one byte beside it."""

import re
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.edit.decision import Decision, decided_case, promoted_person
from casework.edit.rating import rated
from casework.edit.refusal import RefusedError
from casework.model.blob import Blob
from casework.model.case import Status
from casework.model.fiscal import Quarter
from casework.model.rating import Rating
from casework.read.documents import read_document
from tests.edit.cases import LABELS, PATH, SCHEMAS, case_files, the_case
from tests.factories import CATEGORIES

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
RATINGS = st.fixed_dictionaries({each.id: st.sampled_from(list(Rating)) for each in CATEGORIES})


def lines(content):
    return LINE.findall(content.decode())


def changes(before, after):
    """The lines that went and the lines that came."""
    old, new = lines(before), lines(after)
    gone, come = [], []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            gone += old[a:b]
            come += new[c:d]
    return gone, come


def ends(content):
    return {re.search(r"[\r\n]*\Z", each)[0] for each in lines(content)[:-1]}


def ending(content):
    return re.search(rb"[\r\n]*\Z", content)[0]


def edited(edit):
    """The edit's result, or None where it refuses, which it may wherever it would have to guess."""
    try:
        return edit()
    except RefusedError:
        return None


@settings(max_examples=120, deadline=None)
@given(case_files(), st.sampled_from(LABELS), RATINGS)
def test_rating_changes_the_quarter_alone(content, label, ratings):
    case, quarter = the_case(content), Quarter.parse(label)
    assert not case.document.flaws, case.document.flaws
    after = edited(lambda: rated(content, case, quarter, ratings, CATEGORIES))
    assert after is not None
    then = the_case(after)
    words = {name: each.word for name, each in ratings.items()}
    listed = case.document.data["quarters"]
    assert then.document.data == case.document.data | {"quarters": {**listed, label: words}}
    assert not then.document.flaws
    titles = [each.title for one in then.quarter_sections(quarter) for each in one.subsections]
    assert {each.name for each in CATEGORIES} <= set(titles)
    assert len(titles) <= len(CATEGORIES)
    assert_only_announced(content, after, case, label)
    again = rated(after, then, quarter, ratings, CATEGORIES)
    assert again == after


def assert_only_announced(content, after, case, label):
    gone, come = changes(content, after)
    assert ends(after) <= ends(content) | ({"\n"} if not ends(content) else set())
    assert after.startswith(b"\xef\xbb\xbf") == content.startswith(b"\xef\xbb\xbf")
    assert bool(ending(after)) == bool(ending(content))
    allowed = re.compile(
        rf"\s*(#.*|<!--.*|and how anybody.*|quarters:.*|['\"]?{label}\b.*|(?:##+ .*))?\s*"
        r"|[^#]*(?:proficiency|execution|teamwork): .*\s*"
    )
    last = lines(content)[-1]
    for each in gone:
        is_field = re.match(r"(---)?\s*(#|quarters:|['\"]?FY|proficiency|execution|teamwork)", each)
        assert is_field or each == last, each
    for each in come:
        assert allowed.fullmatch(each) or each.rstrip("\r\n") == last, each
    written = lines(after)
    for above, each in pairwise(written):
        if each.startswith("#") and not case.document.text.count(each.rstrip("\r\n")):
            assert not above.strip(), each
    # Whatever went came back with nothing but ratings in it changed.
    for each in gone:
        if "#" in each and "…" not in each:
            comment = each[each.index("#") :]
            assert any(one.endswith(comment) for one in come), each


OUTCOMES = {Status.PROMOTED: True, Status.NOT_YET: False}


@settings(max_examples=120, deadline=None)
@given(case_files(), st.sampled_from(list(OUTCOMES)), st.booleans())
def test_deciding_changes_status_and_dates_alone(content, outcome, has_feedback):
    if has_feedback:
        end = re.search(rb"\r\n|\r|\n", content)[0]
        content = end.join((content.rstrip(b"\r\n"), b"", b"## Feedback", b"", b"Said.")) + end
    case = the_case(content)
    effective = date(2027, 3, 1) if OUTCOMES[outcome] else None
    decision = Decision(outcome, date(2027, 2, 20), effective)
    after = decided_case(content, case, decision, ("reasons", "a timeline", "actions"))
    then = the_case(after)
    days = {"decided": "2027-02-20"} | ({"effective": "2027-03-01"} if effective else {})
    assert then.document.data == case.document.data | {"status": outcome.value} | days
    assert not then.document.flaws
    gone, come = changes(content, after)
    last = lines(content)[-1]
    assert [each for each in gone if not each.startswith("status:") and each != last] == []
    old = next(each for each in lines(content) if each.startswith("status:"))
    new = next(each for each in lines(after) if each.startswith("status:"))
    assert new == old.replace("draft", outcome.value)
    if effective:
        assert len(come) == 3
        assert [each.title for each in then.sections] == [each.title for each in case.sections]
    else:
        found = [each.title for each in then.section("Feedback").subsections]
        assert found == ["Reasons", "Timeline", "Actions"]
    assert bool(ending(after)) == bool(ending(content))


PEOPLE_FIELDS = {
    "name": "Ada O'Lovelace", "github": "ada-l", "level": "IC2", "level_since": "2025-02-01",
    "onboarded": "2024-08-01", "manager": "grace-hopper",
}  # fmt: skip


@st.composite
def people_files(draw):
    fields = list(draw(st.permutations(list(PEOPLE_FIELDS.items()))))
    comment = draw(st.sampled_from(("", "  # level: IC2")))
    shown = [(n, w if "'" in w else draw(st.sampled_from((w, f'"{w}"')))) for n, w in fields]
    if draw(st.booleans()):
        own = [f"    {name}: {word}{comment}" for name, word in shown]
        entry = ["  ada-lovelace:", *own]
    else:
        entry = [f"  ada-lovelace: {{{', '.join(f'{n}: {w}' for n, w in shown)}}}{comment}"]
    fields = ", ".join(f"{name}: {word}" for name, word in PEOPLE_FIELDS.items() if name != "name")
    other = f"  mary-jackson: {{name: Mary, {fields}}}"
    entries = draw(st.permutations([entry, [other], ["  # level: IC2 is not the end"]]))
    end = draw(st.sampled_from(("\n", "\r\n", "\r")))
    text = end.join(["# Who", "people:", *(line for each in entries for line in each)])
    return (text + draw(st.sampled_from(("", end)))).encode()


@settings(max_examples=80, deadline=None)
@given(people_files())
def test_a_promotion_changes_two_words_of_people(content):
    before = read_document(Blob("cases/people.yaml", content), SCHEMAS)
    assert not before.flaws
    after = promoted_person(content, before, "ada-lovelace", "IC3", date(2027, 3, 1))
    then = read_document(Blob("cases/people.yaml", after), SCHEMAS)
    people = before.data["people"]
    ada = people["ada-lovelace"] | {"level": "IC3", "level_since": "2027-03-01"}
    assert then.data == {"people": people | {"ada-lovelace": ada}}
    assert len(after) == len(content)
    differing = [i for i, pair in enumerate(zip(content, after, strict=True)) if len({*pair}) > 1]
    assert 1 <= len(differing) <= 5  # IC2 → IC3, and digits of the day


FRONT = (
    "---\nperson: ada-lovelace\nkind: promotion\nfrom: IC2\nto: IC3\nlevel_since: 2025-02-01\n"
    "manager: grace-hopper\nreview: 2027-02\n"
)


@pytest.mark.parametrize(
    "rest",
    [
        "status: >-\n  draft\nquarters: {}\n---\n",
        "status:\n  draft\nquarters: {FY27-Q1: {proficiency: >-\n  next}}\n---\n",
    ],
)
def test_what_cannot_be_edited_safely_is_refused_or_right(rest):
    content = (FRONT + rest).encode()
    case = the_case(content)
    decision = Decision(Status.NOT_YET, date(2027, 2, 20), None)
    after = edited(lambda: decided_case(content, case, decision))
    if after is not None:
        assert the_case(after).status is Status.NOT_YET


def test_a_later_quarter_comes_first_where_it_does_already():
    text = FRONT + "status: draft\nquarters: {}\n---\n\n## FY27-Q2\n\ntwo\n\n## FY26-Q4\n\nfour\n"
    case = the_case(text.encode())
    ratings = {each.id: Rating.MEETS for each in CATEGORIES}
    after = rated(text.encode(), case, Quarter.parse("FY27-Q1"), ratings, CATEGORIES)
    titles = [each.title for each in the_case(after).sections]
    assert titles == ["FY27-Q2", "FY27-Q1", "FY26-Q4"]
    assert case.path == PATH
