"""Why a remote repository did not give what was asked for, and what to do about it."""

from enum import StrEnum
from typing import NamedTuple

from casework.read.git_error import GitError


class RemoteFault(StrEnum):
    """Why something could not be brought from elsewhere."""

    UNREACHABLE = "unreachable"
    """Nobody answered, or too slowly, or the answer was broken off: later it may work."""
    REFUSED = "refused"
    """Whoever asked may not, or did not say who asks."""
    ABSENT = "absent"
    """There is no such repository, or it is not shown to whoever asked."""
    GONE = "gone"
    """The repository answered, and no longer has what was asked for."""


class RemoteError(GitError):
    """A remote repository did not give what was asked for."""

    def __init__(self, message: str, help: str, fault: RemoteFault) -> None:
        super().__init__(message, help)
        self.fault = fault


class _Case(NamedTuple):
    """What git says of one sort of fault, and what people are told."""

    fault: RemoteFault
    words: tuple[str, ...]
    message: str
    help: str


_UNREACHABLE = _Case(
    RemoteFault.UNREACHABLE,
    (),
    "`{remote}` must answer; git could not reach it: {reason}",
    "Check that the network and the server work, and try again.",
)

_CASES = (
    _Case(
        RemoteFault.GONE,
        ("couldn't find remote ref", "not our ref", "unadvertised object"),
        "`{remote}` must have what is asked for; it does not: {reason}",
        "Check that the pull request or the branch is still there.",
    ),
    _Case(
        RemoteFault.REFUSED,
        (
            *("could not read Username", "could not read Password", "Authentication failed"),
            *("returned error: 401", "returned error: 403"),
        ),
        "`{remote}` must let git read it; it refuses: {reason}",
        "Give a token that may read the repository's contents.",
    ),
    _Case(
        RemoteFault.ABSENT,
        ("returned error: 30", "redirect"),
        "`{remote}` must be where the repository is now; it points elsewhere: {reason}",
        "Give the repository's present address.",
    ),
    _Case(
        RemoteFault.ABSENT,
        ("' not allowed", "Unable to find remote helper", "is not a git command"),
        "a remote's address must begin with `https://`, or be a path; `{remote}` does not",
        "Give it as `https://HOST/OWNER/REPOSITORY.git`.",
    ),
    _Case(
        RemoteFault.ABSENT,
        (
            *("not found", "returned error: 404", "does not appear to be a git repository"),
            *("does not exist", "is not a valid remote name", "No remote configured"),
        ),
        "there must be a repository at `{remote}`; there is none, or it is not shown: {reason}",
        "Check that the address is right, and that the token may read the repository.",
    ),
)


def remote_failure(remote: str, said: str) -> RemoteError:
    """What git's complaint about a remote means. Neither of the two holds a secret."""
    case = next((c for c in _CASES if any(each in said for each in c.words)), _UNREACHABLE)
    message = case.message.format(remote=remote, reason=_reason(said))
    return RemoteError(message, case.help, case.fault)


def push_failure(remote: str, ref: str, reason: str, said: str) -> RemoteError:
    """Why a ref could not be moved there: the reason that git gives for it, or its complaint."""
    error = remote_failure(remote, said)
    if not reason and error.fault is not RemoteFault.REFUSED:
        return error
    return RemoteError(
        f"`{remote}` must let git push `{ref}`; it refuses: {reason or _reason(said)}",
        "Give the token the right to write the repository's contents, and check that no ruleset "
        f"forbids `{ref}`.",
        RemoteFault.REFUSED,
    )


def _reason(said: str) -> str:
    lines = [each.strip() for each in said.splitlines() if each.strip()]
    fatal = (each for each in lines if each.startswith("fatal: "))
    first = next(fatal, lines[0] if lines else "git does not say why")
    return first.removeprefix("fatal: ").removeprefix("error: ")
