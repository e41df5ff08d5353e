"""The line of the main branch, from real repositories: what landed, when, and by which commit."""

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from casework.read import chronicle as module
from casework.read.chronicle import FileChange, Step, changes_of, chronicle
from casework.read.git import Git
from tests.cli.clones import Clone

LINES = "".join(f"{place}\n" for place in range(50))
NOTE = """\
# Promotion of Ada Lovelace from IC2 to IC3: promoted.
pull_request: 41
opened_by: grace-hopper
framework: 1.0.0
cases: []
"""


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    root = tmp_path / "clone"
    root.mkdir()
    clone = Clone(root)
    clone.git("init", "-q", "-b", "main")
    return clone


def line(clone: Clone, *paths: str) -> tuple[Step, ...]:
    git = Git(clone.root)
    return chronicle(git, git.resolve("main"), *(paths or ("cases",)))


def commit_object(clone: Clone, parents: tuple[str, ...], text: bytes) -> str:
    """A commit of what the index holds, written by hand byte for byte."""
    clone.git("add", "-A")
    tree = clone.git("write-tree")
    head = f"tree {tree}\n" + "".join(f"parent {each}\n" for each in parents)
    done = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"],
        cwd=clone.root, check=True, capture_output=True, input=head.encode() + text,
    )  # fmt: skip
    commit = done.stdout.decode().strip()
    clone.git("update-ref", "refs/heads/main", commit)
    return commit


def dated(clone: Clone, path: str, seconds: object, parents: tuple[str, ...] = ()) -> str:
    clone.write(path, LINES)
    who = f"author A <a@example.com> {seconds} +0000\ncommitter A <a@example.com> {seconds} +0000\n"
    return commit_object(clone, parents, f"{who}\nA change\n".encode())


def test_each_commit_that_changed_something_with_what_it_changed(clone: Clone) -> None:
    clone.write("cases/a/x.md", LINES)
    first = clone.commit("Open the case")
    clone.write("README.md", "Elsewhere.\n")
    second = clone.commit("Elsewhere")
    clone.git("mv", "cases/a/x.md", "cases/a/y.md")
    third = clone.commit("Move it (#7)")
    clone.git("rm", "-q", "cases/a/y.md")
    fourth = clone.commit("Take it away")
    blob = clone.git("rev-parse", f"{first}:cases/a/x.md")
    steps = line(clone)
    assert [step.landing.commit for step in steps] == [first, third, fourth]
    assert [step.parent for step in steps] == [None, second, third]
    assert [step.changes for step in steps] == [
        (FileChange("A", "cases/a/x.md", None, None, blob),),
        (FileChange("R", "cases/a/y.md", "cases/a/x.md", blob, blob),),
        (FileChange("D", "cases/a/y.md", None, blob, None),),
    ]
    assert [step.landing.subject for step in steps] == [
        "Open the case", "Move it (#7)", "Take it away",
    ]  # fmt: skip
    assert [step.landing.pull_request for step in steps] == [None, 7, None]
    assert [step.landing.place for step in steps] == [0, 1, 2]


def test_nothing_that_ever_changed(clone: Clone) -> None:
    clone.write("README.md", "Elsewhere.\n")
    clone.commit()
    assert line(clone) == ()


def test_a_merge_is_one_step_and_says_its_pull_request(clone: Clone) -> None:
    clone.write("README.md", "Elsewhere.\n")
    clone.commit()
    clone.git("switch", "-q", "-c", "topic")
    for text in ("one\n", "two\n"):
        clone.write("cases/a/x.md", text)
        clone.commit(f"Draft {text}")
    clone.git("switch", "-q", "main")
    clone.git("merge", "-q", "--no-ff", "topic", "-m", "Merge pull request #12 from a/topic")
    (step,) = line(clone)
    assert step.landing.commit == clone.git("rev-parse", "main")
    assert step.landing.pull_request == 12
    assert [(c.status, c.path) for c in step.changes] == [("A", "cases/a/x.md")]


def test_an_octopus_is_one_step(clone: Clone) -> None:
    clone.write("README.md", "Elsewhere.\n")
    clone.commit()
    for name in ("one", "two", "three"):
        clone.git("switch", "-q", "-c", name, "main")
        clone.write(f"cases/{name}/x.md", LINES)
        clone.commit(name)
    clone.git("switch", "-q", "main")
    clone.git("merge", "-q", "one", "two", "three", "-m", "All three")
    # Whatever was fast-forwarded is the line's own: the branches' tips stand on the same commit.
    paths = [change.path for step in line(clone) for change in step.changes]
    assert sorted(paths) == ["cases/one/x.md", "cases/three/x.md", "cases/two/x.md"]


def test_a_note_comes_along(clone: Clone) -> None:
    clone.write("cases/a/x.md", LINES)
    commit = clone.commit("Anything (#7)")
    clone.git("notes", "--ref=approvals", "add", "-m", NOTE, commit)
    (step,) = line(clone)
    assert step.landing.note is not None
    assert (step.landing.pull_request, step.landing.note.author) == (41, "grace-hopper")


def test_a_note_forged_by_hand_is_none(clone: Clone) -> None:
    clone.write("cases/a/x.md", LINES)
    commit = clone.commit("Anything (#7)")
    (clone.root / "note").write_bytes(b"pull_request: 3\0\x1b[31m\n:100644 100644 a b M\0x\0\xff")
    blob = clone.git("hash-object", "-w", "note")
    clone.git("notes", "--ref=approvals", "add", "-C", blob, commit)
    (step,) = line(clone)
    assert (step.landing.note, step.landing.pull_request) == (None, 7)
    assert [change.path for change in step.changes] == ["cases/a/x.md"]


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be written there")
@pytest.mark.parametrize("what", ["HEAD:cases/a/x.md", "HEAD:cases"])
def test_what_is_no_notes_hinders_nothing(clone: Clone, what: str) -> None:
    clone.write("cases/a/x.md", "one")
    clone.commit()
    clone.git("update-ref", "refs/notes/approvals", clone.git("rev-parse", what))
    (step,) = line(clone)
    assert step.landing.note is None


def test_names_and_subjects_that_look_like_a_listing(clone: Clone) -> None:
    evil = ":100644 100644 0000 0000 M\n\tx\x1b[31m.md"
    clone.write(f"cases/a/{evil}", LINES)
    commit = clone.commit(":000000 100644 0 1 A\x01\t\x1b[31mred\n\nAnd a body")
    (step,) = line(clone)
    assert (step.landing.commit, step.landing.subject) == (
        commit, ":000000 100644 0 1 A\x01\t\x1b[31mred",
    )  # fmt: skip
    assert [change.path for change in step.changes] == [f"cases/a/{evil}"]


def test_an_author_that_is_not_utf8_and_none_at_all(clone: Clone) -> None:
    clone.write("cases/a/x.md", LINES)
    who = b"J\xe9r\xf4me <j@example.com> 1700000000 +0000"
    first = commit_object(clone, (), b"author " + who + b"\ncommitter " + who + b"\n\n\xe9\n")
    clone.write("cases/a/x.md", LINES * 2)
    who = b" <> 1700000000 +0000"
    commit_object(clone, (first,), b"author" + who + b"\ncommitter" + who + b"\n\n")
    one, other = (step.landing for step in line(clone))
    assert (one.author, one.subject) == ("J\ufffdr\ufffdme", "\ufffd")
    assert (other.author, other.subject) == ("", "")


def test_a_zero_byte_in_a_message_ends_it(clone: Clone) -> None:
    clone.write("cases/a/x.md", LINES)
    who = b"A <a@example.com> 1700000000 +0000\n"
    commit_object(clone, (), b"author " + who + b"committer " + who + b"\none\0two\0:three\n")
    (step,) = line(clone)
    assert step.landing.subject == "one"
    assert [change.path for change in step.changes] == ["cases/a/x.md"]


@pytest.mark.parametrize(
    ("seconds", "day"),
    [
        ("1700000000", date(2023, 11, 14)),
        ("1699999999999999", date.max),
        ("0", date(1970, 1, 1)),
        ("soon", date(1970, 1, 1)),
    ],
)
def test_days_that_no_calendar_has(clone: Clone, seconds: str, day: date) -> None:
    dated(clone, "cases/a/x.md", seconds)
    (step,) = line(clone)
    assert step.landing.day == day


def test_a_day_is_never_before_that_of_the_commit_below(clone: Clone) -> None:
    clone.write("README.md", "Elsewhere.\n")
    first = dated(clone, "README.md", 1_700_000_000)  # not among what is listed
    second = dated(clone, "cases/a/x.md", 1_600_000_000, (first,))
    dated(clone, "cases/a/y.md", 1_650_000_000, (second,))
    assert [step.landing.day for step in line(clone)] == [date(2023, 11, 14), date(2022, 4, 15)]


def test_what_settings_and_grafts_cannot_change(clone: Clone) -> None:
    clone.write("cases/a/x.md", LINES)
    first = clone.commit("Open the case")
    clone.git("mv", "cases/a/x.md", "cases/a/y.md")
    second = clone.commit("Move it")
    plain = line(clone)
    for name, value in {
        "log.showRoot": "false", "log.follow": "true", "log.showSignature": "true",
        "diff.renames": "false", "format.pretty": "oneline", "core.quotePath": "true",
        "notes.displayRef": "refs/notes/*", "i18n.logOutputEncoding": "ISO-8859-1",
        "diff.external": "false", "color.ui": "always", "core.abbrev": "4", "log.diffMerges": "off",
    }.items():  # fmt: skip
        clone.git("config", name, value)
    clone.git("notes", "add", "-m", "Of another kind", first)
    replacement = clone.git("commit-tree", f"{second}^{{tree}}", "-m", "Forged")
    clone.git("replace", first, replacement)
    (clone.root / ".git/info/grafts").write_text(f"{second}\n")
    assert line(clone) == plain


def test_only_the_main_branch_is_read(clone: Clone) -> None:
    clone.write("cases/a/x.md", LINES)
    clone.commit("Open the case")
    clone.git("switch", "-q", "-c", "topic")
    clone.write("cases/a/y.md", LINES)
    clone.commit("Elsewhere")
    assert [step.landing.subject for step in line(clone)] == ["Open the case"]


@pytest.mark.parametrize("most", [1, 2, 200])
def test_however_many_commits_are_asked_for_at_once(
    clone: Clone, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(module, "MOST_NAMED", most)
    made = []
    for number in range(3):
        clone.write("cases/a/x.md", f"{LINES}{number}\n")
        made.append(clone.commit())
    clone.write("docs/a.md", "one\n")
    beside = clone.commit()
    found = changes_of(Git(clone.root), (*made, beside), "cases")
    assert set(found) == set(made)
