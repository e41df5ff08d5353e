"""What the branch of a pull request was at before it was last pushed to, as far as GitHub tells."""

from collections.abc import Callable

from casework.cli.mirror import Mirror
from casework.github.fault import GitHubError
from casework.model.pull_request import PullRequest, Push
from casework.read.git_error import GitError


class Pushes:
    """Tells it beside the verdict: nothing that hinders it may keep that from being told."""

    def __init__(self, listed: Callable[[str], tuple[Push, ...]], mirror: Mirror) -> None:
        self._listed = listed
        self._mirror = mirror
        self._is_lost = False

    def previous(self, request: PullRequest) -> str | None:
        """The commit that the last push took the place of, brought here.

        None where that push made the branch, where the branch is another repository's, and where
        the commit is gone or GitHub does not tell.
        """
        if request.branch is None or self._is_lost:
            return None
        try:
            found = self._listed(request.branch)
        except GitHubError:
            self._is_lost = True  # the next pull request need not wait for it as well
            return None
        last = next((each for each in found if each.after == request.head), None)
        return self._brought(last.before) if last and last.before else None

    def _brought(self, commit: str) -> str | None:
        try:
            self._mirror.bring(commit)
            return self._mirror.git.commit(commit)
        except GitError:
            return None
