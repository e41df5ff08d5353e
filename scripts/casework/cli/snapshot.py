"""What many pull requests propose, brought here at once."""

from collections.abc import Callable

from casework.cli.mirror import Mirror
from casework.read.git import Git
from casework.read.git_remote_error import RemoteError, RemoteFault


class Snapshot(Mirror):
    """The remote repository as it was at one moment, brought here at once."""

    def __init__(
        self, git: Git, remote: str, token: str | None, wait: Callable[[float], None]
    ) -> None:
        super().__init__(git, remote, token, wait)
        self._tips: dict[str, str] = {}

    def gather(self, branch: str, numbers: tuple[int, ...]) -> None:
        """Bring the branch and what pull requests propose."""
        wanted = {f"refs/heads/{branch}": "refs/casework/base"}
        wanted |= {f"refs/pull/{each}/head": f"refs/casework/pull/{each}" for each in numbers}
        try:
            refspecs = [f"+{name}:{own}" for name, own in wanted.items()]
            self.patiently(lambda: self.git.fetch(self.remote, *refspecs, token=self.token))
        except RemoteError as error:
            if error.fault is not RemoteFault.GONE:
                raise
            return  # one of them may be closed by now: each is asked for by itself
        self._tips = {name: self.git.resolve(own) for name, own in wanted.items()}

    def _fetched(self, name: str, own: str) -> str:
        return self._tips.get(name) or super()._fetched(name, own)
