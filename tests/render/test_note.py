"""Notes as they are written down: to be read by people, and by our own reader again."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.factories import a_person, some_people

from casework.model.note import Note, NotedApproval, NotedCase
from casework.read.note import read_note
from casework.render.note import note_text

SNAPSHOTS = Path(__file__).parent / "snapshots"
CONTENT, COMMIT = "5ec0d" * 8, "a1" * 20
KATHERINE = NotedApproval("katherine-johnson", "kjohnson", "IC5", COMMIT, date(2027, 2, 20))
BARBARA = NotedApproval("barbara-liskov", "bliskov", "IC4", COMMIT, date(2027, 2, 21))
OWNER = NotedApproval("margaret-hamilton", "mhamilton", None, COMMIT, date(2027, 2, 22))


def a_noted_case(status="promoted", verdict="approved", *approvals, **fields):
    own = {"kind": "promotion", "from_level": "IC2", "to_level": "IC3"} | fields
    return NotedCase("cases/ada-lovelace/2027-02.md", CONTENT, status, verdict, approvals, **own)


def a_note(*cases, owners=(), number=41, author="grace-hopper"):
    return Note(number, author, "1.0.0", cases, owners)


def sentences(note, people=None):
    text = note_text(note, people or some_people())
    return " ".join(line[2:].strip() for line in text.splitlines() if line.startswith("# "))


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("decision", a_note(a_noted_case("promoted", "approved", KATHERINE, BARBARA))),
        ("two-cases", a_note(
            a_noted_case("submitted", "ready", BARBARA),
            NotedCase("cases/alan-turing/in-band-2027-02.md", CONTENT, "draft", "not-ready", (),
                      "in-band-increase", "IC3"),
        )),
        ("owners", a_note(owners=(OWNER,))),
        ("nobody", a_note(author=None)),
    ],
)  # fmt: skip
def test_notes_read_well(agrees, name, note):
    agrees(note_text(note, some_people()), SNAPSHOTS / f"note-{name}.txt")


@pytest.mark.parametrize(
    ("status", "verdict", "said"),
    [
        ("promoted", "approved", "to IC3: promoted. No approval counted."),
        ("promoted", "ready", "to IC3: promoted, although approvals were missing. No"),
        ("not-yet", "not-ready", "to IC3: not yet, although requirements were not met. No"),
        ("promoted", "invalid", "to IC3: promoted, although errors were found in it. No"),
        ("submitted", "approved", "to IC3: submitted. No approval counted."),
        ("submitted", "ready", "to IC3: submitted, ready. No approval counted."),
        (None, "invalid", "to IC3: of no known status, invalid. No approval counted."),
    ],
)
def test_a_case_is_told_in_a_sentence(status, verdict, said):
    assert said in sentences(a_note(a_noted_case(status, verdict)))


def test_of_a_draft_no_approval_is_missed():
    said = sentences(a_note(a_noted_case("draft", "not-ready")))
    assert said == "Promotion of Ada Lovelace from IC2 to IC3: draft, not ready."
    approved = a_noted_case("draft", "not-ready", KATHERINE)
    assert "draft, not ready. Approved by Katherine" in sentences(a_note(approved))


def test_who_is_not_in_people_yaml_is_called_by_the_handle():
    approval = KATHERINE._replace(reviewer="alan-turing")
    assert "Approved by alan-turing (IC5)." in sentences(a_note(a_noted_case("x", "y", approval)))


def test_no_line_is_wider_than_a_terminal_that_indents_it():
    approvals = [KATHERINE, BARBARA, *(KATHERINE._replace(reviewer=f"r-{n}") for n in range(20))]
    text = note_text(a_note(a_noted_case("promoted", "approved", *approvals)), some_people())
    assert max(map(len, text.splitlines())) <= 72


def test_a_path_that_is_no_text_spoils_nothing_else():
    odd = a_noted_case()._replace(path="cases/ada\udcff/2027-02.md", kind=None)
    text = note_text(a_note(odd, a_noted_case()), some_people())
    text.encode()
    note = read_note(text)
    assert note
    assert [each.path for each in note.cases] == [
        "cases/ada\ufffd/2027-02.md", "cases/ada-lovelace/2027-02.md"
    ]  # fmt: skip


# Whatever YAML can hold: lone surrogates are not in it.
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40),
    st.sampled_from(
        [
            "true", "No", "null", "~", "12", "1e5", "0o17", "0x1F", "1.5", "-", "- x", "a: b",
            "x #y", "#", "'", '"', "\\", "\\n", "@x", "&a", "*a", "!!int", "[a]", "{a}", "|", ">",
            "?", "%", "`", "...", "---", "a\npull_request: 1", "a\r\nb", "a\u2028cases:", "a\x85b",
            "\ufeff", "\ufffe", "\uffff", "\x00", "\x1b[2J", "\u202e", "\U0001f600", " x ", "=",
            "<<", "2027-02-30", "1" * 40, "1" * 19 + "e" + "1" * 20,
        ]
    ),
)  # fmt: skip
DIGESTS = (st.binary(min_size=20, max_size=20) | st.binary(min_size=32, max_size=32)).map(bytes.hex)
APPROVALS = st.lists(
    st.builds(
        NotedApproval,
        TEXTS, TEXTS, st.none() | TEXTS, st.none() | TEXTS,
        st.none() | st.dates(date(1000, 1, 1)),
    ),
    max_size=3,
).map(tuple)  # fmt: skip
CASES = st.lists(
    st.builds(
        NotedCase,
        TEXTS, DIGESTS, st.none() | TEXTS,
        TEXTS, APPROVALS, st.none() | TEXTS, st.none() | TEXTS, st.none() | TEXTS,
    ),
    max_size=3,
).map(tuple)  # fmt: skip
NOTES = st.builds(
    Note, st.integers(1, 10**9), st.none() | TEXTS, st.none() | TEXTS, CASES, APPROVALS
)


@given(NOTES, TEXTS)
@example(a_note(a_noted_case("x\n\n", "y", KATHERINE)), "Ada\u2028pull_request: 1")
def test_what_is_written_down_is_read_again(note, name):
    handles = {each.reviewer for one in note.cases for each in one.approvals}
    people = some_people(*(a_person(each, name=name) for each in handles))
    text = note_text(note, people)
    assert read_note(text) == note
    assert "\n\n" not in text
    assert text.isprintable() or set(text) - {"\n"} <= {
        c for c in text if c.isprintable() or ord(c) > 127
    }


@given(TEXTS)
def test_nobodys_name_becomes_a_line_of_its_own(name):
    people = some_people(
        a_person("ada-lovelace", name=name), a_person("katherine-johnson", name=name)
    )
    note = a_note(a_noted_case("promoted", "approved", KATHERINE))
    lines = note_text(note, people).split("\n")
    others = note_text(note, some_people()).split("\n")
    own = [each for each in others if not each.startswith("#")]
    assert [each for each in lines if not each.startswith("# ")] == own
