"""What ends a run early, told to people in one message and one remedy."""

from enum import IntEnum


class Exit(IntEnum):
    """What the program's exit code says."""

    HOLDS = 0
    FAILS = 1
    USAGE = 2
    CANNOT_RUN = 3
    INTERRUPTED = 130


class FailureError(Exception):
    """The run ends here: what must be, and what to do about it."""

    code = Exit.CANNOT_RUN

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def unforeseen(error: Exception, help: str) -> FailureError:
    """What is told of a mistake of the program's own."""
    first = (str(error).splitlines() or ["no more is known"])[0]
    return FailureError(f"this should never happen, and did: {type(error).__name__}: {first}", help)


class UsageError(FailureError):
    """What was typed cannot be meant."""

    code = Exit.USAGE


def choice(what: str, word: str, accepted: tuple[str, ...]) -> UsageError:
    """The complaint about a word that is none of the accepted ones, with the likeliest of them."""
    listed = f"{what} must be one of {', '.join(accepted)}; it is `{word}`"
    return UsageError(listed, did_you_mean(word, accepted))


def did_you_mean(word: str, accepted: tuple[str, ...]) -> str:
    """A question that names the word that was probably meant, or nothing."""
    from casework.model.english import nearest

    near = nearest(word, accepted)
    return f"Did you mean `{near}`?" if near else ""
