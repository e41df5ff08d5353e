"""What comes together in one pull request, as `casework review` sees it."""

import json

import pytest

from tests.cli.clones import CASE, PEOPLE, Clone, Run, case

RAISED = PEOPLE.replace(
    "level: IC2, level_since: 2025-02-01", "level: IC3, level_since: 2026-11-01"
)
PROMOTED = case("promoted", decided="2026-11-20", effective="2026-11-01")


def mixed(run: Run, clone: Clone, *words: str) -> list[str]:
    report = json.loads(run("review", "--format", "json", *words, at=clone).out)
    return [each["path"] for each in report["findings"] if each["rule"] == "mixed-change"]


def test_a_case_alone(run: Run, clone: Clone) -> None:
    clone.write(CASE, case())
    assert mixed(run, clone) == []


def test_other_files_alone(run: Run, clone: Clone) -> None:
    clone.write("README.md", "ours\n")
    clone.write("cases/people.yaml", RAISED)
    assert mixed(run, clone) == []


def test_a_file_that_nobody_governs_and_git_does_not_know_yet(run: Run, clone: Clone) -> None:
    clone.write(CASE, case())
    clone.write(".github/workflows/mine.yml", "on: push\n")
    assert mixed(run, clone) == [".github/workflows/mine.yml"]


def test_an_ignored_file_is_not_proposed(run: Run, clone: Clone) -> None:
    clone.write(".gitignore", "*.tmp\n")
    clone.commit("What is ignored")
    clone.write(CASE, case())
    clone.write("notes.tmp", "mine\n")
    assert mixed(run, clone) == []


def test_a_link_and_a_deleted_file_are_changes(run: Run, clone: Clone) -> None:
    clone.write("a.txt", "one\n")
    clone.write("b.txt", "two\n")
    clone.commit("Files")
    clone.git("checkout", "-q", "-b", "topic")
    (clone.root / "a.txt").unlink()
    clone.write(CASE, case())
    clone.commit("Deleted")
    assert mixed(run, clone, "--head", "topic") == ["a.txt"]
    clone.write("a.txt", "one\n")
    (clone.root / "b.txt").unlink()
    (clone.root / "b.txt").symlink_to("a.txt")
    clone.commit("Linked")
    assert mixed(run, clone, "--head", "topic") == ["b.txt"]


def test_a_deleted_case_is_a_case(run: Run, clone: Clone) -> None:
    clone.write(CASE, case())
    clone.commit("A case")
    clone.git("checkout", "-q", "-b", "topic")
    (clone.root / CASE).unlink()
    assert mixed(run, clone) == []
    clone.write("README.md", "ours\n")
    assert mixed(run, clone) == ["README.md"]


@pytest.mark.parametrize(
    ("status", "people", "paths"),
    [
        (PROMOTED, RAISED, []),
        (PROMOTED, "# as decided\n" + RAISED, []),
        (PROMOTED, RAISED.replace("2026-11-01", "2026-12-01"), ["cases/people.yaml"]),
        (PROMOTED, RAISED.replace("level: IC3", "level: IC4"), ["cases/people.yaml"]),
        (PROMOTED, RAISED.replace("github: ada-l", "github: ghopper"), ["cases/people.yaml"]),
        (PROMOTED, RAISED.replace("level: IC4", "level: IC5"), ["cases/people.yaml"]),
        (PROMOTED, RAISED + "  new: {name: New, github: new}\n", ["cases/people.yaml"]),
        (PROMOTED, "# nothing decided\n" + PEOPLE, ["cases/people.yaml"]),
        (PROMOTED, "people: [\n", ["cases/people.yaml"]),
        (case("submitted"), RAISED, ["cases/people.yaml"]),
    ],
)
def test_only_the_decisions_own_edit_of_people_belongs_to_the_case(
    run: Run, clone: Clone, status: str, people: str, paths: list[str]
) -> None:
    clone.write(CASE, status)
    clone.write("cases/people.yaml", people)
    assert mixed(run, clone) == paths


def test_an_old_decision_raises_nobody(run: Run, clone: Clone) -> None:
    clone.write(CASE, PROMOTED)
    clone.commit("Promoted")
    clone.git("checkout", "-q", "-b", "topic")
    clone.write(CASE, PROMOTED + "\n")
    clone.write("cases/people.yaml", RAISED)
    assert mixed(run, clone) == ["cases/people.yaml"]


@pytest.mark.parametrize("format", ["text", "markdown", "json", "github", "sarif"])
def test_every_output_can_speak_of_a_file_that_is_not_there(
    run: Run, clone: Clone, format: str
) -> None:
    clone.write("a.txt", "one\n")
    clone.commit("A file")
    clone.git("checkout", "-q", "-b", "topic")
    (clone.root / "a.txt").unlink()
    clone.write(CASE, case())
    ran = run("review", "--format", format, at=clone)
    assert ran.code == 1
    assert "a.txt" in ran.out
    assert "must change nothing else" in ran.out
