"""What the main branch's history tells: when something got there, and how it came to be so."""

from datetime import date
from typing import NamedTuple

from casework.model.case import Case
from casework.model.fiscal import Quarter
from casework.model.note import Note


class Landing(NamedTuple):
    """A commit by which something got on the main branch, on its own line: its first parents'."""

    commit: str
    day: date
    """The committer's day by universal time, and never one before that of the commit it stands on.
    Who pushes to the main branch without GitHub may write any day."""
    author: str
    """The name that the commit gives."""
    subject: str
    """The first line of its message."""
    pull_request: int | None = None
    """What the note says, or else the subject as GitHub writes it: a claim either way."""
    note: Note | None = None
    """None where there is none that can be read."""
    place: int = 0
    """The how manieth it is of those that were read together: days alone do not order them."""
    deadline: int | None = None
    """Its policy's `record_within_days`; None where that was not looked up, or cannot be read."""


class Version(NamedTuple):
    """A case file as one commit left it."""

    landing: Landing
    path: str
    content: str | None
    """The id of its content, git's own; None where the commit took the file away."""
    case: Case | None = None
    """What it says; None where it was taken away, or where only the last one was read."""


class CaseHistory(NamedTuple):
    """A case from its first day on the main branch on, whatever its path was meanwhile."""

    versions: tuple[Version, ...]
    """Oldest first; at least one."""

    @property
    def path(self) -> str:
        """Where it lies, or lay last."""
        return self.versions[-1].path

    @property
    def person(self) -> str:
        """The person's folder."""
        return self.path.split("/")[1]

    @property
    def is_there(self) -> bool:
        """Whether the main branch still has it."""
        return self.versions[-1].content is not None


class OnRecord(NamedTuple):
    """Since when the main branch has held a quarter's ratings, in whatever case of the person."""

    quarter: Quarter
    first: Landing | None
    """The commit that first rated it; None where the main branch does not rate it yet."""
    as_now: Landing | None = None
    """The commit since which it is rated as it is now; the same as `first` unless it was changed.
    None where the main branch does not rate it so."""
    days: int | None = None
    """How long after the quarter's last day it got on record; negative for one before it."""
    is_late: bool | None = False
    """Whether that is later than the policy of that commit asked for; None where nobody knows."""
