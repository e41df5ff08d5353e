"""The one comment of ours on a pull request, whoever else writes at the same time."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from casework.github.authorship import is_ours, same, written_by
from casework.github.fault import FaultKind, GitHubError

if TYPE_CHECKING:
    from github.Issue import Issue
    from github.IssueComment import IssueComment

_ROUNDS = 5


class CommentKeeper:
    """Sees to it that there is one comment, the oldest of ours, and that it says what it should.

    Every round begins with what GitHub has, so that it can be repeated at any point.
    """

    def __init__(self, issue: "Issue", bot: str, body: str, marker: str) -> None:
        self.has_written = False
        self._issue = issue
        self._bot = bot
        self._body = body
        self._marker = marker
        self._created: dict[int, IssueComment] = {}
        self._gone: set[int] = set()

    def keep(self) -> None:
        """Look, and write what is missing."""
        for _ in range(_ROUNDS):
            ours = self._ours()
            if not ours:
                self._create()
                continue  # somebody else may have done the same meanwhile
            kept, *twins = ours
            for twin in twins:
                self._delete(twin)
            if same(kept.body, self._body) or self._edit(kept):
                return
        raise GitHubError(
            "the comment on the pull request must stay for a moment; it keeps being deleted",
            "Find out what else deletes comments there, and run it again.",
            FaultKind.REFUSED,
        )

    def _ours(self) -> list["IssueComment"]:
        """Oldest first. The marker alone proves nothing: anybody can write it."""
        # What was created a moment ago may not be listed yet.
        found = self._created | {each.id: each for each in self._issue.get_comments()}
        known = sorted(found.keys() - self._gone)
        return [found[each] for each in known if self._is_ours(found[each])]

    def _is_ours(self, comment: "IssueComment") -> bool:
        return is_ours(comment, self._bot, self._marker)

    def _create(self) -> None:
        self.has_written = True
        comment = self._issue.create_comment(self._body)
        self._created[comment.id] = written_by(comment, self._bot)

    def _edit(self, comment: "IssueComment") -> bool:
        """Whether the comment was still there."""
        self.has_written = True
        return not self._is_absent(comment, lambda: self._write(comment))

    def _write(self, comment: "IssueComment") -> None:
        try:
            comment.edit(self._body)
        except GitHubError as error:
            if error.kind is not FaultKind.ABSENT:
                raise
            # One that can be read, and only may not be written, must get no second beside it.
            comment.requester.requestJsonAndCheck("GET", comment.url)
            raise GitHubError(error.message, error.help, FaultKind.FORBIDDEN) from None

    def _delete(self, comment: "IssueComment") -> None:
        self.has_written = True
        self._is_absent(comment, comment.delete)
        self._gone.add(comment.id)

    def _is_absent(self, comment: "IssueComment", write: Callable[[], None]) -> bool:
        try:
            write()
        except GitHubError as error:
            if error.kind is not FaultKind.ABSENT:
                raise
            self._gone.add(comment.id)
            return True
        return False
