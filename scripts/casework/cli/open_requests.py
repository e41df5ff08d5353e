"""What is open on GitHub now, judged as its checks judge it: looked at, and never reported on."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from casework.cli.evaluation import Evaluator, Judged, MovedError
from casework.cli.failure import FailureError
from casework.cli.settings import Settings
from casework.cli.snapshot import Snapshot
from casework.github.fault import GitHubError
from casework.github.repository import Repository
from casework.model.pull_request import PullRequest
from casework.read.git import Git
from casework.read.git_error import GitError

_MOVED = "somebody pushed to it meanwhile"


class OpenRequest(NamedTuple):
    """An open pull request, with what it would get now."""

    judged: Judged
    pushed: datetime | None = None
    """When it was last pushed to, where GitHub says."""

    @property
    def number(self) -> int:
        """The pull request's."""
        return self.judged.request.number


class OpenRequests(NamedTuple):
    """All that is open and goes into the default branch."""

    tip: str
    """The commit that the default branch is at now."""
    found: tuple[OpenRequest, ...]
    """Oldest first."""
    troubles: tuple[str, ...] = ()
    """What could not be asked or judged, and why, for people."""


def gather(
    repository: Repository,
    branch: str,
    git: Git,
    remote: str,
    settings: Settings,
    wait: Callable[[float], None],
) -> tuple[Evaluator, tuple[PullRequest, ...]]:
    """The open pull requests into a branch, oldest first, and what judges them.

    What they propose is fetched at once. It is noted under `refs/casework/`, and nothing is checked
    out. Raises GitHubError or GitError.
    """
    requests = repository.open_pull_requests(branch)
    mirror = Snapshot(git, remote, repository.git_token(), wait)
    mirror.gather(branch, tuple(each.number for each in requests))
    return Evaluator(mirror, branch, settings), requests


def look(
    repository: Repository,
    git: Git,
    remote: str,
    settings: Settings,
    wait: Callable[[float], None],
) -> OpenRequests:
    """Judge every open pull request into the default branch.

    Raises GitHubError or GitError when not even the list can be had.
    """
    branch = repository.default_branch()
    evaluator, requests = gather(repository, branch, git, remote, settings, wait)
    tip = evaluator.mirror.tip(branch)
    troubles: list[str] = []
    found = tuple(_looked_at(requests, repository, evaluator, troubles))
    return OpenRequests(tip, found, tuple(troubles))


def _looked_at(
    requests: tuple[PullRequest, ...],
    repository: Repository,
    evaluator: Evaluator,
    troubles: list[str],
) -> Iterator[OpenRequest]:
    for each in requests:
        try:
            asked = each._replace(reviews=repository.reviews(each.number))
            (judged,) = evaluator.judged((asked,))
        except MovedError:
            troubles.append(f"Pull request {each.number} is left out: {_MOVED}.")
            continue
        except (GitHubError, GitError, FailureError) as error:
            troubles.append(f"Pull request {each.number} is left out: {error.message}.")
            continue
        yield OpenRequest(judged, _pushed(each, judged, repository, troubles))


def _pushed(
    request: PullRequest, judged: Judged, repository: Repository, troubles: list[str]
) -> datetime | None:
    """When the commit that is proposed was pushed; of a fork's branch nobody says."""
    if request.branch is None or not judged.review.cases:
        return None
    try:
        pushes = repository.pushes(request.branch)
    except GitHubError as error:
        troubles.append(
            f"When pull request {request.number} was last pushed to is not known: {error.message}."
        )
        return None
    return next((each.at for each in pushes if each.after == request.head), None)
