"""What the reviews on a pull request come to: which of them count, and why others do not."""

from enum import StrEnum
from typing import NamedTuple

from casework.model.pull_request import ReviewState
from casework.model.report import Requirement


class Sameness(StrEnum):
    """How what was reviewed compares with what is proposed now."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    """The reviewed commit is no longer there, so nobody can tell."""


class Discount(StrEnum):
    """Why a review does not count, the first that applies in this order."""

    COMMENT = "comment"
    """It only comments, and takes nothing back."""
    REPLACED = "replaced"
    """The same person reviewed again later."""
    DISMISSED = "dismissed"
    UNKNOWN_ACCOUNT = "unknown-account"
    """The account is nobody's in people.yaml, or that of more than one person, or deleted."""
    SUBJECT = "subject"
    MANAGER = "manager"
    AUTHOR = "author"
    """Whoever opened the pull request."""
    NOT_A_REVIEWER = "not-a-reviewer"
    """Not in the calibration group; for changes of anything but cases: not an owner."""
    LEFT = "left"
    """Whoever has left decides nothing any more."""
    ASKS_FOR_CHANGES = "asks-for-changes"
    """It blocks."""
    CONTENT_CHANGED = "content-changed"
    COMMIT_GONE = "commit-gone"


class ReviewStanding(NamedTuple):
    """One review, and what it comes to."""

    who: str
    """The name in people.yaml, or the account's where nobody there has it."""
    state: ReviewState
    commit: str | None
    because: Discount | None = None
    """Why it does not count; None when it counts."""

    @property
    def counts(self) -> bool:
        """Whether it is one of the approvals that are asked for."""
        return self.because is None

    @property
    def blocks(self) -> bool:
        """Whether it keeps the requirement from being met."""
        return self.because is Discount.ASKS_FOR_CHANGES


class ApprovalOutcome(NamedTuple):
    """How far the reviews meet what is asked for, and what each of them comes to."""

    requirement: Requirement
    standings: tuple[ReviewStanding, ...] = ()
    """Every review, in the order in which they were given."""
    missing: int = 0
    """How many more approvals it takes."""
    missing_senior: int = 0
    """How many of these must come from people who hold the target level or a higher one."""

    @property
    def blockers(self) -> tuple[str, ...]:
        """Who asks for changes, so that it cannot be met."""
        return tuple(each.who for each in self.standings if each.blocks)
