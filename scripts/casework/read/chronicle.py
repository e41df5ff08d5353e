"""The main branch's own line of commits, and what each of them changed: one pass over git."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from casework.model.history import Landing
from casework.model.note import NOTES
from casework.read.git import Git
from casework.read.git_command import MOST_NAMED
from casework.read.git_listing import SUBMODULE, SYMLINK, names
from casework.read.note import read_note

FORMAT = "%H%x00%P%x00%ct%x00%an%x00%s%x00%N"
"""The fields of a commit. Git ends each of them at the first zero byte, so none can hold one."""

_FIELDS = FORMAT.count("%x00") + 1
_LOG = (
    *("log", "-z", "--raw", "-M", "--no-abbrev", "--root", "--encoding=UTF-8"),
    *("--first-parent", "--diff-merges=first-parent", f"--format={FORMAT}"),
    "--no-notes",
    # What somebody's settings would add or leave out.
    *("--no-color", "--no-follow", "--no-show-signature", "--no-ext-diff", "--no-textconv"),
)
_EPOCH = date(1970, 1, 1)
_SECONDS_OF_A_DAY = 86_400
_PULL_REQUEST = re.compile(r"Merge pull request #([0-9]{1,9}) from |.* \(#([0-9]{1,9})\)\Z", re.S)
_COMMITTER = re.compile(rb"^committer .*> (-?[0-9]+)(?: |$)", re.M)


class FileChange(NamedTuple):
    """What a commit did to a file."""

    status: str
    """`A` added, `M` modified, `D` deleted, `R` renamed, `T` another kind of file."""
    path: str
    """Where it lies since then; for a deleted one, where it lay."""
    before_path: str | None = None
    """Where a renamed one lay before."""
    old: str | None = None
    """The id of its content before; None for a new one."""
    new: str | None = None
    """The id of its content since; None for a deleted one."""
    is_file: bool = True
    """Whether it has content of its own since then; a symlink and a submodule have none."""

    @property
    def paths(self) -> tuple[str, ...]:
        """Where it lies, and for a renamed one where it lay before."""
        return (self.path,) if self.before_path is None else (self.path, self.before_path)


class Step(NamedTuple):
    """A commit of the line, and what it changed of what was asked for."""

    landing: Landing
    parent: str | None
    """The commit of the line that it stands on; None for the first."""
    changes: tuple[FileChange, ...]
    """Ordered by path."""


class _Record(NamedTuple):
    """A commit as git lists it."""

    commit: str
    parent: str | None
    seconds: int | None
    """Since 1970, by the committer's clock; None where the commit gives no time."""
    author: str
    subject: str
    note: str
    changes: tuple[FileChange, ...]


def chronicle(git: Git, tip: str, *paths: str) -> tuple[Step, ...]:
    """The commits that changed something at or under the paths, oldest first.

    Only the line of the tip's first parents counts: a merge is one step, whatever it merged.
    Raises GitError.
    """
    newest_first = _records(git.run(*_LOG, *_notes(git), tip, "--", *paths))
    return _steps(git, newest_first[::-1])


def at_commits(
    git: Git, commits: Sequence[str], *paths: str, only_renames: bool = False
) -> tuple[Step, ...]:
    """What single commits changed at or under the paths, in the order in which they are named.

    Without notes. Those that changed nothing there (or, with `only_renames`, renamed nothing) are
    left out. Raises GitError.
    """
    return _steps(git, _singly(git, commits, paths, only_renames))


def changes_of(
    git: Git, commits: Sequence[str], *paths: str
) -> Mapping[str, tuple[FileChange, ...]]:
    """What single commits changed at or under the paths, by commit, whenever that was.

    Those that changed nothing there are left out. Raises GitError.
    """
    return {each.commit: each.changes for each in _singly(git, commits, paths)}


def _singly(
    git: Git, commits: Sequence[str], paths: Sequence[str], only_renames: bool = False
) -> list[_Record]:
    """The commits, each by itself, that changed something at or under the paths."""
    what = ("--diff-filter=R",) if only_renames else ()
    found: list[_Record] = []
    for start in range(0, len(commits), MOST_NAMED):
        few = commits[start : start + MOST_NAMED]
        found += _records(git.run(*_LOG, *what, "--no-walk=unsorted", *few, "--", *paths))
    return [each for each in found if each.changes]


def _notes(git: Git) -> tuple[str, ...]:
    """What has git show the notes. Whoever can push may put there what it would stumble over."""
    return (f"--notes={NOTES}",) if git.commit(NOTES) else ()


def _steps(git: Git, listed: Sequence[_Record]) -> tuple[Step, ...]:
    days = _days(git, listed)
    return tuple(
        Step(_landing(each, place, days), each.parent, each.changes)
        for place, each in enumerate(listed)
    )


def _landing(record: _Record, place: int, days: dict[str, date]) -> Landing:
    note = read_note(record.note) if record.note else None
    own = days.get(record.commit, _EPOCH)
    return Landing(
        record.commit,
        max(own, days.get(record.parent, own)) if record.parent else own,
        record.author,
        record.subject,
        note.pull_request if note else _pull_request(record.subject),
        note,
        place,
    )


def _pull_request(subject: str) -> int | None:
    """The number that GitHub writes into the subject of what it merges."""
    match = _PULL_REQUEST.match(subject)
    return int(match[1] or match[2]) if match else None


def _days(git: Git, listed: Sequence[_Record]) -> dict[str, date]:
    """The committer's day of every commit and of every one's parent."""
    seconds = {each.commit: each.seconds for each in listed}
    others = sorted({each.parent for each in listed if each.parent} - set(seconds))
    for commit, content in zip(others, git.objects(others), strict=True):
        match = _COMMITTER.search(content.partition(b"\n\n")[0])
        seconds[commit] = int(match[1]) if match else None
    return {commit: _day(each) for commit, each in seconds.items() if each is not None}


def _day(seconds: int) -> date:
    """A day by universal time; of times that no calendar has, the first or the last day."""
    try:
        return _EPOCH + timedelta(days=seconds // _SECONDS_OF_A_DAY)
    except OverflowError:
        return date.max if seconds > 0 else date.min


def _records(listing: bytes) -> list[_Record]:
    words = iter(names(listing))
    found: list[tuple[tuple[str, ...], list[FileChange]]] = []
    for word in words:
        about = word.removeprefix("\n")
        if about.startswith(":"):
            found[-1][1].append(_change(about, words))
        else:
            found.append((_fields(word, words), []))
    return [_record(fields, changes) for fields, changes in found]


def _record(fields: tuple[str, ...], changes: list[FileChange]) -> _Record:
    commit, parents, seconds, author, subject, note = fields
    return _Record(
        commit,
        parents.split(" ")[0] or None,
        int(seconds) if seconds else None,
        _legible(author),
        _legible(subject),
        _legible(note),
        tuple(sorted(changes, key=lambda each: each.path)),
    )


def _fields(first: str, words: Iterator[str]) -> tuple[str, ...]:
    return (first, *(next(words) for _ in range(_FIELDS - 1)))


def _change(about: str, words: Iterator[str]) -> FileChange:
    _, mode, old, new, status = about.split(" ")
    before = next(words) if status[0] in "RC" else None
    is_file = mode not in (SYMLINK, SUBMODULE)
    return FileChange(status[0], next(words), before, _id(old), _id(new), is_file)


def _id(written: str) -> str | None:
    return written if written.strip("0") else None


def _legible(text: str) -> str:
    """Text in which what is not UTF-8 is marked as such."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
