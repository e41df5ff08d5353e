"""Which commits of the default branch a pull request brought, whatever way it was merged."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from casework.model.document import DocumentKind
from casework.model.pull_request import PullRequest
from casework.read.chronicle import changes_of
from casework.read.documents import kind_of
from casework.read.git import Git

_DAYS = 14
"""So far back is looked for what an earlier run missed."""
_MOST_LISTED = 2000
_MOST_BROUGHT = 250
"""Commits of one pull request; GitHub rebases a hundred at most."""
_FOLDERS = ("cases", "framework", "schemas")

Ask = Callable[[str], tuple[PullRequest, ...]]
"""The pull requests that a commit belongs to."""
Ancestor = tuple[str, list[str]]
"""A commit, and its parents."""


class Merge(NamedTuple):
    """A merged pull request, and what it put on the branch's own line of commits."""

    request: PullRequest
    before: str
    """The commit of the branch that it was merged on top of."""
    commits: tuple[str, ...]
    """The oldest first; for a merge commit and a squash it is the one."""

    @property
    def last(self) -> str:
        """The commit by which all of it was on the branch."""
        return self.commits[-1]


def recent(git: Git, tip: str, before: str | None, today: date) -> tuple[str, ...]:
    """The commits of the branch that something is to be written of, if it was not; newest first.

    Those since `before`, where the tip stands on it, and those of the last two weeks, as far as
    they change what rules look at.
    """
    pushed = _since(git, tip, before)
    first = datetime.combine(today - timedelta(days=_DAYS), datetime.min.time(), UTC).timestamp()
    listed = [
        commit
        for commit, seconds in _line(git, tip)
        if commit in pushed or int(seconds or 0) >= first
    ]
    changed = changing(git, listed)
    return tuple(each for each in listed if each in changed)


def changing(git: Git, commits: Iterable[str], *kinds: DocumentKind) -> frozenset[str]:
    """Those of the commits that change a file of those kinds, or without any a governed one."""
    wanted = kinds or tuple(DocumentKind)
    return frozenset(
        commit
        for commit, changes in changes_of(git, tuple(commits), *_FOLDERS).items()
        if any(kind_of(path) in wanted for each in changes for path in each.paths)
    )


class Merges:
    """The pull requests by which commits got on a branch, asked for once for each commit."""

    def __init__(self, git: Git, tip: str, branch: str, ask: Ask) -> None:
        self._git = git
        self._tip = tip
        self._branch = branch
        self._ask = ask
        self._known: dict[str, PullRequest | None] = {}

    def by(self, commit: str) -> Merge | None:
        """The merge that brought a commit of the branch.

        None for one that was pushed, and where the branch no longer holds all of the merge.
        """
        request = self._request(commit)
        if request is None or request.merge_commit is None:
            return None
        return self._merge(request, self._line_to(request.merge_commit))

    def _merge(self, request: PullRequest, line: Sequence[Ancestor]) -> Merge | None:
        brought: list[str] = []
        for commit, parents in line:
            if brought and not self._is_by(commit, request):
                return Merge(request, commit, tuple(reversed(brought)))
            brought.append(commit)
            if request.head in parents[1:]:
                return Merge(request, parents[0], (commit,))
        return None  # it has no beginning on the branch, or one that is too far back

    def _line_to(self, last: str) -> Sequence[Ancestor]:
        """A commit and its first parents, newest first; none where the branch does not hold it."""
        most = _MOST_BROUGHT + 1
        place = self._places.get(last)
        is_whole = len(self._latest) < _MOST_LISTED
        if place is not None and (is_whole or place + most <= _MOST_LISTED):
            return self._latest[place : place + most]
        known = self._git.commit(last)
        if known is None or not self._git.is_ancestor(known, self._tip):
            return ()
        return _ancestors(self._git, known, most)

    @cached_property
    def _latest(self) -> Sequence[Ancestor]:
        """The branch's newest commits. Most merges end with one of them, so git is asked once."""
        return _ancestors(self._git, self._tip, _MOST_LISTED)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {commit: place for place, (commit, _) in enumerate(self._latest)}

    def _is_by(self, commit: str, request: PullRequest) -> bool:
        found = self._request(commit)
        return found is not None and found.number == request.number

    def _request(self, commit: str) -> PullRequest | None:
        if commit not in self._known:
            self._known[commit] = self._one_of(self._ask(commit), commit)
        return self._known[commit]

    def _one_of(self, requests: Iterable[PullRequest], commit: str) -> PullRequest | None:
        """Of several that a commit belongs to, the one that ends with it, or was merged first."""
        merged = [each for each in requests if each.merged and each.base == self._branch]
        ending = [each for each in merged if each.merge_commit == commit]
        return min(ending or merged, key=_order, default=None)


def _order(request: PullRequest) -> tuple[datetime, int]:
    return request.merged or datetime.max.replace(tzinfo=UTC), request.number


def _ancestors(git: Git, last: str, most: int) -> Sequence[Ancestor]:
    words = ("rev-list", "--first-parent", "--parents", f"--max-count={most}")
    lines = git.run(*words, last, "--").decode().splitlines()
    return [(each.split()[0], each.split()[1:]) for each in lines]


def _line(git: Git, tip: str) -> list[tuple[str, str]]:
    """The branch's newest commits, each with its committer's time in seconds since 1970."""
    words = ("log", "--first-parent", "--no-show-signature", "--format=%H %ct")
    lines = git.run(*words, f"--max-count={_MOST_LISTED}", tip, "--").decode().splitlines()
    return [(commit, seconds) for commit, _, seconds in (each.partition(" ") for each in lines)]


def _since(git: Git, tip: str, before: str | None) -> frozenset[str]:
    """The commits that came on top of an older tip; none where nobody knows that one."""
    known = git.commit(before) if before else None
    if known is None or not git.is_ancestor(known, tip):
        return frozenset()
    listing = git.run("rev-list", "--first-parent", tip, f"^{known}", "--")
    return frozenset(listing.decode().split())
