"""Where and as whom a workflow writes to GitHub."""

from casework.cli.failure import FailureError
from casework.cli.surroundings import Surroundings
from casework.github.connection import Access


def access(around: Surroundings) -> Access:
    """What the environment grants. Raises FailureError where it does not say where, or as whom."""
    if around.repository is None or not (around.token or around.app_key):
        lacking = "GITHUB_REPOSITORY" if around.repository is None else "GITHUB_TOKEN"
        raise FailureError(
            f"`--post` must know the repository and have a token; {lacking} is not set",
            "It is meant for the workflow; without `--post` the same is shown on your machine.",
        )
    return Access(
        around.api_url, around.repository, around.token, around.app_id, around.app_key, around.bot
    )
