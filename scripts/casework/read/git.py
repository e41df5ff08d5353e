"""The one door to git: objects, trees and differences as bytes, never a checkout."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from casework.read.git_command import GitCommand
from casework.read.git_error import (
    GitFailedError,
    UnknownRevisionError,
    not_a_repository,
)
from casework.read.git_listing import SUBMODULE, Change, Entry, entries, names, statuses

_DIFF = (
    *("diff", "--raw", "-z", "--no-renames"),
    *("--no-ext-diff", "--no-textconv", "--ignore-submodules=dirty"),
)
_UNTRACKED = ("-z", "--others", "--exclude-standard")


class Git:
    """A repository, by the folder that git is run in: its root, or a bare repository's folder."""

    def __init__(self, root: Path, *, is_bare: bool = False) -> None:
        self.root = root
        self.is_bare = is_bare
        self._git = GitCommand(root)
        self._commits: set[str] = set()

    @classmethod
    def find(cls, start: Path) -> "Git":
        """The repository that a folder lies in. Raises GitError when there is none."""
        for folder in (start, *start.parents):
            if _is_repository(folder / ".git"):
                return cls(folder)
        is_bare, _, top = (
            GitCommand(start).text("rev-parse", "--is-bare-repository", "--git-dir").partition("\n")
        )
        if is_bare != "true":
            raise not_a_repository(start)
        return cls((start / top.strip("\n")).resolve(), is_bare=True)

    def run(self, *arguments: str, content: bytes | None = None) -> bytes:
        """What git prints, once it was told the content. Raises GitError."""
        return self._git.run(*arguments, content=content)

    def resolve(self, revision: str) -> str:
        """The id of the commit that a revision names. Raises UnknownRevisionError."""
        commit = self.commit(revision)
        if commit is None:
            raise self._unknown(revision)
        return commit

    def commit(self, revision: str) -> str | None:
        """The id of the commit that a revision names, or None when there is none."""
        if revision in self._commits:  # an id names nothing else later, as a branch may
            return revision
        found = self._object(revision, "^{commit}")
        if found is not None:
            self._commits.add(found)
        return found

    def resolve_all(self, *revisions: str) -> tuple[str, ...]:
        """The ids of the commits that revisions name. Raises UnknownRevisionError."""
        # As input, none of them is an option, a range or a file that lies there.
        asked = "".join(f"{each}^{{commit}}\n" for each in revisions).encode(errors="replace")
        told = self._git.run("cat-file", "--batch-check=%(objectname)", content=asked).splitlines()
        if len(told) != len(revisions) or any(b" " in each for each in told):
            return tuple(self.resolve(each) for each in revisions)  # which tells the one amiss
        commits = tuple(each.decode() for each in told)
        self._commits.update(commits)
        return commits

    def main_branch(self) -> str | None:
        """The full name of the branch that pull requests go into, or None."""
        # The first may name a branch that is gone, where the main branch was renamed.
        return next((each for each in self._main_branches() if self.commit(each)), None)

    def merge_bases(self, one: str, other: str) -> tuple[str, ...]:
        """The last commits that two share; several where both merged the same ones separately."""
        try:
            return tuple(self._git.text("merge-base", "--all", one, other).split())
        except GitFailedError as error:
            if error.code == 1:
                return ()
            raise

    def is_ancestor(self, one: str, other: str) -> bool:
        """Whether all of one commit's history is in another's. Both must be there."""
        try:
            self._git.run("merge-base", "--is-ancestor", one, other)
        except GitFailedError as error:
            if error.code == 1:
                return False
            raise
        return True

    def remote_url(self, name: str = "origin") -> str | None:
        """Where a remote is, or None when there is none of that name."""
        try:
            return self._git.text("config", "--get", f"remote.{name}.url").strip() or None
        except GitFailedError:
            return None

    def fetch(self, remote: str, *refspecs: str, token: str | None = None) -> None:
        """Bring commits here, and note them under `refs/casework/`. Raises RemoteError."""
        from casework.read.git_remote import Remote

        Remote(self._git, self._address(remote), token).fetch(*refspecs)

    def fetch_commit(self, remote: str, commit: str, token: str | None = None) -> bool:
        """Whether a commit is here, brought from a remote if it was not.

        False when the remote no longer has it. Raises RemoteError when that cannot be known.
        """
        from casework.read.git_remote import Remote

        if self.commit(commit) is None:
            Remote(self._git, self._address(remote), token).fetch_commit(commit)
        return self.commit(commit) is not None

    def remote_refs(
        self, remote: str, *patterns: str, token: str | None = None
    ) -> Mapping[str, str]:
        """The id of each of a remote's refs whose full name fits. Raises RemoteError."""
        from casework.read.git_remote import Remote

        return Remote(self._git, self._address(remote), token).refs(*patterns)

    def push(self, remote: str, own: str, theirs: str, token: str | None = None) -> bool:
        """Whether a ref of a remote's now stands where one does here, with nothing of it lost.

        False when it was moved meanwhile. Raises RemoteError.
        """
        from casework.read.git_remote import Remote

        return Remote(self._git, self._address(remote), token).push(own, theirs)

    def is_shallow(self) -> bool:
        """Whether older commits were left out when the repository was cloned."""
        return self._git.text("rev-parse", "--is-shallow-repository").strip() == "true"

    def files(self, *paths: str) -> tuple[str, ...]:
        """Paths that are tracked, or neither tracked nor ignored, at or under the given ones."""
        listing = self._git.run("ls-files", "--cached", *_UNTRACKED, "--", *paths)
        return tuple(sorted({each.rstrip("/") for each in names(listing)}))

    def is_submodule(self, path: str) -> bool:
        """Whether the index holds a submodule at a path."""
        listing = self._git.run("ls-files", "-z", "--stage", "--", path)
        return listing.startswith(SUBMODULE.encode())

    def tree(self, commit: str, *paths: str, recursive: bool = True) -> Iterator[Entry]:
        """The files at or under the paths in a commit, in git's order."""
        how = ("-r",) if recursive else ()
        yield from entries(self._git.run("ls-tree", *how, "-l", "-z", commit, "--", *paths))

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
        plainly = self._without_filters() if head is None else ()
        differing = self._git.start(*plainly, *_DIFF, *ends, "--", *paths)
        others = self._git.start("ls-files", *_UNTRACKED, "--", *paths) if head is None else None

        def waited_for() -> tuple[Change, ...]:
            try:
                found = statuses(self._git.output(differing))
            finally:
                untracked = names(self._git.output(others)) if others else []
            for path in untracked:
                # What was taken out of the index but still lies there is changed, not deleted.
                found[path.rstrip("/")] = "M" if found.get(path) == "D" else "A"
            return tuple(Change(found[path], path) for path in sorted(found))

        return waited_for

    def objects(self, ids: Iterable[str]) -> Iterator[bytes]:
        """The content of each object, in the order asked for."""
        from casework.read.git_objects import contents  # a working tree's files lie there

        waiting = list(ids)
        if not waiting:
            return
        with self._git.start("cat-file", "--batch") as process:
            assert process.stdin is not None  # noqa: S101  # they are pipes
            assert process.stdout is not None  # noqa: S101
            try:
                yield from contents(process.stdin, process.stdout, waiting)
            finally:
                # It would wait for the end of its input, which a process that was forked meanwhile
                # holds open, too.
                process.kill()

    def _address(self, remote: str) -> str:
        """Where a remote is. By its address, nothing holds that is set for its name."""
        return remote if "/" in remote else self.remote_url(remote) or remote

    def _main_branches(self) -> Iterator[str]:
        with suppress(GitFailedError):  # nobody said which one it is
            yield self._git.text("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD").strip()
        for each in ("heads/main", "heads/master", "remotes/origin/main", "remotes/origin/master"):
            yield f"refs/{each}"

    def _object(self, revision: str, kind: str = "") -> str | None:
        """The id of what a revision names, or None when there is no such thing of that kind."""
        # A `-` begins an option, and a `^` names all that is not behind a commit.
        if not revision or revision[0] in "-^" or not revision.isprintable():
            return None
        try:
            found = self._git.text("rev-parse", "--quiet", "--verify", f"{revision}{kind}")
        except GitFailedError as error:
            if error.code != 1:
                self._git.text("rev-parse", "--git-dir")  # the repository itself may be broken
            return None
        return found.strip() or None

    def _without_filters(self) -> tuple[str, ...]:
        """Options that keep git from running programs over the files that it compares."""
        try:
            listing = self._git.run("config", "-z", "--name-only", "--get-regexp", r"^filter\.")
        except GitFailedError:
            return ()  # there are none
        filters = sorted({each.rpartition(".")[0] for each in names(listing)})
        off = ("clean=", "smudge=", "process=", "required=false")
        return tuple(word for name in filters for each in off for word in ("-c", f"{name}.{each}"))

    def _unknown(self, revision: str) -> UnknownRevisionError:
        import difflib

        if self._object(revision):
            return UnknownRevisionError(
                f"a revision must name a commit; `{revision}` names something else",
                "Give a branch, a tag of a commit, or a commit.",
            )
        listing = self._git.text("for-each-ref", "--format=%(refname:short)")
        near = difflib.get_close_matches(revision, listing.splitlines(), n=1)
        guess = f"Did you mean `{near[0]}`? " if near else ""
        fetch = "git fetch --unshallow" if self.is_shallow() else "git fetch"
        return UnknownRevisionError(
            f"a revision must exist in this repository; `{revision}` does not",
            f"{guess}If it is newer than your clone, run `{fetch}` first.",
        )


def _is_repository(place: Path) -> bool:
    return place.is_file() or (place / "HEAD").is_file() or (place / "HEAD").is_symlink()
