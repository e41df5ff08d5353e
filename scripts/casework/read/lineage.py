"""How each case came to be as it is: its versions on the main branch, whatever its path was."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from casework.model.blob import Blob, Obstacle
from casework.model.case import Case, Kind
from casework.model.history import CaseHistory, Landing, Version
from casework.read.case import read_case, read_front
from casework.read.chronicle import FileChange, Step, at_commits, chronicle
from casework.read.documents import is_case
from casework.read.git import Git
from casework.read.schema import Schemas

_CASES = "cases"
_IN_BAND = "in-band-"

_Key = tuple[str, str | None]
"""A path, and the id of the content there."""

_Cases = Mapping[_Key, Case]
"""What is said there."""


def histories(
    git: Git, tip: str, schemas: Schemas, person: str | None = None, *, only_front: bool = False
) -> tuple[CaseHistory, ...]:
    """The cases that lie, or lay last, in a person's folder; without a person, everybody's.

    In the order in which they got on the line of the tip's first parents. A renamed case is one,
    also where its folder was renamed; so is one that was deleted and put back. With `only_front`
    the cases have neither sections nor text nor places, so that thousands fit in memory.
    Raises GitError.
    """
    found = all_histories(git, tip, schemas, person, only_front=only_front)
    return tuple(each for each in found if person is None or each.person == person)


def all_histories(
    git: Git, tip: str, schemas: Schemas, person: str | None = None, *, only_front: bool = False
) -> tuple[CaseHistory, ...]:
    """As `histories`, and the cases that once lay in the person's folder and now lie elsewhere."""
    steps = chronicle(git, tip, _CASES) if person is None else _steps_of(git, tip, person)
    folder = f"{_CASES}/{person}/" if person is not None else ""
    found = [
        trail
        for trail in trails(git, steps, schemas)
        if any(each.change.path.startswith(folder) for each in trail)
    ]
    read = partial(read_front if only_front else read_case, schemas=schemas)
    cases = _read(git, (each.change for trail in found for each in trail), read)
    return tuple(_history(each, cases) for each in found)


def latest(git: Git, tip: str, schemas: Schemas) -> tuple[CaseHistory, ...]:
    """Everybody's cases, of which only the fields of the last content are read.

    The versions before it have no case. Raises GitError.
    """
    found = trails(git, chronicle(git, tip, _CASES), schemas)
    last = [next(e.change for e in reversed(trail) if e.change.new) for trail in found]
    cases = _read(git, last, partial(read_front, schemas=schemas))
    return tuple(
        _history(trail, {key: cases[key]})
        for trail, key in zip(found, map(_key, last), strict=True)
    )


def _steps_of(git: Git, tip: str, person: str) -> tuple[Step, ...]:
    """All that happened in a person's folder, and in those that cases came from or went to."""
    folders = {f"{_CASES}/{person}"}
    seen: set[str] = set()
    while True:
        steps = chronicle(git, tip, *sorted(folders))
        # Within the folders a case that came from elsewhere looks new, one that left looks deleted.
        found = [e.landing.commit for e in steps if any(c.status in "AD" for c in e.changes)]
        asked = [each for each in found if each not in seen]
        seen.update(asked)
        others = {
            folder
            for step in at_commits(git, asked, _CASES, only_renames=True)
            for crossing in _crossings(step.changes)
            if not folders.isdisjoint(crossing)
            for folder in crossing
        }
        if others <= folders:
            return steps
        folders |= others


def _crossings(changes: Iterable[FileChange]) -> Iterator[tuple[str, str]]:
    """From which folder to which other one cases were moved."""
    for each in changes:
        if each.before_path is not None and is_case(each.path) and is_case(each.before_path):
            crossing = _folder(each.before_path), _folder(each.path)
            if crossing[0] != crossing[1]:
                yield crossing


def _key(change: FileChange) -> _Key:
    return change.path, change.new


def _read(git: Git, changes: Iterable[FileChange], read: Callable[[Blob], Case]) -> _Cases:
    """What the changed files say since then, each content read once for each of its paths."""
    known = [each for each in changes if each.new is not None and is_case(each.path)]
    wanted = dict.fromkeys((c.path, c.new or "") for c in known if c.is_file)
    contents = git.objects(content for _, content in wanted)
    found: dict[_Key, Case] = {
        key: read(Blob(key[0], content)) for key, content in zip(wanted, contents, strict=True)
    }
    for each in known:
        if not each.is_file:
            found[_key(each)] = read(Blob(each.path, obstacle=Obstacle.SYMLINK))
    return found


class Trace(NamedTuple):
    """What one commit did to a case."""

    landing: Landing
    change: FileChange


def trails(git: Git, steps: Iterable[Step], schemas: Schemas) -> list[list[Trace]]:
    """What became of each case, in the order in which they got there, without what they said.

    Of thousands, only those are read that lay or came where one left its place. Raises GitError.
    """
    known = tuple(steps)
    read = partial(read_front, schemas=schemas)
    return _trails(known, _read(git, _crossroads(known), read))


def _crossroads(steps: tuple[Step, ...]) -> Iterator[FileChange]:
    """What came and, as it was until then, what left where something did."""
    links = {_key(each): each for step in steps for each in step.changes if not each.is_file}
    for step in steps:
        if any(each.status in "DR" for each in step.changes):
            for each in step.changes:
                if each.status in "DR":
                    left = FileChange("A", each.before_path or each.path, new=each.old)
                    yield links.get(_key(left), left)
                if each.status in "AR":
                    yield each


def _trails(steps: Iterable[Step], cases: _Cases) -> list[list[Trace]]:
    """What became of each case, in the order in which they got there."""
    lying = _Lying(cases)
    for step in steps:
        lying.follow(step)
    return lying.trails


class _Lying:
    """The cases that lie in the folders after each step."""

    def __init__(self, cases: _Cases) -> None:
        self.trails: list[list[Trace]] = []
        self._cases = cases
        self._there: dict[str, dict[str, list[Trace]]] = defaultdict(dict)
        self._gone: dict[str, list[Trace]] = {}

    def follow(self, step: Step) -> None:
        """Take the next step."""
        left = dict(self._left(step.changes))
        arrived = [c for c in step.changes if c.new is not None and is_case(c.path)]
        others: list[FileChange] = []
        for each in arrived:
            if each.before_path is not None and self._goes_on(each.before_path, each, left):
                self._put(each, left.pop(each.before_path), step.landing)
            else:
                others.append(each)
        kin = self._open_ones(left)
        for each in others:
            self._put(each, self._moved(each, left, kin), step.landing)
        for path, trail in left.items():
            old = trail[-1].change.new
            trail.append(Trace(step.landing, FileChange("D", path, old=old)))
            self._gone[path] = trail

    def _left(self, changes: Iterable[FileChange]) -> Iterator[tuple[str, list[Trace]]]:
        """What no longer lies where it lay, by its path."""
        for each in changes:
            path = each.path if each.status == "D" else each.before_path
            trail = self._there[_folder(path)].pop(path, None) if path else None
            if path and trail:
                yield path, trail

    def _put(self, change: FileChange, moved: list[Trace] | None, landing: Landing) -> None:
        there = self._there[_folder(change.path)]
        trail = moved or there.get(change.path) or self._gone.pop(change.path, None)
        if trail is None:
            trail = []
            self.trails.append(trail)
        trail.append(Trace(landing, change))
        there[change.path] = trail

    def _goes_on(self, path: str, change: FileChange, left: Mapping[str, list[Trace]]) -> bool:
        """Whether what git calls renamed is one case, and not somebody else's that begins alike."""
        if path not in left:
            return False
        if _folder(path) == _folder(change.path):
            return True
        before, after = self._said(left[path]), self._cases[_key(change)]
        if before.person == after.person:
            return True
        held = (before.kind, before.from_level, before.level_since)
        return not self._there[_folder(path)] and held == (
            after.kind, after.from_level, after.level_since,
        )  # fmt: skip

    def _open_ones(self, left: Mapping[str, list[Trace]]) -> dict[object, list[str]]:
        """The open cases that left, by what the same case still says wherever it comes to lie."""
        found: dict[object, list[str]] = defaultdict(list)
        for path, trail in left.items():
            case = self._said(trail)
            if not (case.status and case.status.is_decided):
                found[_identity(case, path)].append(path)
        return found

    def _moved(
        self, change: FileChange, left: dict[str, list[Trace]], kin: dict[object, list[str]]
    ) -> list[Trace] | None:
        """An open case that left as this one came, rewritten beyond what git would recognise."""
        if not kin or change.status not in "AR":
            return None
        paths = kin.get(_identity(self._cases[_key(change)], change.path))
        return left.pop(paths.pop(0)) if paths else None

    def _said(self, trail: list[Trace]) -> Case:
        return self._cases[_key(trail[-1].change)]


def _identity(case: Case, path: str) -> tuple[str, Kind]:
    """Whom a case is about and what it asks for; where it does not say so, as its path has it."""
    _, folder, name = path.split("/")
    kind = Kind.IN_BAND_INCREASE if name.startswith(_IN_BAND) else Kind.PROMOTION
    return case.person or folder, case.kind or kind


def _history(trail: Iterable[Trace], cases: _Cases) -> CaseHistory:
    return CaseHistory(
        tuple(
            Version(landing, change.path, change.new, cases.get(_key(change)))
            for landing, change in trail
        )
    )


def _folder(path: str) -> str:
    return path.rpartition("/")[0]
