"""A repository on GitHub: what it tells of pull requests, and what is kept on them."""

from typing import TYPE_CHECKING, Any, NamedTuple

from casework.github.answers import as_described
from casework.github.fault import FaultKind, GitHubError
from casework.model.check_run import CheckRun
from casework.model.pull_request import GivenReview, PullRequest, ReviewState

if TYPE_CHECKING:
    import github.PullRequest
    import github.PullRequestReview
    import github.Repository

    from casework.github.requester import PatientRequester

_STATES = {each.name: each for each in ReviewState}


class Identity(NamedTuple):
    """Who we are on GitHub."""

    bot: str
    """The account whose comments are ours."""
    slug: str
    """The app whose check runs are ours."""
    token: str

    def __repr__(self) -> str:
        return f"Identity(bot={self.bot!r}, slug={self.slug!r})"


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
                each.number: PullRequest(each.number, _login(each), each.head.sha, each.base.ref)
                for each in listed
                if each.base.ref == base and each.state == "open"
            }
        return tuple(found[number] for number in sorted(found))

    def reviews(self, number: int) -> tuple[GivenReview, ...]:
        """All reviews on a pull request, in the order of time."""
        with as_described():
            listed = self._remote().get_pull(number).get_reviews()
            return tuple(_review(each, number) for each in listed)

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


def _review(given: "github.PullRequestReview.PullRequestReview", number: int) -> GivenReview:
    state = _STATES.get(given.state or "")
    if state is None:
        # It may well take an approval back, so it can be neither counted nor passed over.
        raise GitHubError(
            f"a review on pull request {number} must be one of {', '.join(_STATES)}; "
            f"GitHub says `{given.state}`",
            "Update casework: this version does not know what that means.",
            FaultKind.REFUSED,
        )
    return GivenReview(_login(given), state, given.commit_id)


def _login(
    written: "github.PullRequest.PullRequest | github.PullRequestReview.PullRequestReview",
) -> str | None:
    """Who wrote it; None where the account was deleted."""
    return written.user.login if written.user else None
