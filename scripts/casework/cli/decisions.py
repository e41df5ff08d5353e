"""The decided cases of the main branch, found and audited in one pass over git."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from casework.assess.unread import unread_case
from casework.cli.archive import Archive, Decided, judged
from casework.cli.settings import Settings
from casework.cli.terminal import Progress
from casework.cli.workers import spread
from casework.model.audit import Afterwards, AuditedCase, Held, UnreadCase
from casework.model.blob import Blob, Obstacle
from casework.model.case import Case, Status
from casework.model.tenure import Promotion
from casework.read.case import read_case
from casework.read.chronicle import Step
from casework.read.git import Git
from casework.read.lineage import Trace, trails
from casework.read.schema import Schemas

_FENCE = re.compile(rb"\n---[ \t]*[\r\n]")
_DECIDED = tuple(each.value.encode() for each in Status if each.is_decided)
_OPEN = re.compile(rb"(?m)^status:[ \t]*(?:draft|submitted)[ \t]*(?:#[^\r\n]*)?\r?$")
_SAYS_DECIDED = re.compile(
    rb"(?m)^[\"']?status[\"']?[ \t]*:[ \t]*[\"']?(?:" + b"|".join(_DECIDED) + rb")\b"
)


class Scope(NamedTuple):
    """Which cases are asked for, and which others may tell how levels came about."""

    is_wanted: Callable[[str], bool]
    """Whether the case at a path is."""
    people: frozenset[str] = frozenset()
    """Whose folders may hold what tells how a level came about."""
    places: frozenset[int] = frozenset()
    """The last places of the pull requests that may have brought such cases, wherever they lie."""

    def is_near(self, file: "_File") -> bool:
        """Whether a case may tell how a level came about."""
        folders = {each.path.split("/")[1] for each in file.versions}
        places = {each.place for each in file.versions}
        return not (folders.isdisjoint(self.people) and places.isdisjoint(self.places))


class Findings(NamedTuple):
    """What became of one case file, or of all of them."""

    cases: tuple[AuditedCase, ...] = ()
    unread: tuple[UnreadCase, ...] = ()
    aside: tuple[UnreadCase, ...] = ()
    """Likewise, of cases that were not asked for."""
    promotions: tuple[Promotion, ...] = ()


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
    """The content, unless it surely is that of an open case."""


class _File(NamedTuple):
    """What became of a case file, oldest first."""

    versions: tuple[_Version, ...]
    is_wanted: bool

    @property
    def may_be_decided(self) -> bool:
        """Whether it may have been at any time, as far as can be seen without reading it."""
        return any(
            each.text is not None or (each.content is not None and not each.is_file)
            for each in self.versions
        )


def audit_all(
    git: Git, steps: Sequence[Step], archive: Archive, scope: Scope, settings: Settings
) -> Findings:
    """Every decided case that ever lay at a path that is wanted, by path. Raises GitError."""
    chosen = list(_chosen(trails(git, steps, archive.schemas), archive, scope))
    files = (each for each in _with_texts(git, chosen) if each.may_be_decided)
    progress = Progress(len(chosen), shown=settings.shows_progress)
    found: list[Findings] = []
    for each in spread(files, partial(_looked_at, archive=archive), settings.processes):
        found.append(each)
        progress.advance(len(found))
    progress.close()
    cases = (case for each in found for case in each.cases)
    unread = (case for each in found for case in each.unread)
    return Findings(
        tuple(sorted(cases, key=lambda each: (each.path, each.landing.place))),
        tuple(sorted(unread, key=lambda each: (each.path, each.landing.place))),
        tuple(case for each in found for case in each.aside),
        tuple(promotion for each in found for promotion in each.promotions),
    )


def _chosen(found: Sequence[Sequence[Trace]], archive: Archive, scope: Scope) -> Iterator[_File]:
    for trail in found:
        is_wanted = any(scope.is_wanted(each.change.path) for each in trail)
        file = _File(_versions(trail, archive), is_wanted)
        if is_wanted or scope.is_near(file):
            yield file


def _versions(trail: Sequence[Trace], archive: Archive) -> tuple[_Version, ...]:
    """What each pull request left of a case, whatever its commits did one by one."""
    last = {archive.ends[each.landing.place]: each.change for each in trail}
    return tuple(
        _Version(place, each.path, each.new, each.new is not None and each.is_file)
        for place, each in last.items()
    )


def _with_texts(git: Git, files: Sequence[_File]) -> Iterator[_File]:
    """The files with the contents that may be those of decided cases."""
    contents = git.objects(
        str(one.content) for each in files for one in each.versions if one.is_file
    )
    for file in files:
        yield file._replace(
            versions=tuple(
                one._replace(text=_unless_open(next(contents))) if one.is_file else one
                for one in file.versions
            )
        )


def _unless_open(content: bytes) -> bytes | None:
    """A content, unless its fields say plainly that the case is open, and nothing else."""
    end = _FENCE.search(content, 3)
    fields = content[: end.start()] if end else content
    # What is escaped may be any word.
    may_be = b"\\" in fields or any(each in fields for each in _DECIDED)
    return content if may_be or not _OPEN.search(fields) else None


def _looked_at(file: _File, archive: Archive) -> Findings:
    """The case that a file held once it was decided, or that nobody can tell whether it was."""
    unread: _Version | None = None
    for index, version in enumerate(file.versions):
        case = _case(version, archive.schemas)
        if case and case.status and case.status.is_decided:
            return _decided(file, index, case, archive)
        if unread and _says_decided(unread):
            continue  # whatever became of it, nobody can tell what was decided
        is_open = case is None or (case.status is not None and not _says_decided(version))
        unread = None if is_open else version
    if unread is None:
        return Findings()
    is_still_so = unread is file.versions[-1]
    found = unread_case(unread.path, archive.landings[unread.place], is_still_so=is_still_so)
    return Findings(unread=(found,)) if file.is_wanted else Findings(aside=(found,))


def _case(version: _Version, schemas: Schemas) -> Case | None:
    """What a version says; None where it surely says that it is open, or says nothing."""
    if version.text is not None:
        return read_case(Blob(version.path, version.text), schemas)
    is_link = version.content is not None and not version.is_file
    return read_case(Blob(version.path, obstacle=Obstacle.SYMLINK), schemas) if is_link else None


def _says_decided(version: _Version) -> bool:
    """Whether a line says what decided cases say, readable or not."""
    text = version.text or b""
    end = _FENCE.search(text, 3)
    return _SAYS_DECIDED.search(text, 0, end.start() if end else len(text)) is not None


def _decided(file: _File, index: int, case: Case, archive: Archive) -> Findings:
    """What holds of a case that a file has held since a version, and what it made of a level."""
    version = file.versions[index]
    found = Findings(promotions=tuple(_promotions(case, version, archive, is_new=index == 0)))
    if not file.is_wanted:
        return found
    afterwards = [
        Afterwards(archive.landings[each.place], each.path, each.content)
        for each in file.versions[index + 1 :]
    ]
    if afterwards:
        last = _case(file.versions[-1], archive.schemas)
        is_readable = last is None or last.status is not None
        afterwards[-1] = afterwards[-1]._replace(is_readable=is_readable)
    decided = Decided(case, version.content or "", version.place, index == 0, tuple(afterwards))
    return found._replace(cases=(judged(decided, archive),))


def _promotions(
    case: Case, version: _Version, archive: Archive, *, is_new: bool
) -> Iterator[Promotion]:
    if case.status is Status.PROMOTED:
        start = case.level_since and case.from_level
        yield Promotion(
            case.person or version.path.split("/")[1],
            version.path,
            version.place,
            archive.begins[version.place],
            Held(start, case.level_since.isoformat()) if start and case.level_since else None,
            Held(case.to_level, case.effective.isoformat() if case.effective else None),
            is_new,
        )
