"""What many pull requests propose, brought here at once."""

from collections.abc import Callable, Mapping

from casework.cli.mirror import Mirror, of_branch, of_pulls
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
        wanted = of_branch(branch) | of_pulls(*numbers)
        try:
            found = super()._fetched(wanted)
        except RemoteError as error:
            if error.fault is not RemoteFault.GONE:
                raise
            return  # one of them may be closed by now: each is asked for by itself
        self._tips = dict(zip(wanted, found, strict=True))

    def _fetched(self, wanted: Mapping[str, str]) -> tuple[str, ...]:
        missing = {name: own for name, own in wanted.items() if name not in self._tips}
        found = dict(zip(missing, super()._fetched(missing), strict=True)) if missing else {}
        return tuple(self._tips.get(name) or found[name] for name in wanted)
