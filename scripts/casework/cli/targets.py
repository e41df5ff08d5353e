"""The paths that somebody typed, as paths from the repository's root."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from casework.cli.failure import UsageError, did_you_mean
from casework.model.document import DocumentKind
from casework.read.documents import kind_of
from casework.read.source import Source

GOVERNED = ("cases", "framework", "schemas")


def everything(source: Source) -> tuple[str, ...]:
    """All governed files."""
    return _governed(source.paths(*GOVERNED))


def targets(typed: tuple[str, ...], root: Path, directory: Path, source: Source) -> tuple[str, ...]:
    """The governed files that were named, or that lie in a folder that was named.

    Raises UsageError for a path that does not exist, or that is outside the governed folders.
    """
    found: dict[str, None] = {}
    for word in typed:
        path = _from_root(word, root, directory, source)
        found.update(dict.fromkeys(_expanded(path, root, source)))
    return tuple(sorted(found))


def _governed(paths: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in paths if kind_of(each) is not None)


def _expanded(path: str, root: Path, source: Source) -> tuple[str, ...]:
    # A folder that bears a file's name is looked at as that file, which it should have been.
    is_named_like_a_file = kind_of(path) not in (None, DocumentKind.STRAY)
    place = root / path
    if is_named_like_a_file or os.path.islink(place) or not os.path.isdir(place):  # noqa: PTH112, PTH114  # these never raise
        return _governed((path,))
    return _governed(source.paths(*(GOVERNED if path == "." else (path,))))


def _from_root(word: str, root: Path, directory: Path, source: Source) -> str:
    """A typed path from the root; one that is not there may be meant from the current folder."""
    meant = (root / word, directory / word)
    there = [each for each in meant if _is_there(each)]
    if not there:
        raise _absent(word, source)
    paths = (path for each in there for path in _relative(Path(os.path.normpath(each)), root))
    path = next((each for each in paths if _is_governed(each)), None)
    if path is None:
        raise UsageError(
            f"a path must lie in {_folders()}; `{word}` does not",
            "Only these folders hold what can be checked.",
        )
    return path


def _is_there(place: Path) -> bool:
    try:
        os.lstat(place)
    except PermissionError:
        return True  # behind a folder that may not be entered, which reading it will say
    except (OSError, ValueError):
        return False
    return True


def _is_governed(path: str) -> bool:
    return path == "." or path.split("/")[0] in GOVERNED


def _relative(place: Path, root: Path) -> Iterator[str]:
    """The path from the root, and what it is where a folder on the way there has two names."""
    # Links below the root stay as they are typed: they are pointed out, not followed.
    yield _from(root, place)
    above, name = os.path.split(place)
    yield _from(_real(root), _real(above) / name)
    yield _from(_real(root), _real(place))


def _real(place: Path | str) -> Path:
    return Path(os.path.realpath(place))  # which stands links that lead in a circle


def _from(root: Path, place: Path) -> str:
    path = os.fsencode(os.path.relpath(place, root)).decode("utf-8", "surrogateescape")
    return PurePosixPath(*Path(path).parts).as_posix()


def _absent(word: str, source: Source) -> UsageError:
    known = (*GOVERNED, *source.paths(*GOVERNED))
    return UsageError(
        f"a path must exist; there is no `{word}`",
        did_you_mean(word, known) or "Paths are relative to the repository's root.",
    )


def _folders() -> str:
    return ", ".join(f"`{each}/`" for each in GOVERNED)
