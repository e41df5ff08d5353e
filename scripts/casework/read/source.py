"""Where files come from: the working tree as it lies there, or a commit. Both answer alike."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from casework.model.blob import Blob, Obstacle
from casework.read.git import Git
from casework.read.git_command import MOST_NAMED
from casework.read.git_listing import SUBMODULE, SYMLINK, Entry
from casework.read.text import byte_limit


class Source(Protocol):
    """One state of the repository's files. Paths start at its root and have forward slashes."""

    def paths(self, *prefixes: str) -> tuple[str, ...]:
        """All files at or under the given paths, sorted; symlinks and submodules among them."""

    def folder(self, path: str) -> tuple[str, ...]:
        """What lies right in a folder, sorted."""

    def read(self, paths: Iterable[str]) -> Iterator[Blob]:
        """What is at each path, in the order asked for."""

    def read_one(self, path: str) -> Blob:
        """What is at a path."""


class WorkingTree:
    """The files as they lie in the working tree: tracked ones, and new ones not ignored."""

    def __init__(self, root: Path, git: Git | None = None) -> None:
        self.root = root
        self._git = git or Git(root)
        self._blocked: dict[str, Obstacle | None] = {"": None}

    def paths(self, *prefixes: str) -> tuple[str, ...]:
        """All files at or under the given paths, sorted; symlinks and submodules among them."""
        return tuple(each for each in self._git.files(*prefixes) if self._is_there(each))

    def folder(self, path: str) -> tuple[str, ...]:
        """What lies right in a folder, sorted, ignored or not: git is not asked."""
        try:
            names = os.listdir(self._native(path))  # noqa: PTH208  # names as bytes, whatever they hold
        except OSError:
            return ()
        return tuple(sorted(f"{path}/{_decoded(each)}" for each in names))

    def read(self, paths: Iterable[str]) -> Iterator[Blob]:
        """What is at each path, in the order asked for."""
        return map(self.read_one, paths)

    def read_one(self, path: str) -> Blob:
        """What is at a path."""
        if obstacle := self._obstacle_above(path.rpartition("/")[0]):
            return Blob(path, obstacle=obstacle)
        try:
            found = os.lstat(self._native(path))
            if obstacle := self._obstacle_at(path, found):
                return Blob(path, obstacle=obstacle, detail=_detail(obstacle, found))
            return self._content(path)
        except (FileNotFoundError, NotADirectoryError):
            return Blob(path, obstacle=Obstacle.ABSENT)
        except (OSError, ValueError) as error:
            return Blob(path, obstacle=Obstacle.UNREADABLE, detail=_complaint(error))

    def _content(self, path: str) -> Blob:
        limit = byte_limit(path)
        # Never through a symlink, and never waiting for a pipe, that was put there meanwhile.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        descriptor = os.open(self._native(path), flags | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return Blob(path, obstacle=Obstacle.UNREADABLE, detail=_NO_FILE)
            content = file.read(limit + 1)
        if len(content) > limit:
            return Blob(path, obstacle=Obstacle.TOO_LARGE, detail=str(len(content)))
        return Blob(path, content)

    def _obstacle_at(self, path: str, found: os.stat_result) -> Obstacle | None:
        if stat.S_ISREG(found.st_mode):
            return Obstacle.TOO_LARGE if found.st_size > byte_limit(path) else None
        if stat.S_ISLNK(found.st_mode):
            return Obstacle.SYMLINK
        if stat.S_ISDIR(found.st_mode):
            return Obstacle.SUBMODULE if self._git.is_submodule(path) else Obstacle.DIRECTORY
        return Obstacle.UNREADABLE

    def _obstacle_above(self, folder: str) -> Obstacle | None:
        if folder not in self._blocked:
            above = self._obstacle_above(folder.rpartition("/")[0])
            linked = os.path.islink(self._native(folder))  # noqa: PTH114  # bytes
            self._blocked[folder] = above or (Obstacle.SYMLINK if linked else None)
        return self._blocked[folder]

    def _is_there(self, path: str) -> bool:
        try:
            os.lstat(self._native(path))
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:
            pass  # what lies in a folder that may not be entered is unreadable, not absent
        return not self._obstacle_above(path.rpartition("/")[0])

    def _native(self, path: str) -> bytes | str:
        if os.name == "nt":
            return str(self.root / path)
        return os.fsencode(self.root) + b"/" + path.encode("utf-8", "surrogateescape")


class Revision:
    """The files of a commit, read from git's objects and never checked out."""

    def __init__(self, git: Git, commit: str) -> None:
        self._git = git
        self.commit = commit

    def paths(self, *prefixes: str) -> tuple[str, ...]:
        """All files at or under the given paths, sorted; symlinks and submodules among them."""
        return tuple(sorted(each.path for each in self._git.tree(self.commit, *prefixes)))

    def folder(self, path: str) -> tuple[str, ...]:
        """What lies right in a folder, sorted."""
        return tuple(
            sorted(e.path for e in self._git.tree(self.commit, f"{path}/", recursive=False))
        )

    def read(self, paths: Iterable[str]) -> Iterator[Blob]:
        """What is at each path, in the order asked for."""
        wanted = list(paths)
        entries = self._entries(wanted)
        blobs = [self._blob(path, entries) for path in wanted]
        contents = self._git.objects(entries[b.path].id for b in blobs if not b.obstacle)
        for blob in blobs:
            yield blob if blob.obstacle else blob._replace(content=next(contents))

    def read_one(self, path: str) -> Blob:
        """What is at a path."""
        return next(self.read([path]))

    def _entries(self, wanted: list[str]) -> dict[str, Entry]:
        folders = sorted({each.split("/")[0] for each in wanted})
        asked = wanted if len(wanted) <= MOST_NAMED else folders
        return {each.path: each for each in self._git.tree(self.commit, *asked)} if asked else {}

    def _blob(self, path: str, entries: dict[str, Entry]) -> Blob:
        entry = entries.get(path)
        if entry is None:
            return Blob(path, obstacle=self._why_absent(path, entries))
        if entry.mode in (SYMLINK, SUBMODULE):
            return Blob(path, obstacle=_OBSTACLES[entry.mode])
        if entry.size > byte_limit(path):
            return Blob(path, obstacle=Obstacle.TOO_LARGE, detail=str(entry.size))
        return Blob(path)

    def _why_absent(self, path: str, entries: dict[str, Entry]) -> Obstacle:
        if any(each.startswith(f"{path}/") for each in entries):
            return Obstacle.DIRECTORY
        parts = path.split("/")
        above = ["/".join(parts[:end]) for end in range(1, len(parts))]
        found = self._git.tree(self.commit, *above, recursive=False) if above else iter(())
        return next((_OBSTACLES[e.mode] for e in found if e.mode in _OBSTACLES), Obstacle.ABSENT)


_NO_FILE = "it is neither a file nor a folder"
_OBSTACLES = {SYMLINK: Obstacle.SYMLINK, SUBMODULE: Obstacle.SUBMODULE}


def _decoded(name: bytes | str) -> str:
    return name if isinstance(name, str) else name.decode("utf-8", "surrogateescape")


def _detail(obstacle: Obstacle, found: os.stat_result) -> str:
    if obstacle is Obstacle.TOO_LARGE:
        return str(found.st_size)
    return _NO_FILE if obstacle is Obstacle.UNREADABLE else ""


def _complaint(error: OSError | ValueError) -> str:
    # The system's own words alone: its whole message would repeat the machine's path.
    return (getattr(error, "strerror", None) or "no such name").lower()
