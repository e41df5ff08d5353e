"""What people and bots say: reviews, comments and issues."""

from typing import Any

from tests.github.state import App, Comment, Issue, Review

GONE = "gone"
"""The commit of a review that GitHub no longer knows."""


class Conversation:
    """A part of the hub, which knows the pull requests, the clock and the views."""

    def __init__(self) -> None:
        self.reviews: dict[int, Review] = {}
        self.all_comments: dict[int, Comment] = {}
        self.has_issues = True
        self.issues: dict[int, Issue] = {}
        self.gone: set[int] = set()
        """The numbers of issues that were deleted."""

    def issue(self, login: str | None, title: str, body: str = "") -> int:
        return self.add_issue(login, title, body, None).number

    def add_issue(self, login: str | None, title: str, body: str | None, app: App | None) -> Issue:
        with self.lock:
            number, at = self._next_number(), self.now()
            self.issues[number] = Issue(number, login, app, title, body, at, at)
            return self.issues[number]

    def delete_issue(self, number: int) -> None:
        """What an administrator may do: nothing of it is left but its number."""
        del self.issues[number]
        self.gone.add(number)

    def review(
        self, number: int, login: str | None, state: str, commit: str | None = None, body: str = ""
    ) -> int:
        """A review of the head, or of a commit, or of one that is `GONE`."""
        with self.lock:
            seen = None if commit == GONE else commit or self.pulls[number].head
            made = Review(self.next_id(), number, login, state.upper(), seen, body, self.now())
            self.reviews[made.id] = made
            return made.id

    def dismiss(self, review_id: int) -> None:
        self.reviews[review_id].state = "DISMISSED"

    def comment(self, number: int, login: str | None, body: str) -> int:
        return self.add_comment(number, login, body, None).id

    def add_comment(self, number: int, login: str | None, body: str, app: App | None) -> Comment:
        with self.lock:
            at = self.now()
            made = Comment(self.next_id(), number, login, app, body, at, at)
            self.all_comments[made.id] = made
            return made

    def comments(self, number: int) -> list[dict[str, Any]]:
        """Each comment as the API tells it, oldest first; its author's `login` beside."""
        with self.lock:
            given = [one for one in self.all_comments.values() if one.number == number]
            return [self._views().comment(one) | {"login": one.login} for one in given]
