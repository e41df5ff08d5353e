"""The one door to git: objects, trees and differences as bytes, never a checkout."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import subprocess

SYMLINK = "120000"
SUBMODULE = "160000"

_QUIET = (
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    *("-c", "core.quotePath=false"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.askPass="),
    *("-c", f"core.hooksPath={os.devnull}"),
)

_DIFF = (
    *("diff", "--raw", "-z", "--no-renames"),
    *("--no-ext-diff", "--no-textconv", "--ignore-submodules=dirty"),
)
_UNTRACKED = ("-z", "--others", "--exclude-standard")

_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_SSH_COMMAND": "ssh -oBatchMode=yes",
}

_WINDOW = 64  # objects asked for at once: few enough that neither pipe ever fills with requests


class GitError(Exception):
    """Git cannot give what is asked for: what must be, and what to do about it."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class UnknownRevisionError(GitError):
    """A revision that somebody named does not exist."""


class Entry(NamedTuple):
    """A file of a commit: what git calls its mode, its object, its size (0 unless a file)."""

    mode: str
    id: str
    size: int
    path: str


class Change(NamedTuple):
    """A path that differs between two trees."""

    status: str
    """`A` added, `M` modified, `D` deleted, `T` another kind of file."""
    path: str


class Git:
    """A repository, by the folder that git is run in: its root, or a bare repository's folder."""

    def __init__(self, root: Path, *, is_bare: bool = False) -> None:
        self.root = root
        self.is_bare = is_bare

    @classmethod
    def find(cls, start: Path) -> "Git":
        """The repository that a folder lies in. Raises GitError when there is none."""
        for folder in (start, *start.parents):
            if _is_repository(folder / ".git"):
                return cls(folder)
        is_bare, _, top = (
            cls(start)._text("rev-parse", "--is-bare-repository", "--git-dir").partition("\n")
        )
        if is_bare != "true":
            raise _not_a_repository(start)
        return cls((start / top.strip("\n")).resolve(), is_bare=True)

    def resolve(self, revision: str) -> str:
        """The id of the commit that a revision names. Raises UnknownRevisionError."""
        commit = self.commit(revision)
        if commit is None:
            raise self._unknown(revision)
        return commit

    def commit(self, revision: str) -> str | None:
        """The id of the commit that a revision names, or None when there is none."""
        if not revision or revision.startswith("-") or not revision.isprintable():
            return None
        try:
            found = self._text("rev-parse", "--quiet", "--verify", f"{revision}^{{commit}}")
        except _FailedError:
            return None
        return found.strip() or None

    def main_branch(self) -> str | None:
        """The full name of the branch that pull requests go into, or None."""
        try:
            return self._text("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD").strip()
        except _FailedError:
            heads = ("heads/main", "heads/master", "remotes/origin/main", "remotes/origin/master")
            names = (f"refs/{each}" for each in heads)
            return next((each for each in names if self.commit(each)), None)

    def merge_base(self, one: str, other: str) -> str | None:
        """The best common ancestor of two commits, or None when they share no history."""
        try:
            return self._text("merge-base", one, other).strip()
        except _FailedError as error:
            if error.code == 1:
                return None
            raise

    def is_shallow(self) -> bool:
        """Whether older commits were left out when the repository was cloned."""
        return self._text("rev-parse", "--is-shallow-repository").strip() == "true"

    def files(self, *paths: str) -> tuple[str, ...]:
        """Paths that are tracked, or neither tracked nor ignored, at or under the given ones."""
        listing = self._run("ls-files", "--cached", *_UNTRACKED, "--", *paths)
        return tuple(sorted({each.rstrip("/") for each in _names(listing)}))

    def is_submodule(self, path: str) -> bool:
        """Whether the index holds a submodule at a path."""
        listing = self._run("ls-files", "-z", "--stage", "--", path)
        return listing.startswith(SUBMODULE.encode())

    def tree(self, commit: str, *paths: str, recursive: bool = True) -> Iterator[Entry]:
        """The files at or under the paths in a commit, in git's order."""
        how = ("-r",) if recursive else ()
        for line in _names(self._run("ls-tree", *how, "-l", "-z", commit, "--", *paths)):
            about, path = line.split("\t", 1)
            mode, _, name, size = about.split()
            yield Entry(mode, name, int(size) if size.isdigit() else 0, path)

    def changes(self, base: str, head: str | None, *paths: str) -> tuple[Change, ...]:
        """What differs at or under the paths between a commit and another, or the working tree.

        A renamed file is one deleted and one added.
        """
        return self.begin_changes(base, head, *paths)()

    def begin_changes(
        self, base: str, head: str | None, *paths: str
    ) -> Callable[[], tuple[Change, ...]]:
        """Let git look for changes; what is handed back waits for it and tells them."""
        ends = (base,) if head is None else (base, head)
        differing = self._start(*_DIFF, *ends, "--", *paths)
        others = self._start("ls-files", *_UNTRACKED, "--", *paths) if head is None else None

        def waited_for() -> tuple[Change, ...]:
            found = _parsed(self._output(differing))
            for path in _names(self._output(others)) if others else ():
                # What was taken out of the index but still lies there is changed, not deleted.
                found[path.rstrip("/")] = "M" if found.get(path) == "D" else "A"
            return tuple(Change(found[path], path) for path in sorted(found))

        return waited_for

    def objects(self, ids: Iterable[str]) -> Iterator[bytes]:
        """The content of each object, in the order asked for."""
        waiting = list(ids)
        if not waiting:
            return
        with self._start("cat-file", "--batch") as process:
            assert process.stdin is not None  # noqa: S101  # they are pipes
            assert process.stdout is not None  # noqa: S101
            for start in range(0, len(waiting), _WINDOW):
                window = waiting[start : start + _WINDOW]
                process.stdin.write("".join(f"{each}\n" for each in window).encode())
                process.stdin.flush()
                for each in window:
                    yield _content(process.stdout, each)

    def _unknown(self, revision: str) -> UnknownRevisionError:
        import difflib

        listing = self._text("for-each-ref", "--format=%(refname:short)")
        near = difflib.get_close_matches(revision, listing.splitlines(), n=1)
        guess = f"Did you mean `{near[0]}`? " if near else ""
        fetch = "git fetch --unshallow" if self.is_shallow() else "git fetch"
        return UnknownRevisionError(
            f"a revision must exist in this repository; `{revision}` does not",
            f"{guess}If it is newer than your clone, run `{fetch}` first.",
        )

    def _text(self, *arguments: str) -> str:
        return self._run(*arguments).decode("utf-8", "surrogateescape")

    def _run(self, *arguments: str) -> bytes:
        return self._output(self._start(*arguments))

    def _output(self, started: "subprocess.Popen[bytes]") -> bytes:
        with started as process:
            output, complaint = process.communicate()
        if process.returncode:
            raise _failure(self.root, complaint, process.returncode)
        return output

    def _start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        import subprocess  # most runs over one file need no git at all

        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        try:
            return subprocess.Popen(  # noqa: S603  # a fixed program, no shell, names after `--`
                [b"git", *(_native(each) for each in (*_QUIET, *arguments))],
                cwd=self.root,
                env=kept | _ENVIRONMENT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        except FileNotFoundError as error:
            raise _missing(self.root) from error


class _FailedError(GitError):
    """Git ended with an exit code of its own."""

    def __init__(self, message: str, help: str, code: int) -> None:
        super().__init__(message, help)
        self.code = code


def _is_repository(place: Path) -> bool:
    return place.is_file() or (place / "HEAD").is_file() or (place / "HEAD").is_symlink()


def _native(word: str) -> bytes | str:
    return word if os.name == "nt" else word.encode("utf-8", "surrogateescape")


def _names(listing: bytes) -> list[str]:
    return listing.decode("utf-8", "surrogateescape").split("\0")[:-1]


def _parsed(listing: bytes) -> dict[str, str]:
    """The status of each path of a raw difference."""
    words = _names(listing)
    pairs = zip(words[::2], words[1::2], strict=True)
    return {path: about.rsplit(" ", 1)[-1][:1] for about, path in pairs}


def _content(stream: IO[bytes], id: str) -> bytes:
    header = stream.readline().split()
    if len(header) != 3:
        raise GitError(
            f"the repository must hold all of its objects; `{id}` is missing",
            "Fetch it again (`git fetch`), or clone the repository anew.",
        )
    content = stream.read(int(header[2]))
    stream.read(1)
    return content


def _failure(root: Path, complaint: bytes, code: int) -> GitError:
    said = complaint.decode("utf-8", "replace").strip()
    if "not a git repository" in said:
        return _not_a_repository(root)
    if "dubious ownership" in said:
        return GitError(
            f"the repository must belong to you; git does not trust `{root}`",
            f"If it is yours, run `git config --global --add safe.directory {root}`.",
        )
    first = said.splitlines()[0].removeprefix("fatal: ") if said else f"git ended with {code}"
    return _FailedError(
        f"git must be able to read the repository: {first}", "Run `git fsck`.", code
    )


def _not_a_repository(start: Path) -> GitError:
    return GitError(
        f"casework must be started in a git repository; `{start}` is not in one",
        "Go to your clone of the cases' repository, or name it with `-C DIR`.",
    )


def _missing(root: Path) -> GitError:
    if not root.is_dir():
        return GitError(f"the folder must exist; `{root}` does not", "Name another with `-C DIR`.")
    return GitError("git must be installed; there is no `git` to run", "See https://git-scm.com.")
