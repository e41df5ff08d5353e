"""Revisions to commits: what is remembered, and what must not be."""

from pathlib import Path

import pytest

from casework.read.git import Git
from casework.read.git_command import GitCommand
from casework.read.git_error import UnknownRevisionError
from tests.github.working_copy import commit, run


@pytest.fixture
def root(tmp_path: Path) -> Path:
    run(tmp_path, "init", "-qb", "main")
    commit(tmp_path, "README.md", "first")
    return tmp_path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What git is asked for from now on."""
    started: list[str] = []
    start = GitCommand.start

    def noted(self: GitCommand, *arguments: str) -> object:
        started.append(arguments[0])
        return start(self, *arguments)

    monkeypatch.setattr(GitCommand, "start", noted)
    return started


def test_what_is_a_commit_is_not_asked_again(root: Path, asked: list[str]) -> None:
    git = Git(root)
    first = git.resolve("main")
    assert [git.commit(first), git.resolve(first)] == [first, first]
    assert asked == ["rev-parse"]


def test_a_branch_that_moved_is_asked_again(root: Path) -> None:
    git = Git(root)
    first = git.resolve("main")
    second = commit(root, "README.md", "second")
    assert (git.resolve("main"), git.resolve("main~")) == (second, first)
    assert git.resolve_all("main", "main~") == (second, first)


def test_what_is_not_here_yet_is_looked_for_again(root: Path, tmp_path: Path) -> None:
    git = Git(root)
    tree = run(root, "rev-parse", "HEAD^{tree}")
    run(root, "commit", "-q", "--allow-empty", "-m", "Gone")
    gone = run(root, "rev-parse", "HEAD")
    kept = (root / ".git/objects" / gone[:2] / gone[2:]).rename(tmp_path / "kept")
    assert (git.commit(gone), git.commit(tree)) == (None, None)
    kept.rename(root / ".git/objects" / gone[:2] / gone[2:])
    assert git.commit(gone) == gone


def test_several_are_asked_for_at_once(root: Path, asked: list[str]) -> None:
    git = Git(root)
    first = run(root, "rev-parse", "main")
    run(root, "tag", "-a", "-m", "A tag", "v1")
    assert git.resolve_all("refs/heads/main", "v1") == (first, first)
    assert asked == ["cat-file"]
    assert git.resolve_all() == ()


@pytest.mark.parametrize(
    ("revision", "message"),
    [
        ("mian", "a revision must exist in this repository; `mian` does not"),
        ("HEAD^{tree}", "a revision must name a commit; `HEAD^{tree}` names something else"),
        ("--all", "a revision must exist in this repository; `--all` does not"),
        ("^main", "a revision must exist in this repository; `^main` does not"),
        ("main..main", "a revision must exist in this repository; `main..main` does not"),
    ],
)
def test_of_several_the_one_amiss_is_told(root: Path, revision: str, message: str) -> None:
    (root / f"{revision}^{{commit}}").touch()  # a file is no revision, whatever it is called
    with pytest.raises(UnknownRevisionError, match="a revision must") as told:
        Git(root).resolve_all("main", revision)
    assert told.value.message == message
