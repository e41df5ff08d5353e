"""Signing in as a GitHub App: from its id and key to a token for one repository."""

from typing import Any, NamedTuple

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from github.Auth import AppAuth, AppAuthToken

from casework.github.fault import FaultKind, GitHubError
from casework.github.patience import Patience
from casework.github.requester import PatientRequester

PERMISSIONS = {"checks": "write", "contents": "read", "pull_requests": "write"}
"""All that the token may do, however much more the app may."""


class Installation(NamedTuple):
    """An app in a repository."""

    slug: str
    """The app's name in addresses; its account is `slug[bot]`."""
    token: str
    """For an hour at most."""

    def __repr__(self) -> str:
        return f"Installation(slug={self.slug!r})"


def sign_in(
    api_url: str, repository: str, app_id: str, app_key: str, patience: Patience
) -> Installation:
    """The app's installation in a repository, with a fresh token. Raises GitHubError."""
    requester = PatientRequester(patience, AppAuthToken(_signed(app_id, app_key)), api_url)
    found = _ask(requester, "GET", f"/repos/{repository}/installation", app_id, repository)
    address = f"/app/installations/{found['id']}/access_tokens"
    wanted = {"permissions": PERMISSIONS, "repositories": [repository.partition("/")[2]]}
    # A second token does no harm, so one that got lost is simply asked for again.
    granted = patience.until_known(
        lambda: _ask(requester, "POST", address, app_id, repository, wanted)
    )
    requester.close()
    return Installation(found["app_slug"], granted["token"])


def _signed(app_id: str, app_key: str) -> str:
    # A key that was pasted into one line has its line breaks spelled out.
    key = app_key.replace("\\n", "\n").strip() + "\n"
    try:
        return AppAuth(app_id, key).token
    except (jwt.PyJWTError, UnsupportedAlgorithm, ValueError, TypeError, AttributeError):
        # A public key has no way to sign. And whatever was said may quote the key.
        raise GitHubError(
            "the app's private key must be an RSA key in PEM form, without a passphrase; "
            "what is given is not",
            "Set CASEWORK_APP_PRIVATE_KEY to the whole file that GitHub gave you, "
            "from `-----BEGIN` to the end.",
            FaultKind.UNAUTHORISED,
        ) from None


def _ask(
    requester: PatientRequester,
    verb: str,
    address: str,
    app_id: str,
    repository: str,
    wanted: dict[str, Any] | None = None,
) -> dict[str, Any]:
    try:
        return dict(requester.requestJsonAndCheck(verb, address, input=wanted)[1])
    except GitHubError as error:
        raise _explained(error, app_id, repository) from None


def _explained(error: GitHubError, app_id: str, repository: str) -> GitHubError:
    """The error as somebody who sets up the app needs it."""
    if error.kind is FaultKind.UNAUTHORISED:
        return GitHubError(
            f"the private key must be that of app `{app_id}`; GitHub does not accept it",
            "Compare CASEWORK_APP_ID with the app's settings page, or make a new key there.",
            error.kind,
        )
    if error.kind is FaultKind.ABSENT:
        return GitHubError(
            f"app `{app_id}` must be installed in `{repository}`; it is not",
            "Install it from the app's settings page, and choose this repository.",
            error.kind,
        )
    if error.kind in (FaultKind.REFUSED, FaultKind.FORBIDDEN):
        return GitHubError(
            f"app `{app_id}` must have the permissions `checks: write`, `contents: read` and "
            "`pull-requests: write`; GitHub does not grant them",
            "Grant them on the app's settings page, and accept them where it is installed.",
            FaultKind.FORBIDDEN,
        )
    return error
