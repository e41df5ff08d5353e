"""What is said of files that cannot be read, so that nobody can tell what they would answer."""

from casework.assess.citations import commit_named
from casework.model import english
from casework.model.audit import UnreadCase
from casework.model.document import PEOPLE
from casework.model.history import Landing


def unread_case(path: str, landing: Landing, *, is_still_so: bool) -> UnreadCase:
    """A case that a commit left unreadable, as it still is or as it was until it was repaired."""
    commit = commit_named(landing)
    look = f"Read it as it was there: `git show {landing.commit[:12]}:{path}`."
    if is_still_so:
        said = (
            f"Since {commit}, its `status` cannot be read, so nobody can tell whether it is "
            "decided."
        )
        look += f" Then fix it in a pull request; `casework check {path}` names what is broken."
    else:
        said = (
            f"{english.begun(commit)} gave it a decision's word, among fields that "
            "cannot be read reliably; later it is open, or gone. Nobody can tell whether it was "
            "decided."
        )
    return UnreadCase(path, landing, said, look)


def unread_people(landing: Landing) -> UnreadCase:
    """People.yaml, as a commit left it unreadable, or took it away."""
    said = (
        f"Since {commit_named(landing)}, it cannot be read, so nobody can tell whose level "
        "was changed from then on."
    )
    look = (
        f"See what was changed: `git show {landing.commit[:12]} -- {PEOPLE}`. Then fix it in a "
        f"pull request; `casework check {PEOPLE}` names what is broken."
    )
    return UnreadCase(PEOPLE, landing, said, look)
