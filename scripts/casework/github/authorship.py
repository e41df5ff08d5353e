"""What is ours on GitHub: written by our account, with our marker at its start.

The marker alone proves nothing, since anybody can write it; nor does the account, since every
workflow of the repository writes as the same one.
"""

from typing import TYPE_CHECKING, TypeVar

from casework.github.fault import FaultKind, GitHubError

if TYPE_CHECKING:
    from github.Issue import Issue
    from github.IssueComment import IssueComment

    _Written = TypeVar("_Written", Issue, IssueComment)


def is_ours(written: "Issue | IssueComment", bot: str, marker: str) -> bool:
    """Whether the account wrote it, and it starts with the marker."""
    return _author(written).casefold() == bot.casefold() and (written.body or "").startswith(marker)


def written_by(written: "_Written", bot: str) -> "_Written":
    """What was just written, the account's own.

    Raises GitHubError where it bears another's name: it would not be found again, and be written
    once more each time.
    """
    author = _author(written)
    if author.casefold() == bot.casefold():
        return written
    raise GitHubError(
        f"what is written must be by `{bot}`; the token is that of `{author}`",
        f"Set CASEWORK_BOT to `{author}`, or pass the workflow's own token.",
        FaultKind.UNAUTHORISED,
    )


def same(stored: str | None, text: str) -> bool:
    """Whether two texts are one, whatever was done to the line ends on the way."""
    return _stored(stored) == _stored(text)


def _stored(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


def _author(written: "Issue | IssueComment") -> str:
    return written.user.login if written.user else ""
