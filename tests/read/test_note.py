"""Notes as anybody may have written them: ours say something, all others nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.model.note import Note, NotedApproval, NotedCase
from casework.read.note import MOST, read_note

CONTENT = "5e" * 20
COMMIT = "a1" * 20

OURS = f"""\
# Promotion of Ada Lovelace from IC2 to IC3: promoted. Approved by
# Katherine Johnson (IC5).
pull_request: 41
opened_by: grace-hopper
framework: 1.0.0
cases:
- path: cases/ada-lovelace/2027-02.md
  content: {CONTENT}
  kind: promotion
  from: IC2
  to: IC3
  status: promoted
  verdict: approved
  approvals:
  - reviewer: katherine-johnson
    account: kjohnson
    level: IC5
    commit: {COMMIT}
    day: 2027-02-20
owners:
- reviewer: margaret-hamilton
  account: mhamilton
"""
APPROVAL = NotedApproval("katherine-johnson", "kjohnson", "IC5", COMMIT, date(2027, 2, 20))
CASE = NotedCase(
    "cases/ada-lovelace/2027-02.md",
    CONTENT,
    "promoted",
    "approved",
    (APPROVAL,),
    "promotion",
    "IC2",
    "IC3",
)
OWNER = NotedApproval("margaret-hamilton", "mhamilton")
NOTE = Note(41, "grace-hopper", "1.0.0", (CASE,), (OWNER,))


def test_says_what_was_written_down():
    note = read_note(OURS)
    assert note == NOTE
    assert note.case("cases/ada-lovelace/2027-02.md") == CASE
    assert note.case("cases/alan-turing/2027-02.md") is None
    assert CASE.person == "ada-lovelace"


def test_what_is_not_known_is_left_out():
    assert read_note("pull_request: 7\n") == Note(7, None, None)


def test_what_somebody_appended_is_left_alone():
    assert read_note(f"{OURS}\nSpoken of on 3 March: [not YAML\n") == NOTE
    assert read_note(f"{OURS}\npull_request: 42\nframework: 9.9.9\n") == NOTE


def test_line_ends_of_another_system_are_as_good():
    text = f"\n{OURS}\nSpoken of on 3 March: [not YAML\n"
    assert read_note(text.replace("\n", "\r\n")) == NOTE


def test_what_a_later_version_may_add_does_no_harm():
    assert read_note(OURS + "queue: 3\n") == NOTE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Approved by Ada.\n",
        "pull_request:\n",
        "pull_request: 0\n",
        "pull_request: -1\n",
        "pull_request: true\n",
        "pull_request: 4.1\n",
        'pull_request: "41"\n',
        "- pull_request: 41\n",
        "pull_request: 41\npull_request: 42\n",
        "pull_request: 41\nframework: 1.0\n",
        'pull_request: 41\nopened_by: ""\n',
        "pull_request: 41\ncases: all of them\n",
        "pull_request: 41\ncases: [cases/ada-lovelace/2027-02.md]\n",
        f"pull_request: 41\ncases:\n- content: {CONTENT}\n  verdict: ready\n",
        "pull_request: 41\ncases:\n- path: x\n  content: HEAD\n  verdict: ready\n",
        f"pull_request: 41\ncases:\n- path: x\n  content: {CONTENT}\n",
        OURS.replace("  - reviewer: katherine-johnson\n", "  - level: IC5\n"),
        OURS.replace("2027-02-20", "2027-02-30"),
        OURS.replace("2027-02-20", "20 February"),
        OURS.replace("opened_by: grace-hopper", "opened_by: &a grace-hopper"),
        OURS.replace("opened_by: grace-hopper", "opened_by: !!str grace-hopper"),
        OURS.replace("  status: promoted", "  status: [promoted]"),
        OURS + "...\n---\npull_request: 42\n",
        OURS + "\x00",
        OURS + "\ud800",
        "pull_request: 41\nopened_by: \u2028 x: y\n- z\n",
        "pull_request: 41\ncases: " + "[" * 100_000,
        OURS + "#" * MOST,
    ],
)
def test_what_has_another_form_says_nothing(text):
    assert read_note(text) is None


@given(st.text(st.characters(), max_size=200))
def test_nothing_is_raised_whatever_it_holds(text):
    read_note(f"pull_request: 1\n{text}")
    read_note(f'pull_request: 1\nopened_by: "{text}"')
    read_note(f"# {text}\npull_request: 1\n")


LINES = st.sampled_from(
    [*OURS.splitlines(), "", "- ", "  - x", "cases:", "day: 1", "? [a]", "<<: *a"]
)


@given(st.lists(LINES, max_size=20))
def test_nothing_is_raised_for_pieces_of_ours(lines):
    read_note("\n".join(lines))
