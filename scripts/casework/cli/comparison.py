"""What a review compares: the main branch, where the head left it, and the head."""

from typing import NamedTuple

from casework.cli.failure import FailureError
from casework.model.blob import Obstacle
from casework.read.documents import FRAMEWORK, is_case, kind_of
from casework.read.git import Git
from casework.read.git_listing import Change
from casework.read.source import Revision, Source, WorkingTree


class Comparison(NamedTuple):
    """Two states of the repository's files and what differs between them."""

    base: str
    """The commit that changes are counted from: the last one that both sides share."""
    head: str | None
    """The commit that is judged; None for the working tree."""
    rules: Source
    """The main branch as it is now, whose rules hold; the head where it has none yet."""
    before: Source
    after: Source
    changes: tuple[Change, ...]
    """All changed files of the repository, whoever governs them."""
    trunk: Source
    """The main branch as it is now: what the head would be merged with."""

    @property
    def governed(self) -> tuple[Change, ...]:
        """The changes that rules look at."""
        return tuple(each for each in self.changes if kind_of(each.path) is not None)

    @property
    def cases(self) -> tuple[str, ...]:
        """The changed cases that are there."""
        return tuple(
            each.path for each in self.governed if each.status != "D" and is_case(each.path)
        )

    @property
    def deleted(self) -> tuple[str, ...]:
        """The governed files that are no longer there."""
        return tuple(each.path for each in self.governed if each.status == "D")

    @property
    def others(self) -> tuple[str, ...]:
        """The changed governed files that are there and are no cases."""
        cases = set(self.cases)
        return tuple(
            each.path for each in self.governed if each.status != "D" and each.path not in cases
        )


def compare(git: Git, base: str | None, head: str | None) -> Comparison:
    """Compare the head (the working tree, unless a revision is named) with the base.

    Raises FailureError when the repository cannot tell.
    """
    commit = git.resolve(head) if head is not None else _current_commit(git)
    trunk = git.resolve(base) if base is not None else _main_commit(git)
    shared = _parted(git, trunk, commit)
    judged = commit if head is not None or git.is_bare else None
    after = Revision(git, judged) if judged else WorkingTree(git.root, git)
    changes = git.begin_changes(shared, judged)
    import casework.read.case  # noqa: F401  # takes as long as git does, on another core

    changed = tuple(_seen(each, after) for each in changes())
    main = Revision(git, trunk)
    return Comparison(
        shared, judged, _rules(main, after), Revision(git, shared), after, changed, main
    )


def _parted(git: Git, trunk: str, commit: str) -> str:
    """The last commit that both sides share."""
    shared = git.merge_bases(trunk, commit)
    if not shared:
        raise _nothing_shared(git)
    if len(shared) > 1:
        # A file that goes back to how it was at one of them would not show as changed.
        raise FailureError(
            "what is proposed must have parted from the main branch at one commit; there are "
            f"{len(shared)}, since both merged the same work separately",
            "Merge the main branch into it, so that only what is proposed differs.",
        )
    return shared[0]


def _seen(change: Change, after: Source) -> Change:
    """The change as it is: in a working tree, git calls deleted whatever it cannot get at."""
    if change.status != "D" or isinstance(after, Revision):
        return change
    obstacle = after.read_one(change.path).obstacle
    is_gone = obstacle in (None, Obstacle.ABSENT)  # a file that is there is about to be ignored
    return change if is_gone else change._replace(status="T")


def _rules(trunk: Source, after: Source) -> Source:
    # Whether it is there is known sooner than what it says; what is in its way counts as there.
    is_there = trunk.paths(FRAMEWORK) or trunk.read_one(FRAMEWORK).obstacle is not Obstacle.ABSENT
    return trunk if is_there else after


def _current_commit(git: Git) -> str:
    commit = git.commit("HEAD")
    if commit is None:
        raise FailureError(
            "a review must have a commit to compare with; this repository has none yet",
            "Commit the framework on the main branch first; `casework check` works without.",
        )
    return commit


def _main_commit(git: Git) -> str:
    branch = git.main_branch()
    if branch is None:
        raise FailureError(
            "a review must know the main branch; there is no `main`, `master` or `origin`",
            "Name the branch that pull requests go into: `casework review --base BRANCH`.",
        )
    return git.resolve(branch)


def _nothing_shared(git: Git) -> FailureError:
    if git.is_shallow():
        return FailureError(
            "the clone must reach back to where the two sides parted; it is shallow",
            "Fetch the rest of the history: `git fetch --unshallow`.",
        )
    return FailureError(
        "base and head must share a commit; their histories have nothing in common",
        "Name another base: `casework review --base REV`.",
    )
