"""A talent review at a glance: its cases, what is due, and who waits for an answer."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from casework.model.agenda import Due
from casework.model.growth import KnownCase
from casework.model.policy import TalentReview


class Where(StrEnum):
    """Where a case is as it is told of."""

    MAIN = "main-branch"
    HERE = "working-tree"
    """In the working tree, and not so on the main branch."""
    PULL_REQUEST = "pull-request"


class Waiting(NamedTuple):
    """That a pull request waits for a reviewer's first word on what it proposes."""

    since: date
    """When it was opened or last pushed to, in universal time."""
    answer_by: date
    """The last day on which an answer is in time."""


class Sighting(NamedTuple):
    """A case in one of the places where it can be."""

    known: KnownCase
    where: Where
    pull_request: int | None = None
    due: Due | None = None
    """What is due next of it; None where nothing is."""
    waiting: Waiting | None = None


class Glance(NamedTuple):
    """What there is to see of a talent review. In the order of names, never of readiness."""

    as_of: date
    framework: str
    """The framework's version."""
    review: TalentReview
    is_last: bool
    """Whether the policy lists no later one."""
    cases: tuple[Sighting, ...] = ()
    """Those of the review, decided ones among them."""
    earlier: tuple[Sighting, ...] = ()
    """Those of the review before it for which no decision is written down."""
    in_band: tuple[Sighting, ...] = ()
    """The in-band increases that are not decided, or not decided on the main branch."""
    notes: tuple[str, ...] = ()
    """What was not looked at, and why, for people to read."""
