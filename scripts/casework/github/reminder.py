"""A comment that is written once, and then left as it is."""

from typing import TYPE_CHECKING

from casework.github.authorship import is_ours, written_by
from casework.github.fault import FaultKind, GitHubError

if TYPE_CHECKING:
    from github.Issue import Issue
    from github.IssueComment import IssueComment


class Reminder:
    """Sees to it that a comment of ours that starts with the marker was written.

    One that stands there stays, whatever it says by now: people may have answered it. One that
    somebody deleted leaves no trace, and is written again; hiding it keeps it from coming back.
    """

    def __init__(self, issue: "Issue", bot: str, body: str, marker: str) -> None:
        self.has_written = False
        self._issue = issue
        self._bot = bot
        self._body = body
        self._marker = marker

    def write(self) -> None:
        """Look, and write it where there is none."""
        if self._ours():
            return
        self.has_written = True
        created = written_by(self._issue.create_comment(self._body), self._bot)
        # Somebody else may have done the same meanwhile.
        oldest = min((each.id for each in self._ours()), default=created.id)
        if oldest < created.id:
            self._take_back(created)

    def _ours(self) -> list["IssueComment"]:
        listed = self._issue.get_comments()
        return [each for each in listed if is_ours(each, self._bot, self._marker)]

    def _take_back(self, comment: "IssueComment") -> None:
        try:
            comment.delete()
        except GitHubError as error:
            if error.kind is not FaultKind.ABSENT:
                raise
