import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from casework.model.blob import Blob, Obstacle
from casework.read.git import Git
from casework.read.source import Revision, Source, WorkingTree
from casework.read.text import byte_limit

Door = Callable[[], Source]


def run(root: Path, *arguments: str) -> str:
    me = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *me, *arguments], cwd=root, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "clone"
    (folder / "cases" / "ada").mkdir(parents=True)
    run(folder, "init", "-q", "-b", "main")
    (folder / "cases/ada/2027-02.md").write_bytes(b"\xef\xbb\xbfcase\r\n")
    return folder


@pytest.fixture(params=["working tree", "revision"])
def door(request: pytest.FixtureRequest, root: Path) -> Door:
    def opened() -> Source:
        if request.param == "working tree":
            return WorkingTree(root)
        run(root, "add", "-A")
        run(root, "commit", "-q", "-m", "All of it")
        return Revision(Git(root), run(root, "rev-parse", "HEAD"))

    return opened


def test_bytes_come_as_they_are(door: Door) -> None:
    blob = door().read_one("cases/ada/2027-02.md")
    assert blob == Blob("cases/ada/2027-02.md", b"\xef\xbb\xbfcase\r\n")


def test_paths_are_sorted_and_start_at_the_root(root: Path, door: Door) -> None:
    (root / "cases/people.yaml").write_text("people: {}\n")
    (root / "README.md").write_text("not asked for\n")
    assert door().paths("cases") == ("cases/ada/2027-02.md", "cases/people.yaml")


def test_a_folder_lists_what_lies_right_in_it(root: Path, door: Door) -> None:
    (root / "cases/people.yaml").write_text("people: {}\n")
    source = door()
    assert source.folder("cases") == ("cases/ada", "cases/people.yaml")
    assert source.folder("nowhere") == ()


def test_blobs_come_in_the_order_asked_for(root: Path, door: Door) -> None:
    (root / "b").write_text("b")
    (root / "a").write_text("a")
    assert list(door().read(["b", "c", "a"])) == [
        Blob("b", b"b"),
        Blob("c", obstacle=Obstacle.ABSENT),
        Blob("a", b"a"),
    ]


def test_many_paths_at_once(root: Path, door: Door) -> None:
    for number in range(250):
        (root / f"cases/{number}.md").write_text(str(number))
    paths = [f"cases/{number}.md" for number in range(250)]
    assert [each.content for each in door().read(paths)] == [b"%d" % n for n in range(250)]


def test_an_absent_file(door: Door) -> None:
    source = door()
    assert source.read_one("cases/ada/2027-02.md/x").obstacle is Obstacle.ABSENT
    assert source.read_one("cases/nobody/x.md").obstacle is Obstacle.ABSENT


def test_a_folder_where_a_file_should_be(root: Path, door: Door) -> None:
    (root / "cases/ada/2026-08.md").mkdir()
    (root / "cases/ada/2026-08.md/inner.md").write_text("x")
    assert door().read_one("cases/ada/2026-08.md").obstacle is Obstacle.DIRECTORY


def test_a_symlink_is_not_followed(root: Path, door: Door) -> None:
    (root / "cases/ada/link.md").symlink_to("2027-02.md")
    (root / "cases/grace").symlink_to("ada")
    source = door()
    assert source.read_one("cases/ada/link.md").obstacle is Obstacle.SYMLINK
    assert source.read_one("cases/grace/2027-02.md").obstacle is Obstacle.SYMLINK
    assert source.paths("cases") == ("cases/ada/2027-02.md", "cases/ada/link.md", "cases/grace")


def test_a_submodule_that_was_not_fetched(root: Path) -> None:
    (root / "cases/ada/sub.md").mkdir()
    entry = "160000,1111111111111111111111111111111111111111,cases/ada/sub.md"
    run(root, "update-index", "--add", "--cacheinfo", entry)
    assert "cases/ada/sub.md" in WorkingTree(root).paths("cases")
    assert WorkingTree(root).read_one("cases/ada/sub.md").obstacle is Obstacle.SUBMODULE


def test_a_submodule_in_a_commit(root: Path) -> None:
    entry = "160000,1111111111111111111111111111111111111111,cases/ada/sub.md"
    run(root, "update-index", "--add", "--cacheinfo", entry)
    run(root, "commit", "-q", "-m", "A submodule")
    source = Revision(Git(root), "HEAD")
    assert source.paths("cases") == ("cases/ada/sub.md",)
    assert source.read_one("cases/ada/sub.md").obstacle is Obstacle.SUBMODULE
    assert source.read_one("cases/ada/sub.md/x.md").obstacle is Obstacle.SUBMODULE


def test_a_file_beyond_its_limit_is_not_read(root: Path, door: Door) -> None:
    limit = byte_limit("cases/ada/2027-02.md")
    (root / "cases/ada/large.md").write_bytes(b"x" * (limit + 1))
    (root / "cases/ada/fits.md").write_bytes(b"x" * limit)
    (root / "cases/people.yaml").write_bytes(b"x" * (limit + 1))
    source = door()
    large = source.read_one("cases/ada/large.md")
    assert large == Blob("cases/ada/large.md", b"", Obstacle.TOO_LARGE, str(limit + 1))
    assert len(source.read_one("cases/ada/fits.md").content) == limit
    assert source.read_one("cases/people.yaml").obstacle is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes there")
def test_a_pipe_is_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "cases/pipe.md")
    blob = WorkingTree(root).read_one("cases/pipe.md")
    assert blob.obstacle is Obstacle.UNREADABLE
    assert blob.detail == "it is neither a file nor a folder"


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read(root: Path) -> None:
    (root / "cases/ada/2027-02.md").chmod(0)
    blob = WorkingTree(root).read_one("cases/ada/2027-02.md")
    assert (blob.obstacle, blob.detail) == (Obstacle.UNREADABLE, "permission denied")


@pytest.mark.parametrize("name", ["x" * 300 + ".md", "nul\0.md"])
def test_a_name_that_no_system_takes(root: Path, name: str) -> None:
    assert WorkingTree(root).read_one(f"cases/{name}").obstacle is Obstacle.UNREADABLE


def test_what_is_deleted_but_still_tracked_is_not_there(root: Path) -> None:
    run(root, "add", "-A")
    (root / "cases/ada/2027-02.md").unlink()
    assert WorkingTree(root).paths("cases") == ()


@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() == 0, reason="root may enter any folder")
def test_a_file_in_a_folder_that_may_not_be_entered(root: Path) -> None:
    run(root, "add", "-A")
    (root / "cases/ada").chmod(0)
    tree = WorkingTree(root)
    assert tree.paths("cases") == ("cases/ada/2027-02.md",)
    assert tree.read_one("cases/ada/2027-02.md").obstacle is Obstacle.UNREADABLE
    (root / "cases/ada").chmod(0o755)
