"""Reporting on GitHub, each part by itself: one that fails keeps no other from being written."""

from typing import NamedTuple

from casework.cli.evaluation import Evaluation
from casework.github.fault import GitHubError
from casework.github.repository import Repository
from casework.render.summary import MARKER


class Trouble(NamedTuple):
    """Something that could not be done: what must be, and what to do about it."""

    message: str
    help: str


class Published(NamedTuple):
    """What reporting came to."""

    is_news: bool
    """Whether anything was written: nothing is that stands there already."""
    troubles: tuple[Trouble, ...] = ()


def publish(repository: Repository, evaluation: Evaluation, run_url: str | None) -> Published:
    """Keep the check and the comments as the evaluation has them."""
    is_news, troubles = False, []
    try:
        is_news |= repository.keep_check(evaluation.check, run_url)
    except GitHubError as error:
        troubles.append(Trouble(f"The check could not be written: {error.message}", error.help))
    for number, body in evaluation.comments.items():
        try:
            is_news |= repository.keep_comment(number, body, MARKER)
        except GitHubError as error:
            what = f"The comment on pull request {number} could not be written"
            troubles.append(Trouble(f"{what}: {error.message}", error.help))
    return Published(is_news, tuple(troubles))
