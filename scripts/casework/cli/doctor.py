"""`casework doctor`: which steps of the set-up page a repository lacks."""

import time

from casework.assess.setup import steps
from casework.cli.codeowners import wanted_owners
from casework.cli.failure import Exit, FailureError
from casework.cli.options import Options
from casework.cli.place import GITHUB_COM, Place, place_of
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


def run(options: Options, settings: Settings) -> int:
    """Say how each step stands. FAILS unless all are done."""
    git = Git.find(settings.directory)
    surroundings = Surroundings.read()
    place = place_of(surroundings, git)
    token = place.token(surroundings)
    if token is None:
        name, host = place.variable, place.server_url.partition("//")[2]
        raise FailureError(
            f"a token must be given to ask GitHub with; there is none in {name}",
            f"With GitHub's own command line: {name}=$(gh auth token --hostname {host}) casework "
            "doctor",
        )
    found = _read(place, token)
    taken = steps(found, _wanted(git, settings))
    write(_said(found, taken, options, settings))
    is_done = all(each.standing is Standing.DONE for each in taken)
    return Exit.HOLDS if is_done else Exit.FAILS


def _read(place: Place, token: str) -> RepositorySettings:
    try:
        repository = connect(Access(place.api_url, place.repository, token), time.sleep, _PATIENCE)
        return read_settings(repository, is_github_com=place.api_url == GITHUB_COM)
    except GitHubError as error:
        raise FailureError(error.message, _help(error)) from None


def _help(error: GitHubError) -> str:
    """What to do: here, a person's own token is asked for, not a workflow's."""
    if error.kind is FaultKind.UNAUTHORISED:
        return "Pass a token that has not expired in GH_TOKEN: `gh auth token` prints one."
    if error.kind in (FaultKind.ABSENT, FaultKind.FORBIDDEN):
        return "Check the repository's name, and that whoever the token belongs to may see it."
    return error.help


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
