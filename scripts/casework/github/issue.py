"""The one issue of ours that a marker names, whoever else writes at the same time."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from casework.github.authorship import is_ours, same, written_by
from casework.github.fault import FaultKind, GitHubError

if TYPE_CHECKING:
    from github.Issue import Issue
    from github.Repository import Repository

_ROUNDS = 5
_LONGEST_TITLE = 256


class IssueKeeper:
    """Sees to it that one issue, the oldest of ours, is open and says what it should.

    A pull request is none, whatever it says. Every round begins with what GitHub has, so that
    it can be repeated at any point.
    """

    def __init__(self, repository: "Repository", bot: str, marker: str) -> None:
        self.has_written = False
        self._repository = repository
        self._bot = bot
        self._marker = marker
        self._created: dict[int, Issue] = {}
        self._gone: set[int] = set()

    def keep(self, title: str, body: str) -> None:
        """Look, and write what is missing; whatever else of ours bears the marker is closed."""
        title = title[:_LONGEST_TITLE]
        for _ in range(_ROUNDS):
            ours = self._ours()
            if not ours:
                self._create(title, body)
                continue  # somebody else may have done the same meanwhile
            kept, *twins = ours
            for twin in twins:
                self._close(twin, "not_planned")
            if self._is_told(kept, title, body) or self._edit(kept, title, body):
                return
        raise GitHubError(
            "an issue of ours must stay for a moment; it keeps being deleted",
            "Find out what else deletes issues there, and run it again.",
            FaultKind.REFUSED,
        )

    def close(self) -> None:
        """Close every open issue of ours that bears the marker."""
        for each in self._ours():
            self._close(each, "completed")

    def open_markers(self) -> tuple[str, ...]:
        """The first line of every open issue of ours that begins with the marker, each once."""
        lines = ((each.body or "").splitlines()[0] for each in self._ours() if each.state == "open")
        return tuple(dict.fromkeys(each.rstrip() for each in lines))

    def _ours(self) -> list["Issue"]:
        """Oldest first. The marker alone proves nothing: anybody can write it."""
        listed = self._repository.get_issues(
            state="all",
            creator=self._bot,  # type: ignore[arg-type]  # a name will do
            sort="created",
            direction="asc",
        )
        # What was created a moment ago may not be listed yet.
        found = self._created | {each.number: each for each in listed}
        known = sorted(found.keys() - self._gone)
        return [found[each] for each in known if self._is_ours(found[each])]

    def _is_ours(self, issue: "Issue") -> bool:
        return is_ours(issue, self._bot, self._marker) and not self._is_pull_request(issue)

    def _is_pull_request(self, issue: "Issue") -> bool:
        """Whether it is no issue, or none any more: that takes a question of its own."""
        try:
            return issue.pull_request is not None
        except GitHubError as error:
            if error.kind is not FaultKind.ABSENT:
                raise
            self._gone.add(issue.number)  # listed a moment longer than it was there
            return True

    def _create(self, title: str, body: str) -> None:
        self.has_written = True
        issue = self._repository.create_issue(title, body)
        self._created[issue.number] = written_by(issue, self._bot)

    def _is_told(self, issue: "Issue", title: str, body: str) -> bool:
        return issue.state == "open" and same(issue.title, title) and same(issue.body, body)

    def _edit(self, issue: "Issue", title: str, body: str) -> bool:
        """Whether the issue was still there."""
        return self._write(issue, lambda: issue.edit(title=title, body=body, state="open"))

    def _close(self, issue: "Issue", reason: str) -> None:
        if issue.state != "closed":
            self._write(issue, lambda: issue.edit(state="closed", state_reason=reason))

    def _write(self, issue: "Issue", write: Callable[[], None]) -> bool:
        self.has_written = True
        try:
            write()
        except GitHubError as error:
            if error.kind is not FaultKind.ABSENT:
                raise
            self._forget(issue, error)
            return False
        return True

    def _forget(self, issue: "Issue", error: GitHubError) -> None:
        """Take it for deleted; one that can be read, and only may not be written, is not."""
        self._gone.add(issue.number)
        try:
            issue.requester.requestJsonAndCheck("GET", issue.url)
        except GitHubError as other:
            if other.kind is not FaultKind.ABSENT:
                raise
            return
        raise GitHubError(error.message, error.help, FaultKind.FORBIDDEN)
