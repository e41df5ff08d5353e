"""A repository on GitHub: what it tells of pull requests, and what is kept on them."""

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from casework.github.answers import as_described
from casework.github.fault import FaultKind, GitHubError
from casework.github.pull_requests import pull_request, pushes, review
from casework.model.check_run import CheckRun
from casework.model.pull_request import GivenReview, PullRequest, Push

if TYPE_CHECKING:
    import github.Repository

    from casework.github.requester import PatientRequester


class Identity(NamedTuple):
    """Who we are on GitHub."""

    bot: str
    """The account whose comments are ours."""
    slug: str
    """The app whose check runs are ours."""
    token: str

    def __repr__(self) -> str:
        return f"Identity(bot={self.bot!r}, slug={self.slug!r})"


class Profile(NamedTuple):
    """What GitHub says of a repository itself."""

    default_branch: str
    created: date
    """By universal time. One that came from elsewhere is younger than its commits."""
    is_fork: bool


class Repository:
    """A repository on GitHub. Everything raises GitHubError where GitHub cannot be read."""

    def __init__(self, name: str, identity: Identity, requester: "PatientRequester") -> None:
        self.name = name
        self.bot = identity.bot
        self._identity = identity
        self._requester = requester

    @property
    def calls(self) -> int:
        """How many requests were made, failed ones among them."""
        return self._requester.patience.calls

    def git_token(self) -> str | None:
        """The token that git may read the repository with."""
        return self._identity.token

    def profile(self) -> Profile:
        """What GitHub says of the repository itself."""
        with as_described():
            remote = self._remote()
            return Profile(remote.default_branch, remote.created_at.date(), bool(remote.fork))

    def has_branch(self, name: str) -> bool:
        """Whether there is a branch of that name, and not one that was called so before."""
        with as_described():
            try:
                found = self.ask(f"/branches/{quote(name)}")
            except GitHubError as error:
                if error.kind is not FaultKind.ABSENT:
                    raise
                return False
            return bool(found["name"] == name)

    def content_id(self, path: str, commit: str) -> str | None:
        """The id of a file's content in a commit; None where GitHub has not both of them."""
        with as_described():
            try:
                found = self.ask(f"/contents/{quote(path)}", ref=commit)
            except GitHubError as error:
                if error.kind is not FaultKind.ABSENT:
                    raise
                return None
            return str(found["sha"]) if isinstance(found, dict) else None

    def default_branch(self) -> str:
        """The name of the branch that pull requests go into."""
        with as_described():
            return self._remote().default_branch

    def open_pull_requests(self, base: str) -> tuple[PullRequest, ...]:
        """All that go into a branch, oldest first, without their reviews."""
        with as_described():
            listed = self._remote().get_pulls(
                state="open", base=base, sort="created", direction="asc"
            )
            # Where a repository was renamed, the question gets lost on the way to its new name.
            found = {
                each.number: pull_request(each)
                for each in listed
                if each.base.ref == base and each.state == "open"
            }
        return tuple(found[number] for number in sorted(found))

    def reviews(self, number: int) -> tuple[GivenReview, ...]:
        """All reviews on a pull request, in the order of time."""
        with as_described():
            listed = self._remote().get_pull(number).get_reviews()
            return tuple(review(each, number) for each in listed)

    def pull_request(self, number: int) -> PullRequest:
        """An open or a closed one, without its reviews."""
        with as_described():
            return pull_request(self._remote().get_pull(number))

    def pull_requests_of(self, commit: str) -> tuple[PullRequest, ...]:
        """Those that a commit belongs to, without their reviews.

        For a commit of the default branch that is the one by which it got there; none where it
        was pushed.
        """
        with as_described():
            listed = self._remote().get_commit(commit).get_pulls()
            return tuple(pull_request(each) for each in listed)

    def pushes(self, branch: str) -> tuple[Push, ...]:
        """The last hundred moves of a branch of this repository, newest first, merges apart."""
        with as_described():
            return pushes(self.ask("/activity", ref=f"refs/heads/{branch}", per_page=100))

    def keep_comment(self, number: int, body: str, marker: str) -> bool:
        """Let there be one comment of ours that starts with the marker, and says this.

        Whether anything had to be written for it.
        """
        from casework.github.comment import CommentKeeper

        issue = self._remote().get_issue(number)
        keeper = CommentKeeper(issue, self.bot, body, marker)
        with as_described():
            self._requester.patience.until_known(keeper.keep)
        return keeper.has_written

    def remind(self, number: int, body: str, marker: str) -> bool:
        """Let there have been a comment of ours that starts with the marker.

        One that stands there stays as it is. Whether it had to be written.
        """
        from casework.github.reminder import Reminder

        reminder = Reminder(self._remote().get_issue(number), self.bot, body, marker)
        with as_described():
            self._requester.patience.until_known(reminder.write)
        return reminder.has_written

    def keep_issue(self, title: str, body: str, marker: str) -> bool:
        """Let there be one open issue of ours whose text starts with the marker, and says this.

        Whether anything had to be written for it.
        """
        from casework.github.issue import IssueKeeper

        keeper = IssueKeeper(self._remote(), self.bot, marker)
        with as_described():
            self._requester.patience.until_known(lambda: keeper.keep(title, body))
        return keeper.has_written

    def close_issue(self, marker: str) -> bool:
        """Let no issue of ours whose text starts with the marker be open.

        Whether anything had to be written for it.
        """
        from casework.github.issue import IssueKeeper

        keeper = IssueKeeper(self._remote(), self.bot, marker)
        with as_described():
            self._requester.patience.until_known(keeper.close)
        return keeper.has_written

    def open_markers(self, beginning: str) -> tuple[str, ...]:
        """The first line of every open issue of ours whose text begins so."""
        from casework.github.issue import IssueKeeper

        with as_described():
            return IssueKeeper(self._remote(), self.bot, beginning).open_markers()

    def keep_check(self, check: CheckRun, details_url: str | None) -> bool:
        """Let the latest check run of ours on the commit be this one.

        Whether anything had to be written for it.
        """
        from casework.github.check_run import CheckKeeper

        keeper = CheckKeeper(self._remote(), self._identity.slug, check, details_url)
        with as_described():
            self._requester.patience.until_known(keeper.keep)
        return keeper.has_written

    def ask(self, path: str, **parameters: str | int) -> Any:
        """What GitHub answers to a question below the repository's own address, as plain data."""
        address = f"/repos/{self.name}{path}"
        return self._requester.requestJsonAndCheck("GET", address, dict(parameters))[1]

    def _remote(self) -> "github.Repository.Repository":
        from github.Repository import Repository as Remote

        # A new one each time: once it knows its own address, it would ask there.
        return Remote(self._requester, url=f"/repos/{self.name}")
