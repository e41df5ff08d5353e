"""From what the environment says to a repository on GitHub that can be asked.

PyGithub is imported only when there is something to ask: no other command waits for it.
"""

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

from casework.github.fault import FaultKind, GitHubError
from casework.github.patience import Patience
from casework.github.repository import Identity, Repository

WORKFLOWS = "github-actions"
"""The app behind every workflow's own token."""


class Access(NamedTuple):
    """Where to ask, and as whom: with a token, or as a GitHub App."""

    api_url: str
    """Such as `https://api.github.com`, or `https://github.example.com/api/v3`."""
    repository: str
    """Such as `acme/careers`."""
    token: str | None = None
    app_id: str | None = None
    app_key: str | None = None
    """The app's private key in PEM form."""
    bot: str | None = None
    """The account whose comments are ours, where it is not the obvious one."""

    def __repr__(self) -> str:
        return f"Access(api_url={self.api_url!r}, repository={self.repository!r})"


def connect(access: Access, wait: Callable[[float], None], budget: float = 120) -> Repository:
    """A repository on GitHub; `budget` is how many seconds may be waited in all.

    With a token nothing is asked yet. Raises GitHubError.
    """
    _check(access)
    patience = Patience(wait, budget)
    slug, token = _signed_in(access, patience)

    from github.Auth import Token

    from casework.github.requester import PatientRequester

    requester = PatientRequester(patience, Token(token), access.api_url.rstrip("/"))
    identity = Identity(access.bot or f"{slug}[bot]", slug, token)
    return Repository(access.repository, identity, requester)


def _signed_in(access: Access, patience: Patience) -> tuple[str, str]:
    """The slug of the app that we are, and the token to ask with."""
    if access.app_id and access.app_key:
        from casework.github.app import sign_in

        address = access.api_url.rstrip("/")
        found = sign_in(address, access.repository, access.app_id.strip(), access.app_key, patience)
        return found.slug, found.token
    token = (access.token or "").strip()
    if not re.fullmatch(r"[!-~]+", token):
        raise GitHubError(
            "a token must be given, in one word",
            "Pass GITHUB_TOKEN; in a workflow it is `${{ github.token }}`.",
            FaultKind.UNAUTHORISED,
        )
    return (access.bot or WORKFLOWS).removesuffix("[bot]"), token


def _check(access: Access) -> None:
    """Raise GitHubError for what cannot be meant."""
    address = urlsplit(access.api_url)
    if address.scheme not in ("http", "https") or not address.hostname or address.query:
        raise GitHubError(
            f"the address of GitHub's API must begin with `https://`; it is `{access.api_url}`",
            "Set GITHUB_API_URL, such as `https://github.example.com/api/v3`, or leave it out.",
            FaultKind.UNREACHABLE,
        )
    if not re.fullmatch(r"[\w-][\w.-]*/[\w-][\w.-]*|[\w.-]+/\.github", access.repository, re.ASCII):
        raise GitHubError(
            f"the repository must be named as `owner/name`; it is `{access.repository}`",
            "Set GITHUB_REPOSITORY, such as `acme/careers`.",
            FaultKind.ABSENT,
        )
    if bool(access.app_id) != bool(access.app_key):
        raise GitHubError(
            "a GitHub App must be given by both its id and its private key; one is missing",
            "Set CASEWORK_APP_ID and CASEWORK_APP_PRIVATE_KEY, or neither of them.",
            FaultKind.UNAUTHORISED,
        )
