"""The story of a case, told from the commits of the main branch: what happened, in what order."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from casework.model.case import Case, Status
from casework.model.difference import CellChange
from casework.model.fiscal import Quarter
from casework.model.history import Landing, OnRecord
from casework.model.note import NotedCase
from casework.model.people import Person
from casework.model.rating import Rating


class Opened(NamedTuple):
    """The case got on the main branch."""

    status: Status | None
    """None where it could not be read."""


class Recorded(NamedTuple):
    """A quarter was rated in all categories."""

    quarter: Quarter
    ratings: Mapping[str, Rating]
    """By the category's id."""
    days: int
    """How long after the quarter's last day; negative for one before it."""
    is_late: bool | None
    """Whether it got on record with this, and later than the policy of this commit asked for; None
    where nobody knows."""
    earlier: Landing | None = None
    """The commit since which it was on record already, in whatever case of the person."""
    cells: tuple[CellChange, ...] = ()
    """What differs from how it was rated last."""


class Rerated(NamedTuple):
    """Ratings of a quarter are others."""

    quarter: Quarter
    cells: tuple[CellChange, ...]


class Dropped(NamedTuple):
    """A quarter is no longer rated."""

    quarter: Quarter
    cells: tuple[CellChange, ...]


class EvidenceGone(NamedTuple):
    """Evidence for a cell is no longer there, and not reworded either."""

    quarter: Quarter
    category: str
    """Its id."""
    items: tuple[str, ...]
    """Their texts; None of them where they are not to be repeated."""
    how_many: int


class Moved(NamedTuple):
    """The file has another path, or the case is for another talent review."""

    before_path: str
    path: str
    before_review: str | None
    review: str | None


class Submitted(NamedTuple):
    """It was handed in."""


class Reopened(NamedTuple):
    """It was put back, from submitted to draft or from a decision to either."""

    before: Status
    status: Status


class Decided(NamedTuple):
    """The decision was written down."""

    outcome: Status
    decided: date | None
    effective: date | None
    instead_of: Status | None = None
    """Another decision that it took the place of."""


class ManagerChanged(NamedTuple):
    """The case names another manager."""

    before: str | None
    manager: str | None


class Edited(NamedTuple):
    """Something else was changed."""

    fields: tuple[str, ...] = ()
    """Of the front matter, as they are written there."""
    evidence: bool = False
    text: bool = False
    sections: tuple[str, ...] = ()
    """The titles of those whose text changed, evidence aside; none that is not to be repeated."""


class Unreadable(NamedTuple):
    """The file was left so that nobody can tell what it says."""


class Readable(NamedTuple):
    """The file can be read again."""


class Deleted(NamedTuple):
    """The file was taken away."""


class PutBack(NamedTuple):
    """The file is there again."""


Event = (
    Opened | Recorded | Rerated | Dropped | EvidenceGone | Moved | Submitted | Reopened | Decided
    | ManagerChanged | Edited | Unreadable | Readable | Deleted | PutBack
)  # fmt: skip


class Moment(NamedTuple):
    """A commit, and what it did to a case."""

    landing: Landing
    path: str
    content: str | None
    """The id of the file's content since; None where it was taken away."""
    days: int | None
    """Since the moment before; None for the first one."""
    events: tuple[Event, ...]
    after_decision: bool
    """Whether the main branch held the decision before: then nothing was to happen any more."""

    @property
    def noted(self) -> NotedCase | None:
        """What the commit's note says of the case as the commit left it."""
        note = self.landing.note
        noted = note.case(self.path) if note else None
        return noted if noted and noted.content == self.content else None


class Story(NamedTuple):
    """What became of a case."""

    path: str
    """Where it lies, or lay last."""
    person: str
    """The person's folder."""
    is_there: bool
    case: Case | None
    """As it can be read last; None where it never could."""
    moments: tuple[Moment, ...]
    """Oldest first; at least one."""


class Standing(NamedTuple):
    """A quarter of a person, as the main branch rates it last, and since when."""

    ratings: Mapping[str, Rating]
    on_record: OnRecord


class Biography(NamedTuple):
    """All that the main branch tells of somebody's cases."""

    handle: str
    person: Person | None
    """None for somebody who is no longer in people.yaml."""
    stories: tuple[Story, ...]
    """In the order in which they began."""
    record: tuple[Standing, ...]
    """In the order of time."""


class Outline(NamedTuple):
    """A case in a line."""

    path: str
    person: str
    case: Case | None
    """As it is now, or was before it was taken away; None where it cannot be read."""
    is_there: bool
    first: Landing
    last: Landing


class Stories(NamedTuple):
    """What became of a case, or of several that lay at one path."""

    stories: tuple[Story, ...]


class Overview(NamedTuple):
    """Every case, by person."""

    outlines: tuple[Outline, ...]


Told = Biography | Stories | Overview
"""A history, as far as it was asked for."""
