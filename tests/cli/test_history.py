"""`casework history` in real repositories: what it tells, and what it says where there is nothing.

What a whole history looks like is a file in `histories/`, with ids that do not change with a word
of the framework.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from hashlib import sha1
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from casework.model.note import Note, NotedApproval, NotedCase
from casework.model.people import People, Person
from casework.render.note import note_text
from tests.cli.clones import CASE, PEOPLE, POLICY, ROOT, Clone, Run, case

EXPECTED = Path(__file__).parent / "histories"
SCHEMA = json.loads((ROOT / "schemas" / "history.schema.json").read_text("utf-8"))
NEXT = "cases/ada-lovelace/2027-08.md"
FORMATS = {"txt": "text", "md": "markdown", "json": "json"}
HANDLES = ("ada-lovelace", "grace-hopper", "katherine-johnson", "barbara-liskov")


def set_day(patch: pytest.MonkeyPatch, text: str) -> None:
    """On which the next commits are made."""
    moment = datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC)
    for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
        patch.setenv(name, f"{int(moment.timestamp())} +0000")


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return partial(set_day, monkeypatch)


@pytest.fixture(scope="session")
def much(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository in which much has happened to a case that should not have. To be copied."""
    root = tmp_path_factory.mktemp("much") / "clone"
    shutil.copytree(template, root)
    with pytest.MonkeyPatch.context() as patch:
        make_history(Clone(root), partial(set_day, patch))
    return root


@pytest.fixture
def told(much: Path, tmp_path: Path) -> Clone:
    shutil.copytree(much, tmp_path / "clone")
    return Clone(tmp_path / "clone")


def make_history(clone: Clone, on: Callable[[str], None]) -> None:
    on("2026-07-01")
    clone.write("framework/policy.yaml", POLICY.replace("366", "30"))
    clone.git("commit", "-q", "--all", "--amend", "-m", "The framework")
    on("2026-08-10")
    first = case().replace("FY27-Q3: {", "FY27-Q1: {").replace("## FY27-Q3", "## FY27-Q1")
    clone.write(CASE, first)
    noted(clone, clone.commit("Ada's first draft (#41)"), 41)
    on("2026-11-09")
    clone.write(CASE, case("submitted", manager="katherine-johnson"))
    noted(clone, clone.commit("Merge pull request #44 from example/ada"), 44)
    on("2026-11-20")
    worse = case().replace("{proficiency: next,", "{proficiency: meets,", 1)
    clone.write(CASE, worse.replace("- Wrote down what", "- Noted what"))
    clone.commit("Straight to main")
    on("2026-12-01")
    clone.write(CASE, "---\nperson: [\n---\n")
    clone.commit("Broken by hand")
    on("2026-12-02")
    clone.git("rm", "-q", CASE)
    clone.write(NEXT, case("submitted", review="2027-08"))
    clone.commit("Later, and mended (#50)")
    on("2027-08-20")
    decided = case("promoted", review="2027-08", decided="2027-08-19", effective="2027-09-01")
    clone.write(NEXT, decided)
    noted(clone, clone.commit("Promote Ada (#60)"), 60, "katherine-johnson", "barbara-liskov")
    on("2027-08-21")
    clone.write(NEXT, decided.replace("Search answers", "Search now answers"))
    clone.commit("A word")
    clone.git("rm", "-q", NEXT)
    clone.commit("Gone")
    clone.git("revert", "--no-edit", "HEAD")
    clone.git("repack", "-a", "-d", "-q")  # one file is copied sooner than many


def noted(clone: Clone, commit: str, number: int, *approvers: str) -> None:
    """Write down what the workflow would."""
    path = clone.git("diff-tree", "--root", "-r", "--name-only", "--no-commit-id", commit)
    content = clone.git("rev-parse", f"{commit}:{path}")
    approvals = tuple(
        NotedApproval(each, each.partition("-")[0], "IC4", commit, date(2027, 8, 19))
        for each in approvers
    )
    verdict = "approved" if approvers else "not-ready"
    status = "promoted" if approvers else "draft"
    entry = NotedCase(path, content, status, verdict, approvals, "promotion", "IC2", "IC3")
    people = People({each: Person(each, each) for each in HANDLES})
    text = note_text(Note(number, "grace-hopper", "1.0.0", (entry,)), people)
    clone.git("notes", "--ref=approvals", "add", "-m", text, commit)


def stable(text: str, clone: Clone) -> str:
    """The text with ids of commits that only their place in the history makes."""
    commits = clone.git("rev-list", "--reverse", "--first-parent", "main").split()
    for place, commit in enumerate(commits):
        own = sha1(f"{place}".encode(), usedforsecurity=False).hexdigest()
        text = text.replace(commit, own).replace(commit[:12], own[:12])
    return text


def valid(output: str) -> dict[str, object]:
    """The JSON that was printed, which fits its schema."""
    data: dict[str, object] = json.loads(output)
    Draft202012Validator(SCHEMA).validate(data)
    return data


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize(
    ("name", "whose"), [("person", ["ada-lovelace"]), ("case", [CASE]), ("all", [])]
)
def test_a_history_as_it_is_read(
    told: Clone, run: Run, agrees: Callable[[str, Path], None], name: str, whose: list[str],
    ending: str,
) -> None:  # fmt: skip
    ran = run("history", *whose, "--format", FORMATS[ending], at=told)
    assert (ran.code, ran.err) == (0, "")
    if ending == "json":
        valid(ran.out)
    agrees(stable(ran.out, told), EXPECTED / f"{name}.{ending}")


def test_the_same_input_gives_the_same_bytes(told: Clone, run: Run) -> None:
    first = run("history", "ada-lovelace", "--no-cache", at=told)
    assert run("history", "ada-lovelace", at=told, today="2031-01-01").out == first.out


@pytest.mark.parametrize(
    "word", ["cases/ada-lovelace", "cases/ada-lovelace/", "./cases/ada-lovelace", "ada-lovelace"]
)
def test_a_person_may_be_named_by_the_folder(told: Clone, run: Run, word: str) -> None:
    assert run("history", word, at=told).out == run("history", "ada-lovelace", at=told).out


@pytest.mark.parametrize("word", [NEXT, f"./{NEXT}", CASE])
def test_a_case_is_found_by_every_path_that_it_had(told: Clone, run: Run, word: str) -> None:
    assert f"\n{NEXT}\n" in run("history", word, at=told).out


def test_a_case_is_found_from_its_own_folder(told: Clone, run: Run) -> None:
    ran = run("history", "2027-08.md", at=told.root / "cases" / "ada-lovelace")
    assert f"\n{NEXT}\n" in ran.out


def test_a_case_is_found_by_its_path_in_the_folder_that_was_renamed(clone: Clone, run: Run) -> None:
    clone.write("cases/ada-byron/2027-02.md", case(person="ada-byron"))
    clone.commit("Open")
    clone.git("mv", "cases/ada-byron", "cases/ada-lovelace")
    clone.write(CASE, case())
    clone.commit("Another name")
    ran = run("history", "cases/ada-byron/2027-02.md", at=clone)
    assert f"\n{CASE}\n" in ran.out
    assert "Moved: the file was at `cases/ada-byron/2027-02.md` before." in ran.out


def test_a_path_of_the_past_is_told_with_what_the_person_had_on_record_elsewhere(
    clone: Clone, run: Run
) -> None:
    clone.write("cases/ada-lovelace/2026-08.md", case(review="2026-08"))
    clone.commit("Earlier")
    clone.write("cases/ada-byron/2027-02.md", case(person="ada-byron"))
    clone.commit("Open")
    clone.git("mv", "cases/ada-byron/2027-02.md", CASE)
    clone.write(CASE, case())
    clone.commit("Another name")
    ran = run("history", "cases/ada-byron/2027-02.md", at=clone)
    assert "FY27-Q2 is rated here too" in ran.out
    assert ran.out == run("history", CASE, at=clone).out


def test_a_handle_of_the_past_leads_to_who_it_is_now(clone: Clone, run: Run) -> None:
    clone.write("cases/ada-byron/2027-02.md", case(person="ada-byron"))
    clone.commit("Open")
    clone.git("mv", "cases/ada-byron", "cases/ada-lovelace")
    clone.write(CASE, case())
    clone.commit("Another name")
    ran = run("history", "ada-byron", at=clone)
    assert (ran.code, ran.out) == (2, "")
    assert "the cases went to `ada-lovelace`" in ran.err


def test_somebody_without_a_case(clone: Clone, run: Run) -> None:
    ran = run("history", "barbara-liskov", at=clone)
    assert ran.code == 0
    assert "Barbara Liskov has had no case on main yet." in ran.out
    assert valid(run("history", "barbara-liskov", "--format", "json", at=clone).out)["cases"] == []


def test_somebody_who_is_only_in_the_history(clone: Clone, run: Run) -> None:
    clone.write("cases/joan-clarke/2027-02.md", case(person="joan-clarke"))
    clone.commit("Open")
    ran = run("history", "joan-clarke", at=clone)
    assert "joan-clarke, who is not in `cases/people.yaml`" in ran.out
    assert "Promotion of joan-clarke from IC2 to IC3: draft" in ran.out


@pytest.mark.parametrize("format", ["text", "markdown", "json"])
def test_a_repository_without_cases(clone: Clone, run: Run, format: str) -> None:
    ran = run("history", "--format", format, at=clone)
    assert ran.code == 0
    said = valid(ran.out)["cases"] == [] if format == "json" else "No case has been" in ran.out
    assert said


@pytest.mark.parametrize(
    ("word", "guess"),
    [
        ("ada-lovelase", "Did you mean `ada-lovelace`?"),
        ("Ada Lovelace", "Did you mean `ada-lovelace`?"),
        ("@ada-l", "Did you mean `ada-lovelace`?"),
        ("joan-clark", "Did you mean `joan-clarke`?"),
        ("cases/joan-clarke/2027-03.md", "Did you mean `cases/joan-clarke/2027-02.md`?"),
        ("\x1b[31m", "`casework history` alone"),
        ("..", "`casework history` alone"),
        ("", "`casework history` alone"),
    ],
)
def test_nobody_of_that_name(clone: Clone, run: Run, word: str, guess: str) -> None:
    clone.write("cases/joan-clarke/2027-02.md", case(person="joan-clarke"))
    clone.commit("Open")
    ran = run("history", word, at=clone)
    assert (ran.code, ran.out) == (2, "")
    assert guess in ran.err
    assert "\x1b" not in ran.err


def test_a_case_that_is_only_in_the_working_tree_is_named_as_such(told: Clone, run: Run) -> None:
    told.write("cases/ada-lovelace/2029-02.md", case())
    for command in ("history", "audit"):
        ran = run(command, "cases/ada-lovelace/2029-02.md", at=told)
        assert (ran.code, ran.out) == (2, "")
        assert "`cases/ada-lovelace/2029-02.md` is only in your files" in ran.err
        assert "before it is merged" in ran.err
        assert "Did you mean" not in ran.err


@pytest.mark.parametrize("width", ["70", "40"])
def test_the_line_of_a_case_is_never_cut_short(
    told: Clone, run: Run, monkeypatch: pytest.MonkeyPatch, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    head, row, *_ = run("history", at=told).out.splitlines()
    assert head.split() == ["case", "level", "status", "last", "change"]
    assert row.endswith("  promoted  21 August 2027")


def test_of_somebody_without_cases_no_notes_are_missing(clone: Clone, run: Run) -> None:
    ran = run("history", "grace-hopper", at=clone)
    assert ran.out.endswith("Grace Hopper has had no case on main yet.\n")
    assert "notes" not in ran.out


def test_a_case_that_was_decided_when_it_came_is_opened_once(clone: Clone, run: Run) -> None:
    clone.write(CASE, case("not-yet", decided="2027-02-20"))
    clone.commit("As it was decided")
    told = run("history", CASE, at=clone).out
    assert "Opened already decided.\n" in told
    assert "Decided: not yet, on 20 February 2027.\n" in told


def test_notes_that_are_not_here(told: Clone, run: Run, tmp_path: Path) -> None:
    told.git("clone", "-q", str(told.root), str(tmp_path / "second"))
    ran = run("history", "ada-lovelace", at=tmp_path / "second")
    flat = " ".join(ran.out.split())
    assert "`git fetch origin refs/notes/approvals:refs/notes/approvals` brings them" in flat
    assert "The note says" not in ran.out
    assert "pull request 41" in ran.out


def test_a_shallow_clone_cannot_tell(told: Clone, run: Run, tmp_path: Path) -> None:
    url = f"file://{told.root}"
    told.git("clone", "-q", "--depth", "1", url, str(tmp_path / "shallow"))
    ran = run("history", "ada-lovelace", at=tmp_path / "shallow")
    assert (ran.code, ran.out) == (3, "")
    assert "git fetch --unshallow" in ran.err


def test_a_bare_repository_tells_it_too(told: Clone, run: Run, tmp_path: Path) -> None:
    told.git("clone", "-q", "--bare", str(told.root), str(tmp_path / "bare.git"))
    ran = run("history", "ada-lovelace", at=tmp_path / "bare.git")
    assert "Decided: promoted" in ran.out


def test_another_branch_only_where_it_is_asked_for(clone: Clone, run: Run) -> None:
    clone.git("switch", "-q", "-c", "topic")
    clone.write(CASE, case())
    clone.commit("Open")
    assert "no case on main yet" in run("history", "ada-lovelace", at=clone).out
    assert "Opened: draft." in run("history", "ada-lovelace", "--base", "topic", at=clone).out
    ran = run("history", "--base", "nowhere", at=clone)
    assert (ran.code, ran.out) == (2, "")


def test_no_main_branch(clone: Clone, run: Run) -> None:
    clone.git("branch", "-m", "main", "trunk")
    ran = run("history", at=clone)
    assert ran.code == 3
    assert "--base BRANCH" in ran.err


def test_pay_is_not_said_again(clone: Clone, run: Run) -> None:
    clone.write(CASE, case().replace("from 40 s to 6 s", "and got a salary of $120,000"))
    clone.commit("Open")
    clone.write(CASE, case())
    clone.commit("Take it out")
    ran = run("history", "ada-lovelace", at=clone)
    assert "Evidence disappeared" in ran.out or "Edited" in ran.out
    for each in FORMATS.values():
        assert "120,000" not in run("history", "ada-lovelace", "--format", each, at=clone).out


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be written there")
def test_hostile_words_everywhere(clone: Clone, run: Run) -> None:
    evil = "\x1b[31m@everyone `x` <img src=y> ::error::no ##[group] #1 \u202e"
    path = "cases/ada-lovelace/2027-02\x1b[31m.md"
    clone.write(path, case(manager=json.dumps("x\u202e @all `"), review="'\x07'"))
    clone.git("-c", f"user.name={evil}", "add", "-A")
    clone.git("-c", f"user.name={evil}", "commit", "-q", "-m", f"{evil} (#99999999)")
    clone.write(path, case("submitted"))
    clone.git("-c", f"user.name={evil}", "commit", "-q", "-am", evil)
    text = run("history", "ada-lovelace", at=clone).out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", text)
    assert not re.search(r"(?m)^\s*::|##\[", text)
    page = run("history", "ada-lovelace", "--format", "markdown", at=clone).out
    assert "@everyone" not in page
    assert "<img" not in page
    assert "#1 " not in page
    data = valid(run("history", "ada-lovelace", "--format", "json", at=clone).out)
    assert data["person"] == "ada-lovelace"


def test_a_huge_subject_and_a_huge_note(clone: Clone, run: Run) -> None:
    clone.write(CASE, case())
    clone.write("message", f"{'long ' * 100_000}\n")
    clone.git("add", CASE)
    clone.git("commit", "-q", "-F", "message")
    clone.write("note", f"pull_request: 3\nopened_by: {'x' * 2_000_000}\n")
    clone.git("notes", "--ref=approvals", "add", "-F", "note", "HEAD")
    ran = run("history", "ada-lovelace", at=clone)
    assert ran.code == 0
    assert len(ran.out) < 5_000


def test_a_name_and_a_login_of_great_length(clone: Clone, run: Run) -> None:
    clone.write(CASE, case("submitted"))
    clone.git("add", "-A")
    clone.git("-c", f"user.name={'n' * 5_000}", "commit", "-q", "-m", "Open")
    clone.write("note", f"pull_request: 3\nopened_by: {'x' * 5_000}\n")
    clone.git("notes", "--ref=approvals", "add", "-F", "note", "HEAD")
    ran = run("history", "ada-lovelace", at=clone)
    assert "The note says: opened by xxx" in " ".join(ran.out.split())
    assert len(ran.out) < 5_000


def test_who_opened_the_pull_request_of_a_draft_is_told_to_programs_alone(
    clone: Clone, run: Run
) -> None:
    clone.write(CASE, case())
    first = clone.commit("Open (#3)")
    noted(clone, first, 3)
    told = valid(run("history", CASE, "--format", "json", at=clone).out)["cases"][0]  # type: ignore[index]
    assert told["moments"][0]["claim"]["opened_by"] == "grace-hopper"
    assert "The note says" not in run("history", CASE, at=clone).out
    clone.write(CASE, case("submitted"))
    noted(clone, clone.commit("Submit (#4)"), 4)
    assert "The note says: opened by Grace Hopper." in run("history", CASE, at=clone).out


def test_days_that_run_backwards(clone: Clone, run: Run, on: Callable[[str], None]) -> None:
    for day, status in (
        ("2026-11-01", "draft"),
        ("2026-11-20", "submitted"),
        ("2026-11-05", "draft"),
    ):
        on(day)
        clone.write(CASE, case(status))
        clone.commit(f"As of {day}")
    out = run("history", "ada-lovelace", at=clone).out
    # A commit is never told to be before the one that it stands on.
    assert "20 November 2026, the same day" in out


def test_a_note_of_another_content_approves_nothing(clone: Clone, run: Run) -> None:
    clone.write(CASE, case("submitted"))
    first = clone.commit("Submit (#3)")
    clone.write(CASE, case("not-yet", decided="2026-11-20"))
    second = clone.commit("Decide (#3)")
    noted(clone, first, 3, "katherine-johnson")
    text = clone.git("notes", "--ref=approvals", "show", first)
    clone.git("notes", "--ref=approvals", "add", "-m", text, second)
    moment = valid(run("history", CASE, "--format", "json", at=clone).out)["cases"][0]["moments"][1]  # type: ignore[index]
    assert moment["claim"]["approvals"] is None
    out = " ".join(run("history", CASE, at=clone).out.split())
    assert "opened by Grace Hopper, nothing of the case as it is here" in out


def test_git_is_passed_over_a_few_times_only(
    told: Clone, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    real = subprocess.Popen

    def spy(words, *args, **kwargs):  # type: ignore[no-untyped-def]
        started.append(next(w for w in map(os.fsdecode, words[1:]) if w in VERBS))
        return real(words, *args, **kwargs)

    monkeypatch.setattr(subprocess, "Popen", spy)
    assert run("history", "ada-lovelace", at=told).code == 0
    assert started.count("log") == 2  # the line, and who came or went where something did
    assert started.count("cat-file") <= 6  # of them one small question: whether there are notes


VERBS = ("log", "cat-file", "rev-parse", "ls-tree", "symbolic-ref", "config", "diff-tree")


def test_people_are_those_of_the_branch(clone: Clone, run: Run) -> None:
    clone.write("cases/people.yaml", PEOPLE.replace("Ada Lovelace", "Somebody Else"))
    assert "Ada Lovelace (`ada-lovelace`)" in run("history", "ada-lovelace", at=clone).out
