"""What is said of a case of which nobody can tell whether it is decided."""

from casework.model import english
from casework.model.audit import UnreadCase
from casework.model.history import Landing


def unread_case(path: str, landing: Landing, *, is_still_so: bool) -> UnreadCase:
    """A case that a commit left unreadable, as it still is or as it was until it was repaired."""
    request = f", pull request {landing.pull_request}" if landing.pull_request else ""
    commit = f"commit `{landing.commit[:12]}` of {english.day(landing.day)}{request}"
    look = f"Read it as it was there: `git show {landing.commit[:12]}:{path}`."
    if is_still_so:
        said = (
            f"Since {commit}, its `status` cannot be read, so nobody can tell whether it is "
            "decided."
        )
        look += f" Then repair it in a pull request; `casework check {path}` names what is broken."
    else:
        said = (
            f"{commit[0].upper()}{commit[1:]} had it with the word of a decision among fields that "
            "cannot be read for sure; later it is open, or gone. Nobody can tell whether it was "
            "decided."
        )
    return UnreadCase(path, landing, said, look)
