"""The remote repository's commits, brought here as objects: nothing is ever checked out."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from casework.cli.failure import FailureError
from casework.read.git import Git
from casework.read.git_remote_error import RemoteError, RemoteFault

_OWN = "refs/casework"
_QUEUE = "refs/heads/gh-readonly-queue"
_ENTRY = re.compile(rf"{_QUEUE}/.+/pr-(?P<number>[0-9]+)-(?P<parent>[0-9a-f]{{40,64}})")
_LONGEST_QUEUE = 100
_PAUSES = (2.0, 6.0)
"""Seconds before what failed is tried again, where it may work by then."""

_T = TypeVar("_T")


class QueueEntry(NamedTuple):
    """A pull request in a merge group: what it makes of the commit that it is put on."""

    number: int
    parent: str
    head: str


class Mirror:
    """What of the remote repository is needed here, and no more."""

    def __init__(
        self, git: Git, remote: str, token: str | None, wait: Callable[[float], None]
    ) -> None:
        self.git = git
        self.remote = remote
        self.token = token
        self._wait = wait
        self._lost: RemoteError | None = None

    def tip(self, branch: str) -> str:
        """The commit that a branch is at now."""
        return self._fetched(of_branch(branch))[0]

    def proposed(self, number: int) -> str:
        """The commit that a pull request proposes now."""
        return self._fetched(of_pulls(number))[0]

    def tip_and_proposed(self, branch: str, *numbers: int) -> tuple[str, tuple[str, ...]]:
        """The commits that a branch and pull requests are at, all at one moment."""
        tip, *proposed = self._fetched(of_branch(branch) | of_pulls(*numbers))
        return tip, tuple(proposed)

    def bring(self, commit: str) -> None:
        """Fetch a commit that may be gone; nothing happens if it is."""
        if self.git.commit(commit) is None:
            self.patiently(lambda: self.git.fetch_commit(self.remote, commit, token=self.token))

    def merge_group(self, branch: str, head: str, base: str) -> tuple[QueueEntry, ...]:
        """The pull requests in a merge group, in the order in which they are to be merged.

        Empty when the group is no longer there, or goes into another branch than `base`. Raises
        FailureError when part of the group belongs to no pull request.
        """
        if not f"refs/heads/{branch}".startswith(f"{_QUEUE}/{base}/pr-"):
            return ()
        tip = self.tip(base)
        refs = self.patiently(
            lambda: self.git.remote_refs(self.remote, f"{_QUEUE}/*", token=self.token)
        )
        if refs.get(f"refs/heads/{branch}") != head:
            return ()
        self._fetched({f"refs/heads/{branch}": f"{_OWN}/group"})
        own = {name: each for name, each in refs.items() if name.startswith(f"{_QUEUE}/{base}/")}
        return tuple(reversed(list(self._entries(own, f"refs/heads/{branch}", tip))))

    def _entries(self, refs: Mapping[str, str], name: str, tip: str) -> Iterator[QueueEntry]:
        """From the last to the first: each stands on the commit of the one before."""
        by_commit = {commit: each for each, commit in refs.items()}
        for _ in range(_LONGEST_QUEUE):
            found = _ENTRY.fullmatch(name)
            if found is None or not self.git.is_ancestor(found["parent"], refs[name]):
                break
            yield QueueEntry(int(found["number"]), found["parent"], refs[name])
            if self.git.is_ancestor(found["parent"], tip):
                return
            if found["parent"] not in by_commit:
                break
            name = by_commit[found["parent"]]
        raise FailureError(
            "every commit of a merge group must belong to a pull request in it; one does not",
            "Take the pull requests out of the merge queue, and put them in again.",
        )

    def _fetched(self, wanted: Mapping[str, str]) -> tuple[str, ...]:
        """The commits of refs there, by the name under which each is noted here."""
        refspecs = [f"+{name}:{own}" for name, own in wanted.items()]
        self.patiently(lambda: self.git.fetch(self.remote, *refspecs, token=self.token))
        return self.git.resolve_all(*wanted.values())

    def patiently(self, action: Callable[[], _T]) -> _T:
        """Do what needs the network, again if that may help. Who was lost once stays lost."""
        for pause in _PAUSES:
            if self._lost:
                raise self._lost
            try:
                return action()
            except RemoteError as error:
                if error.fault is not RemoteFault.UNREACHABLE:
                    raise
                self._wait(pause)
        try:
            return action()
        except RemoteError as error:
            if error.fault is RemoteFault.UNREACHABLE:
                self._lost = error  # the next pull request need not wait for it as well
            raise


def of_branch(branch: str) -> dict[str, str]:
    """The ref of a branch there, and where it is noted here."""
    return {f"refs/heads/{branch}": f"{_OWN}/base"}


def of_pulls(*numbers: int) -> dict[str, str]:
    """The refs of what pull requests propose, and where each is noted here."""
    return {f"refs/pull/{each}/head": f"{_OWN}/pull/{each}" for each in numbers}
