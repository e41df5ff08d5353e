"""What a git note says of a merge: which cases, what they came to, whose approvals counted.

A note is a record to read. Whoever can push can write one, so what only a note says is a claim.
"""

from datetime import date
from typing import NamedTuple

NOTES = "refs/notes/approvals"
"""Where the notes are kept: `git log --notes=approvals` shows them."""


class NotedApproval(NamedTuple):
    """An approval that counted when the pull request was merged."""

    reviewer: str
    """The handle in people.yaml."""
    account: str
    """The login on GitHub."""
    level: str | None = None
    """The level that the reviewer held then; None outside the ladder."""
    commit: str | None = None
    """The commit that was reviewed."""
    day: date | None = None


class NotedCase(NamedTuple):
    """A case as it was merged."""

    path: str
    content: str
    """The id of the file's content, git's own: that of the blob on the main branch."""
    status: str | None
    verdict: str
    approvals: tuple[NotedApproval, ...] = ()
    kind: str | None = None
    """What it asks for, in the front matter's own word."""
    from_level: str | None = None
    to_level: str | None = None

    @property
    def person(self) -> str | None:
        """The person's folder, where the path is that of a case."""
        folders = self.path.split("/")
        return folders[1] if len(folders) > 2 else None


class Note(NamedTuple):
    """What was written down when a pull request was merged."""

    pull_request: int
    author: str | None
    """Whoever opened it: the handle in people.yaml, or the login of somebody who is not there."""
    framework: str | None
    """The framework's version that it was judged by."""
    cases: tuple[NotedCase, ...] = ()
    owners: tuple[NotedApproval, ...] = ()
    """The approvals of owners that counted, where more than cases was changed."""

    def case(self, path: str) -> NotedCase | None:
        """What it says of the case at a path."""
        return next((each for each in self.cases if each.path == path), None)
