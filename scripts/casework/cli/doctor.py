"""`casework doctor`: which steps of the set-up page a repository lacks."""

import re
import time
from typing import NamedTuple
from urllib.parse import urlsplit

from casework.assess.setup import steps
from casework.cli.codeowners import wanted_owners
from casework.cli.failure import Exit, FailureError
from casework.cli.options import Options
from casework.cli.settings import Settings
from casework.cli.surroundings import Surroundings
from casework.cli.terminal import write
from casework.github.connection import Access, connect
from casework.github.fault import FaultKind, GitHubError
from casework.github.repository_settings import read_settings
from casework.model.setup import Hidden, RepositorySettings, Standing, Step
from casework.read.git import Git
from casework.read.source import WorkingTree

_PATIENCE = 60
_GITHUB_COM = "https://api.github.com"


class Place(NamedTuple):
    """Where a repository is asked about."""

    api_url: str
    repository: str


def run(options: Options, settings: Settings) -> int:
    """Say how each step stands. FAILS unless all are done."""
    git = Git.find(settings.directory)
    surroundings = Surroundings.read()
    place = _place(surroundings, git)
    if surroundings.token is None:
        raise FailureError(
            "a token must be given to ask GitHub with; there is none in GITHUB_TOKEN or GH_TOKEN",
            "Set GH_TOKEN. With GitHub's own command line: GH_TOKEN=$(gh auth token) casework "
            "doctor",
        )
    found = _read(place, surroundings.token)
    taken = steps(found, _wanted(git, settings))
    write(_said(found, taken, options, settings))
    is_done = all(each.standing is Standing.DONE for each in taken)
    return Exit.HOLDS if is_done else Exit.FAILS


def _read(place: Place, token: str) -> RepositorySettings:
    try:
        repository = connect(Access(place.api_url, place.repository, token), time.sleep, _PATIENCE)
        return read_settings(repository, is_github_com=place.api_url == _GITHUB_COM)
    except GitHubError as error:
        raise FailureError(error.message, _help(error)) from None


def _help(error: GitHubError) -> str:
    """What to do: here, a person's own token is asked for, not a workflow's."""
    if error.kind is FaultKind.UNAUTHORISED:
        return "Pass a token that has not expired in GH_TOKEN: `gh auth token` prints one."
    if error.kind in (FaultKind.ABSENT, FaultKind.FORBIDDEN):
        return "Check the repository's name, and that whoever the token belongs to may see it."
    return error.help


def _place(surroundings: Surroundings, git: Git) -> Place:
    """Where the environment says, or else where `origin` is."""
    url = git.remote_url()
    origin = _of_url(url) if url else None
    repository = surroundings.repository or (origin and origin.repository)
    if repository is None:
        raise FailureError(
            "the repository on GitHub must be known; `origin` does not name one",
            "Set GITHUB_REPOSITORY, such as `acme/careers`.",
        )
    told = surroundings.api_url
    # Where the repository is named by the environment, so is the server.
    if told == _GITHUB_COM and surroundings.repository is None and origin is not None:
        return Place(origin.api_url, repository)
    return Place(told, repository)


def _of_url(url: str) -> Place | None:
    """What a remote's address says: `https://HOST/O/R.git`, `git@HOST:O/R.git`, `ssh://…`."""
    short = re.fullmatch(r"(?:[\w.-]+@)?([\w.-]+):(?!//)(.+)", url)
    host, path = short.groups() if short else _split(url)
    found = re.fullmatch(r"/?([\w.-]+/[\w.-]+?)(?:\.git)?/?", path, re.ASCII)
    if not host or found is None:
        return None
    return Place(_api_of(host), found[1])


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


def _api_of(host: str) -> str:
    name = host.casefold()
    # GitHub answers ssh on port 443 under a name of its own.
    if name in ("github.com", "www.github.com", "ssh.github.com"):
        return _GITHUB_COM
    if name.endswith(".ghe.com"):
        return f"https://api.{name}"
    return f"https://{name}/api/v3"


def _wanted(git: Git, settings: Settings) -> str | Hidden:
    if git.is_bare:
        return Hidden("this is a bare repository, without files to compare with")
    try:
        return wanted_owners(WorkingTree(git.root, git), settings.today)
    except FailureError as failure:
        return Hidden(failure.message)


def _said(
    found: RepositorySettings, taken: tuple[Step, ...], options: Options, settings: Settings
) -> str:
    from casework.render import setup

    if options.format == "json":
        from casework.render.wire import json_text

        return json_text(setup.setup_data(found.repository, found.branch, taken))
    if options.format == "markdown":
        return setup.setup_markdown(found.repository, found.branch, taken)
    return setup.setup_text(
        found.repository, found.branch, taken, colour=settings.colour, width=settings.width
    )
