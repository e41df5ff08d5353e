import os
import shutil
import subprocess
from pathlib import Path

import pytest

from casework.read.git import Git
from casework.read.git_error import GitError, UnknownRevisionError
from casework.read.git_listing import Change

ME = (
    *("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"),
    # What nobody keeps need neither be packed nor be safe on the disk, and has no use for examples.
    *("-c", "maintenance.auto=false", "-c", "gc.auto=0", "-c", "core.fsync=none"),
    *("-c", "init.templateDir="),
)


def run(root: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *ME, "-c", "protocol.file.allow=always", *arguments],
        cwd=root, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout.strip()


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def commit(root: Path, message: str = "A change") -> str:
    run(root, "add", "-A")
    run(root, "commit", "-q", "--allow-empty", "-m", message)
    return tip(root)


def tip(root: Path) -> str:
    """What is checked out, read where git has just written it."""
    head = (root / ".git/HEAD").read_text("ascii").strip()
    name = head.removeprefix("ref: ")
    return head if name == head else (root / ".git" / name).read_text("ascii").strip()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    run(folder, "init", "-q", "-b", "main")
    write(folder, {"cases/a/x.md": "one\n", "framework/policy.yaml": "{}\n"})
    commit(folder)
    return folder


@pytest.fixture
def root(template: Path, tmp_path: Path) -> Path:
    return shutil.copytree(template, tmp_path / "clone", symlinks=True)


def test_finds_the_root_from_a_folder_below(root: Path) -> None:
    assert Git.find(root / "cases" / "a").root == root


def test_finds_a_linked_worktree(root: Path, tmp_path: Path) -> None:
    run(root, "worktree", "add", "-q", str(tmp_path / "other"), "-b", "other")
    git = Git.find(tmp_path / "other" / "cases")
    assert (git.root, git.is_bare) == (tmp_path / "other", False)
    assert git.files("cases") == ("cases/a/x.md",)


def test_finds_a_bare_repository(root: Path, tmp_path: Path) -> None:
    run(tmp_path, "clone", "-q", "--bare", str(root), "bare.git")
    git = Git.find(tmp_path / "bare.git")
    assert (git.root, git.is_bare) == (tmp_path / "bare.git", True)
    assert [each.path for each in git.tree(git.resolve("main"), "cases")] == ["cases/a/x.md"]


def test_a_folder_outside_any_repository(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="must be started in a git repository"):
        Git.find(tmp_path)


def test_the_environment_of_a_hook_changes_nothing(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert Git.find(root).files("cases") == ("cases/a/x.md",)


def test_git_is_missing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(root))
    with pytest.raises(GitError, match="git must be installed"):
        Git(root).files("cases")


@pytest.mark.parametrize("revision", ["nowhere", "", "-x", "--all", "main\nother", "^main"])
def test_a_revision_that_does_not_exist(root: Path, revision: str) -> None:
    with pytest.raises(UnknownRevisionError, match="must exist") as caught:
        Git(root).resolve(revision)
    assert "git fetch" in caught.value.help


@pytest.mark.parametrize("revision", ["main:cases", "HEAD^{tree}", "main:cases/a/x.md"])
def test_a_revision_that_is_no_commit(root: Path, revision: str) -> None:
    with pytest.raises(UnknownRevisionError, match="must name a commit"):
        Git(root).resolve(revision)


def test_a_broken_repository_is_not_one_without_the_revision(root: Path) -> None:
    with (root / ".git/config").open("a") as config:
        config.write("[broken\n")
    with pytest.raises(GitError, match="bad config") as caught:
        Git(root).commit("HEAD")
    assert not isinstance(caught.value, UnknownRevisionError)


def test_a_misspelled_revision_is_guessed(root: Path) -> None:
    with pytest.raises(UnknownRevisionError) as caught:
        Git(root).resolve("mian")
    assert caught.value.help.startswith("Did you mean `main`?")


def test_the_main_branch_is_the_one_that_origin_names(root: Path, tmp_path: Path) -> None:
    run(root, "branch", "-m", "main", "trunk")
    assert Git(root).main_branch() is None
    run(tmp_path, "clone", "-q", str(root), "second")
    assert Git(tmp_path / "second").main_branch() == "refs/remotes/origin/trunk"


def test_a_main_branch_that_origin_no_longer_has(root: Path, tmp_path: Path) -> None:
    run(tmp_path, "clone", "-q", str(root), "second")
    second = tmp_path / "second"
    run(second, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/gone")
    assert Git(second).main_branch() == "refs/heads/main"


def test_the_local_main_branch_comes_next(root: Path) -> None:
    assert Git(root).main_branch() == "refs/heads/main"


def test_the_commits_that_two_share_last(root: Path) -> None:
    start = run(root, "rev-parse", "HEAD")
    run(root, "checkout", "-q", "-b", "topic")
    head = commit(root)
    assert Git(root).merge_bases("main", head) == (start,)
    run(root, "checkout", "-q", "--orphan", "stranger")
    assert Git(root).merge_bases("main", commit(root, "Unrelated")) == ()


def test_a_shallow_clone_says_so(root: Path, tmp_path: Path) -> None:
    commit(root)
    run(tmp_path, "clone", "-q", "--depth=1", f"file://{root}", "shallow")
    assert Git(tmp_path / "shallow").is_shallow()
    assert not Git(root).is_shallow()
    with pytest.raises(UnknownRevisionError) as caught:
        Git(tmp_path / "shallow").resolve("HEAD~1")
    assert "git fetch --unshallow" in caught.value.help


def test_changes_between_commits(root: Path) -> None:
    base = run(root, "rev-parse", "HEAD")
    write(root, {"cases/b/y.md": "two\n", "other.txt": "not asked for\n"})
    (root / "cases/a/x.md").rename(root / "cases/a/z.md")
    head = commit(root)
    assert Git(root).changes(base, head, "cases") == (
        Change("D", "cases/a/x.md"),
        Change("A", "cases/a/z.md"),
        Change("A", "cases/b/y.md"),
    )


def test_changes_of_the_working_tree_hold_what_is_new_and_not_ignored(root: Path) -> None:
    base = run(root, "rev-parse", "HEAD")
    write(root, {".gitignore": "*.tmp\n", "cases/b.tmp": "", "cases/b.md": "new\n"})
    run(root, "rm", "-q", "--cached", "cases/a/x.md")
    assert Git(root).changes(base, None, "cases") == (
        Change("M", "cases/a/x.md"),
        Change("A", "cases/b.md"),
    )


def test_a_name_is_never_a_pattern(root: Path) -> None:
    assert Git(root).files("cases/*") == ()
    assert not list(Git(root).tree("HEAD", "cases/*"))


@pytest.mark.skipif(os.name == "nt", reason="such names do not exist there")
def test_names_with_anything_in_them(root: Path) -> None:
    names = ["cases/new\nline.md", 'cases/"quoted".md', "cases/tab\t.md", "cases/caf\udce9.md"]
    for name in names:
        Path(
            os.fsdecode(os.fsencode(str(root)) + b"/" + name.encode("utf-8", "surrogateescape"))
        ).write_text("x")
    head = commit(root)
    git = Git(root)
    assert set(names) <= set(git.files("cases"))
    entries = {each.path: each.id for each in git.tree(head, "cases")}
    assert set(names) <= set(entries)
    assert set(names) <= {each.path for each in git.changes(f"{head}~1", head, "cases")}
    assert list(git.objects(entries[name] for name in names)) == [b"x"] * 4


def test_many_objects_in_order(root: Path) -> None:
    write(root, {f"cases/{n}.md": f"case {n}\n" * 500 for n in range(300)})
    entries = {each.path: each.id for each in Git(root).tree(commit(root), "cases")}
    contents = Git(root).objects(entries[f"cases/{n}.md"] for n in range(300))
    assert list(contents) == [f"case {n}\n".encode() * 500 for n in range(300)]


def test_what_went_wrong_is_told_and_not_what_git_says_before_it(root: Path) -> None:
    with pytest.raises(GitError) as caught:
        Git(root).run("rev-list", "HEAD", "1" * 40)
    assert caught.value.message == (
        f"git must be able to read the repository: bad object {'1' * 40}"
    )


def test_a_missing_object(root: Path) -> None:
    with pytest.raises(GitError, match="must hold all of its objects"):
        list(Git(root).objects(["0" * 40]))


def test_what_git_is_told_to_run_is_not_run(root: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "diff.external", "core.pager", "diff.trap.textconv"):
        run(root, "config", key, str(trap))
    write(root, {".gitattributes": "*.md diff=trap\n", "cases/a/x.md": "changed\n"})
    git = Git(root)
    assert git.changes(git.resolve("HEAD"), None, "cases") == (Change("M", "cases/a/x.md"),)
    assert git.files("cases") == ("cases/a/x.md",)
    assert not (tmp_path / "sprung").exists()


def test_no_filter_is_run_over_the_working_tree(root: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\ncat\n")
    trap.chmod(0o755)
    for key in ("clean", "smudge", "process"):
        run(root, "config", f"filter.trap.{key}", str(trap))
    run(root, "config", "filter.trap.required", "true")
    write(root, {".gitattributes": "*.md filter=trap\n", "cases/a/x.md": "changed\n"})
    git = Git(root)
    assert git.changes(git.resolve("HEAD"), None, "cases") == (Change("M", "cases/a/x.md"),)
    assert not (tmp_path / "sprung").exists()


def test_what_a_partial_clone_left_out_is_not_fetched(root: Path, tmp_path: Path) -> None:
    blob = run(root, "rev-parse", "HEAD:cases/a/x.md")
    (root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    settings = {
        "remote.o.url": f"ext::sh -c touch% {tmp_path}/sprung",
        "remote.o.promisor": "true",
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "o",
        "protocol.ext.allow": "always",
    }
    for key, value in settings.items():
        run(root, "config", key, value)
    with pytest.raises(GitError, match="must hold all of its objects"):
        list(Git(root).objects([blob]))
    assert not (tmp_path / "sprung").exists()


@pytest.mark.skipif(os.name == "nt", reason="a program there is known by its name")
def test_git_is_no_program(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "git").write_text("not a program")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match="cannot be started: exec format error"):
        Git(root).files("cases")
