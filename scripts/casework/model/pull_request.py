"""A pull request as GitHub tells of it: who proposes what, and who reviewed which commit."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class ReviewState(StrEnum):
    """What a reviewer said. The first three stand until the same reviewer says another of them."""

    APPROVED = "approved"
    CHANGES_REQUESTED = "changes-requested"
    DISMISSED = "dismissed"
    COMMENTED = "commented"
    PENDING = "pending"

    @property
    def is_opinion(self) -> bool:
        """Whether it takes the place of what the reviewer said before."""
        return self not in (ReviewState.COMMENTED, ReviewState.PENDING)


class GivenReview(NamedTuple):
    """One review on a pull request."""

    login: str | None
    """The reviewer's account; None where it was deleted."""
    state: ReviewState
    commit: str | None
    """The commit that was reviewed; None where GitHub no longer knows it."""
    submitted: datetime | None = None
    """When it was given, in universal time; None where nobody said."""


class PullRequest(NamedTuple):
    """A pull request, open unless it says when it was merged."""

    number: int
    author: str | None
    """The account that opened it; None where it was deleted."""
    head: str
    """The id of the commit that it proposes."""
    base: str
    """The name of the branch that it goes into, such as `main`."""
    reviews: tuple[GivenReview, ...] | None = None
    """In the order of time; None where they could not be read."""
    branch: str | None = None
    """The branch that it comes from, where that is one of this repository; None for a fork's."""
    opened: datetime | None = None
    """When it was opened, in universal time."""
    merged: datetime | None = None
    """When it was merged, in universal time; None while it is not."""
    merge_commit: str | None = None
    """The commit that merging it put on the branch, the last of several; None while it is not."""


class Push(NamedTuple):
    """A branch that was moved from one commit to another."""

    before: str | None
    """None where the push made the branch."""
    after: str
    at: datetime
    """In universal time, by GitHub's clock."""
