"""Writing files of the repository: all of them or none, never through a link, never half."""

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from casework.cli.failure import FailureError
from casework.model.blob import Obstacle
from casework.read.source import WorkingTree

_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class Replacement(NamedTuple):
    """What a file is to hold, and what it held when that was worked out."""

    path: str
    before: bytes
    after: bytes


def create(source: WorkingTree, path: str, content: bytes) -> None:
    """Write a file where there is none. Raises FailureError, and leaves whatever is there."""
    obstacle = source.read_one(path).obstacle
    if obstacle is not Obstacle.ABSENT:
        raise _occupied(path, obstacle)
    place = source.root / path
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, 0o666)
    except FileExistsError as error:
        raise _occupied(path, None) from error
    except OSError as error:
        raise _unusable(path, error) from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except OSError as error:
        with suppress(OSError):
            place.unlink(missing_ok=True)
        raise _unusable(path, error) from error


def replace(source: WorkingTree, replacements: list[Replacement]) -> None:
    """Write files anew, all of them or none. Raises FailureError."""
    prepared: list[tuple[Replacement, Path]] = []
    try:
        for each in replacements:
            prepared.append((each, _aside(source, each)))  # noqa: PERF401  # one may fail
        for each in replacements:
            _require_unchanged(source, each)
        _put_in_place(source, prepared)
    finally:
        for _, aside in prepared:
            with suppress(OSError):
                aside.unlink(missing_ok=True)


def _put_in_place(source: WorkingTree, prepared: list[tuple[Replacement, Path]]) -> None:
    done: list[Replacement] = []
    try:
        for each, aside in prepared:
            done.append(each)
            aside.replace(source.root / each.path)
    except BaseException as error:  # also where somebody interrupts it half-way
        _undo(source, done)
        if isinstance(error, OSError):
            raise _unusable(done[-1].path, error) from error
        raise


def _undo(source: WorkingTree, done: list[Replacement]) -> None:
    for each in done:
        if source.read_one(each.path).content == each.after:
            with suppress(OSError, FailureError):
                back = Replacement(each.path, each.after, each.before)
                _aside(source, back).replace(source.root / each.path)


def _aside(source: WorkingTree, wanted: Replacement) -> Path:
    """A file beside the one to be replaced, with the same mode and what it is to hold."""
    _require_unchanged(source, wanted)
    place = source.root / wanted.path
    aside = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    try:
        if not os.access(place, os.W_OK):
            raise PermissionError(13, "Permission denied")
        mode = stat.S_IMODE(place.lstat().st_mode)
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(wanted.after)
        aside.chmod(mode)
    except OSError as error:
        if not isinstance(error, FileExistsError):
            with suppress(OSError):  # where nothing may be written, nothing can be removed either
                aside.unlink(missing_ok=True)
        raise _unusable(wanted.path, error) from error
    return aside


def _require_unchanged(source: WorkingTree, wanted: Replacement) -> None:
    found = source.read_one(wanted.path)
    if found.obstacle is Obstacle.SYMLINK:
        raise FailureError(
            f"`{wanted.path}` must be an ordinary file; it is a symbolic link, or lies behind one",
            "Replace the link with the file that it points to. Nothing was changed.",
        )
    if found.obstacle or found.content != wanted.before:
        raise FailureError(
            f"`{wanted.path}` must stay as it is while it is edited; somebody changed it meanwhile",
            "Run this again. Nothing was changed.",
        )


def _occupied(path: str, obstacle: Obstacle | None) -> FailureError:
    if obstacle is Obstacle.SYMLINK:
        return FailureError(
            f"`{path}` must be an ordinary file; there is a symbolic link on the way to it",
            "Remove the link. Nothing was changed.",
        )
    return FailureError(
        f"`{path}` must not be there yet; it is",
        "Nothing is ever overwritten: edit the file, or rename or delete it first.",
    )


def _unusable(path: str, error: OSError) -> FailureError:
    reason = (error.strerror or "unknown reason").lower()
    return FailureError(
        f"`{path}` must be writable; it is not: {reason}",
        "Check who may write there, and whether the disk is full. Nothing was changed.",
    )
