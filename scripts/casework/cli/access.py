"""Where and as whom a workflow writes to GitHub."""

from casework.cli.failure import FailureError
from casework.cli.surroundings import Surroundings
from casework.github.connection import Access

_ELSE = "It is meant for the workflow; without `--post` the same is shown on your machine."


def access(around: Surroundings, what: str = "`--post`", help: str = _ELSE) -> Access:
    """What the environment grants. Raises FailureError where it does not say where, or as whom.

    `what` is what was typed, and `help` what to do where it is not meant to be.
    """
    if around.repository is None or not (around.token or around.app_key):
        lacking = "GITHUB_REPOSITORY" if around.repository is None else "GITHUB_TOKEN"
        raise FailureError(
            f"{what} must know the repository and have a token; {lacking} is not set", help
        )
    return Access(
        around.api_url, around.repository, around.token, around.app_id, around.app_key, around.bot
    )
