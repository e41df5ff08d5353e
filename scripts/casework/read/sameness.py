"""Whether what was reviewed is still what is proposed: content is compared, never history."""

from collections.abc import Callable, Iterable, Iterator

from casework.model.approval import Sameness
from casework.model.document import DocumentKind
from casework.read.documents import PEOPLE, kind_of
from casework.read.git import Git
from casework.read.git_command import MOST_NAMED
from casework.read.git_error import GitError
from casework.read.people import people_data
from casework.read.source import Revision, Source


def case_sameness(
    git: Git, after: Source, path: str, person: str | None, commits: Iterable[str]
) -> dict[str, Sameness]:
    """How a case was at each commit, beside how it is now.

    It is the same where the file is, byte for byte, and so is all that people.yaml says of the
    subject.
    """

    def is_changed(commit: str) -> bool:
        changed = _changed(git, commit, after, (path, PEOPLE))
        if path in changed:
            return True
        return PEOPLE in changed and not _same_entry(Revision(git, commit), after, person)

    return _compared(git, commits, is_changed)


def files_sameness(
    git: Git, after: Source, paths: Iterable[str], commits: Iterable[str], base: str | None = None
) -> dict[str, Sameness]:
    """How files of any sort were at each commit, beside how they are now, byte for byte.

    With the commit that the proposal begins at, all that was reviewed must still be proposed, too:
    who approved two changes did not approve one of them. Cases aside, which stand for themselves.
    """
    wanted = frozenset(paths)

    def is_changed(commit: str) -> bool:
        reviewed = _proposed(git, base, commit) if base is not None else ()
        return bool(_changed(git, commit, after, tuple(sorted(wanted.union(reviewed)))))

    return _compared(git, commits, is_changed)


def _proposed(git: Git, base: str, commit: str) -> Iterator[str]:
    """What a commit changed besides cases, counted from where it left the history of another."""
    for start in git.merge_bases(base, commit):
        for each in git.changes(start, commit):
            if kind_of(each.path) is not DocumentKind.CASE:
                yield each.path


def _compared(
    git: Git, commits: Iterable[str], is_changed: Callable[[str], bool]
) -> dict[str, Sameness]:
    def sameness(revision: str) -> Sameness:
        try:
            commit = git.commit(revision)
            if commit is None:
                return Sameness.GONE
            return Sameness.CHANGED if is_changed(commit) else Sameness.SAME
        except GitError:  # the commit is there, and not all that it holds
            return Sameness.GONE

    return {each: sameness(each) for each in dict.fromkeys(commits)}


def _changed(git: Git, commit: str, after: Source, paths: tuple[str, ...]) -> frozenset[str]:
    """Which of the files differ, or are only on one side: their modes count, too."""
    if not paths:
        return frozenset()
    head = after.commit if isinstance(after, Revision) else None
    asked = paths if len(paths) <= MOST_NAMED else ()
    return frozenset(each.path for each in git.changes(commit, head, *asked)) & frozenset(paths)


def _same_entry(before: Source, after: Source, person: str | None) -> bool:
    """Whether both people.yaml say the same of somebody; False where one cannot be read."""
    old, new = people_data(before.read_one(PEOPLE)), people_data(after.read_one(PEOPLE))
    if old is None or new is None:
        return False
    if person is None:
        return True
    # An entry that says nothing is not the same as none.
    return (person in old, old.get(person)) == (person in new, new.get(person))
