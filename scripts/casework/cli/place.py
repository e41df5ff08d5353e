"""Which repository on GitHub a clone belongs to, for whoever asks GitHub from a clone."""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from casework.cli.failure import FailureError
from casework.cli.surroundings import Surroundings
from casework.read.git import Git

GITHUB_COM = "https://api.github.com"
"""The address of the API of GitHub itself."""


class Place(NamedTuple):
    """Where a repository is asked about."""

    api_url: str
    repository: str
    """Its owner and name, such as `acme/careers`."""
    server_url: str
    """Where its pages are, and where git fetches from."""
    is_named: bool = False
    """Whether the environment names it; else it was worked out from `origin`."""

    @property
    def variable(self) -> str:
        """The variable that holds the token for it."""
        return "GH_TOKEN" if self._may_have_any_token else "GH_ENTERPRISE_TOKEN"

    def token(self, surroundings: Surroundings) -> str | None:
        """The token to ask with: one for GitHub itself is not shown to whatever `origin` names."""
        if self._may_have_any_token and surroundings.token:
            return surroundings.token
        host = self.api_url.partition("//")[2]
        is_github = host == "api.github.com" or host.endswith(".ghe.com")
        return None if is_github else surroundings.enterprise_token

    @property
    def _may_have_any_token(self) -> bool:
        return self.is_named or self.api_url == GITHUB_COM or self.api_url.endswith(".ghe.com")

    @property
    def remote(self) -> str:
        """Where git fetches from; never over ssh, which would run programs of somebody's choice."""
        return f"{self.server_url}/{self.repository}.git"


def place_of(surroundings: Surroundings, git: Git) -> Place:
    """Where the environment says, or else where `origin` is. Raises FailureError for neither."""
    url = git.remote_url()
    origin = of_url(url) if url else None
    repository = surroundings.repository or (origin and origin.repository)
    if repository is None:
        raise FailureError(
            "the repository on GitHub must be known; `origin` does not name one",
            "Set GITHUB_REPOSITORY, such as `acme/careers`.",
        )
    # Where the repository is named by the environment, so is the server.
    if origin and surroundings.repository is None and surroundings.api_url == GITHUB_COM:
        return origin
    return Place(surroundings.api_url, repository, surroundings.server_url, is_named=True)


def of_url(url: str) -> Place | None:
    """What a remote's address says: `https://HOST/O/R.git`, `git@HOST:O/R.git`, `ssh://…`."""
    short = re.fullmatch(r"(?:[\w.-]+@)?([\w.-]+):(?!//)(.+)", url)
    host, path = short.groups() if short else _split(url)
    found = re.fullmatch(r"/?([\w.-]+/[\w.-]+?)(?:\.git)?/?", path, re.ASCII)
    if not host or found is None:
        return None
    name = host.casefold()
    # GitHub answers ssh on port 443 under a name of its own.
    if name in ("github.com", "www.github.com", "ssh.github.com"):
        return Place(GITHUB_COM, found[1], "https://github.com")
    api_url = f"https://api.{name}" if name.endswith(".ghe.com") else f"https://{name}/api/v3"
    return Place(api_url, found[1], f"https://{name}")


def _split(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https", "ssh", "git"):
            return "", ""
        # The port of an address for ssh is not that of the API.
        port = f":{parts.port}" if parts.port and parts.scheme.startswith("http") else ""
        return f"{parts.hostname or ''}{port}", parts.path
    except ValueError:
        return "", ""
