"""Pull requests, their reviews and the pushes to their branches: GitHub's words as our own."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from casework.github.fault import FaultKind, GitHubError
from casework.model.pull_request import GivenReview, PullRequest, Push, ReviewState

if TYPE_CHECKING:
    import github.PullRequest
    import github.PullRequestReview

_STATES = {each.name: each for each in ReviewState}
_PUSHES = ("push", "force_push", "branch_creation")
"""The moves of a branch that somebody pushed; the others are merges into it, and its end."""


def pull_request(given: "github.PullRequest.PullRequest") -> PullRequest:
    """A pull request, without its reviews."""
    home, base = given.head.repo, given.base.repo
    # While it is open, GitHub names a commit by which it tries whether it can be merged.
    merged = given.merged_at
    return PullRequest(
        number=given.number,
        author=_login(given),
        head=given.head.sha,
        base=given.base.ref,
        branch=given.head.ref if home and home.id == base.id else None,
        opened=given.created_at,
        merged=merged,
        merge_commit=given.merge_commit_sha if merged else None,
    )


def review(given: "github.PullRequestReview.PullRequestReview", number: int) -> GivenReview:
    """A review on the pull request of that number. Raises GitHubError for a state nobody knows."""
    state = _STATES.get(given.state or "")
    if state is None:
        # It may well take an approval back, so it can be neither counted nor passed over.
        raise GitHubError(
            f"a review on pull request {number} must be one of {', '.join(_STATES)}; "
            f"GitHub says `{given.state}`",
            "Update casework: this version does not know what that means.",
            FaultKind.REFUSED,
        )
    return GivenReview(_login(given), state, given.commit_id, given.submitted_at)


def pushes(listed: list[dict[str, Any]]) -> tuple[Push, ...]:
    """Of the moves of a branch, those that somebody pushed."""
    return tuple(_push(each) for each in listed if each["activity_type"] in _PUSHES)


def _push(given: dict[str, Any]) -> Push:
    before = given["before"]
    at = datetime.fromisoformat(given["timestamp"])
    return Push(before if before.strip("0") else None, given["after"], at)


def _login(
    written: "github.PullRequest.PullRequest | github.PullRequestReview.PullRequestReview",
) -> str | None:
    """Who wrote it; None where the account was deleted."""
    return written.user.login if written.user else None
