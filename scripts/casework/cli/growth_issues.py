"""`casework growth --post`: one issue for every manager, kept as things are now."""

import time
from collections.abc import Callable
from functools import partial

from casework.cli.access import access
from casework.cli.failure import Exit, FailureError
from casework.cli.surroundings import Surroundings
from casework.cli.terminal import complain, write
from casework.github.connection import connect
from casework.github.fault import GitHubError
from casework.github.repository import Repository
from casework.model.growth import Growth
from casework.read.documents import POLICY
from casework.render.escape import terminal, without_commands
from casework.render.growth import name_of
from casework.render.growth_markup import MARKED, issue_body, issue_title, marker

_PACE = 1.0
"""Seconds after each issue that is written: GitHub refuses whoever writes too much at once."""


def keep_issues(growth: Growth | None) -> int:
    """Keep the issues, and close those of managers who have nobody below the level any more.

    None where the policy wants no issues. CANNOT_RUN when some could not be kept.
    """
    if growth is None:
        write(f"No issue is kept: `growth_issues` in `{POLICY}` is off.\n")
        return Exit.HOLDS
    try:
        repository = connect(access(Surroundings.read()), time.sleep)
        is_kept = [*_kept(repository, growth), *_closed(repository, growth)]
    except GitHubError as error:
        raise FailureError(error.message, error.help) from None
    return Exit.HOLDS if all(is_kept) else Exit.CANNOT_RUN


def _kept(repository: Repository, growth: Growth) -> list[bool]:
    """For each team, whether its issue is as it should be."""
    return [
        _is_done(
            name_of(each),
            partial(
                repository.keep_issue,
                issue_title(each, growth),
                issue_body(each, growth),
                marker(each.manager and each.manager.handle),
            ),
            "written",
        )
        for each in growth.teams
    ]


def _closed(repository: Repository, growth: Growth) -> list[bool]:
    """For each issue that nobody is left for, whether it is closed."""
    wanted = {marker(each.manager and each.manager.handle) for each in growth.teams}
    over = [each for each in repository.open_markers(MARKED) if each not in wanted]
    return [
        _is_done(_whose(each), partial(repository.close_issue, each), "closed") for each in over
    ]


def _is_done(whose: str, write_issue: Callable[[], bool], done: str) -> bool:
    """Write one issue, if there is news, and say so; whether that could be done."""
    try:
        is_news = write_issue()
    except GitHubError as error:
        complain(f"{whose}: {error.message}", error.help)
        return False
    word = done if is_news else "nothing new"
    write(without_commands(f"{terminal(whose)}: {word}\n"))
    if is_news:
        time.sleep(_PACE)
    return True


def _whose(marker: str) -> str:
    return marker.removeprefix(MARKED).removesuffix("-->").strip()
