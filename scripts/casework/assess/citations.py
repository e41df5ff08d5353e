"""A commit, and a level with its day, as the sentences of an audit name them."""

from casework.model import english
from casework.model.audit import Held
from casework.model.history import Landing


def commit_named(landing: Landing) -> str:
    """A commit in the midst of a sentence, with its day and its pull request."""
    number = f", pull request {landing.pull_request}" if landing.pull_request else ""
    return f"commit `{landing.commit[:12]}` of {english.day(landing.day)}{number}"


def level_held(held: Held) -> str:
    """What people.yaml says that somebody holds."""
    return f"`{held.level}` since `{held.since}`"
