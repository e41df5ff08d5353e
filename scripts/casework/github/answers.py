"""What GitHub answers, held against what its API is described to answer."""

from collections.abc import Iterator
from contextlib import contextmanager

from casework.github.fault import FaultKind, GitHubError


@contextmanager
def as_described() -> Iterator[None]:
    """Takes it for an answer that nobody can read where a part of it is missing or odd."""
    from github.GithubException import BadAttributeException, GithubException

    try:
        yield
    except (
        BadAttributeException,
        GithubException,
        AttributeError,
        KeyError,
        TypeError,
        ValueError,
    ) as error:
        raise GitHubError(
            f"GitHub must answer as its API is described; it does not ({type(error).__name__})",
            "Check GITHUB_API_URL: on GitHub Enterprise Server it ends in `/api/v3`.",
            FaultKind.UNREACHABLE,
        ) from error
