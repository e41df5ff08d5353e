"""The decided cases of the main branch, found and audited in one pass over git."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from casework.cli.archive import Archive, Decided, judged
from casework.cli.settings import Settings
from casework.cli.terminal import Progress
from casework.cli.workers import spread
from casework.model.audit import Afterwards, AuditedCase
from casework.model.blob import Blob
from casework.model.case import Status
from casework.read.case import read_case
from casework.read.chronicle import Step
from casework.read.git import Git
from casework.read.lineage import Trace, trails

_FENCE = re.compile(rb"\n---[ \t]*[\r\n]")
_DECIDED = tuple(each.value.encode() for each in Status if each.is_decided)


class _Version(NamedTuple):
    """A case file as a pull request, or a commit by itself, left it."""

    place: int
    """The last step's."""
    path: str
    content: str | None
    """The id; None for a file that was taken away."""
    is_file: bool
    """Whether there is anything to read: there is not in a link, or where nothing is left."""
    text: bytes | None = None
    """The content, where it may be that of a decided case."""


_File = tuple[_Version, ...]
"""What became of a case file, oldest first."""


def audit_all(
    git: Git,
    steps: Sequence[Step],
    archive: Archive,
    is_wanted: Callable[[str], bool],
    settings: Settings,
) -> tuple[AuditedCase, ...]:
    """Every decided case that ever lay at a path that is wanted, by path. Raises GitError."""
    chosen = [
        _versions(each, archive)
        for each in trails(git, steps, archive.schemas)
        if any(is_wanted(trace.change.path) for trace in each)
    ]
    files = (each for each in _with_texts(git, chosen) if any(one.text for one in each))
    progress = Progress(len(chosen), shown=settings.shows_progress)
    found: list[AuditedCase] = []
    for each in spread(files, partial(_audited, archive=archive), settings.processes):
        found += [each] if each else []
        progress.advance(len(found))
    progress.close()
    return tuple(sorted(found, key=lambda each: (each.path, each.landing.place)))


def _versions(trail: Sequence[Trace], archive: Archive) -> _File:
    """What each pull request left of a case, whatever its commits did one by one."""
    last = {archive.ends[each.landing.place]: each.change for each in trail}
    return tuple(
        _Version(place, each.path, each.new, each.new is not None and each.is_file)
        for place, each in last.items()
    )


def _with_texts(git: Git, files: Sequence[_File]) -> Iterator[_File]:
    """The files with the contents that may be those of decided cases."""
    contents = git.objects(str(one.content) for each in files for one in each if one.is_file)
    for each in files:
        yield tuple(
            one._replace(text=_if_decided(next(contents))) if one.is_file else one for one in each
        )


def _if_decided(content: bytes) -> bytes | None:
    """A content whose fields may say that the case is decided; None for all others."""
    end = _FENCE.search(content, 3)
    fields = content[: end.start()] if end else content
    # What is escaped may be any word.
    may_be = b"\\" in fields or any(each in fields for each in _DECIDED)
    return content if may_be else None


def _audited(file: _File, archive: Archive) -> AuditedCase | None:
    """The case that a file held once it was decided; None where it never was."""
    for index, version in enumerate(file):
        if version.text is None or version.content is None:
            continue
        case = read_case(Blob(version.path, version.text), archive.schemas)
        if case.status is not None and case.status.is_decided:
            afterwards = tuple(
                Afterwards(archive.landings[each.place], each.path, each.content)
                for each in file[index + 1 :]
            )
            decided = Decided(case, version.content, version.place, index == 0, afterwards)
            return judged(decided, archive)
    return None
