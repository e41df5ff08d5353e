"""What GitHub could not do for us, said so that people can do something about it."""

from enum import StrEnum


class FaultKind(StrEnum):
    """Why GitHub did not do what it was asked for."""

    UNREACHABLE = "unreachable"
    """It did not answer, or not in its own words."""
    LIMITED = "limited"
    """It takes no more requests for a while."""
    UNAUTHORISED = "unauthorised"
    """It does not know who is asking."""
    FORBIDDEN = "forbidden"
    """It knows, and does not allow it."""
    ABSENT = "absent"
    """There is no such thing, or none that the token may see."""
    REFUSED = "refused"
    """What was sent, or what came back, does not fit."""


class GitHubError(Exception):
    """GitHub cannot give or take what is asked for: what must be, and what to do about it."""

    def __init__(self, message: str, help: str, kind: FaultKind) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.kind = kind
