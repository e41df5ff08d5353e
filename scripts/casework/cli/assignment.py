"""What a run is to judge: a pull request, a commit, a merge group, or everything that is open.

Only what identifies these is taken from an event. Everything else is read again from GitHub, since
an event may be old, and part of it is written by whoever opened the pull request.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from casework.cli.failure import FailureError, UsageError
from casework.cli.surroundings import Surroundings

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_RELAYED = ("pull_request_review", "merge_group")
_QUEUE = "gh-readonly-queue/"
_EVERYTHING = ("push", "schedule")
_MOST = 2**31


class Assignment(NamedTuple):
    """What to judge. All that is None: every open pull request into the default branch."""

    number: int | None = None
    """A pull request."""
    head: str | None = None
    """A commit: every pull request that proposes it; beside a number, what it proposed then."""
    group: str | None = None
    """A merge group's branch; its commit is `head`."""
    is_nothing: bool = False
    """The event concerns no pull request."""


def assignment(surroundings: Surroundings) -> Assignment:
    """What the environment asks for. Raises FailureError when it asks for nothing known."""
    if surroundings.pull_request is not None:
        return Assignment(_typed(surroundings.pull_request, "CASEWORK_PULL_REQUEST"))
    name, event = surroundings.event_name, surroundings.event()
    if name in _EVERYTHING:
        return Assignment()
    if name in ("pull_request_target", "pull_request"):
        return _proposed(event)
    if name == "workflow_run":
        return _relayed(event)
    if name == "workflow_dispatch":
        typed = str(_at(event, "inputs", "pull_request") or "").strip()
        return Assignment(_typed(typed, "The pull request") if typed else None)
    raise FailureError(
        "`--post` must know which pull request to report on; "
        + (f"the event `{name}` does not say" if name else "nothing names one"),
        "Set CASEWORK_PULL_REQUEST to its number.",
    )


def _proposed(event: Mapping[str, Any]) -> Assignment:
    number = _at(event, "pull_request", "number")
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise FailureError("the event must name a pull request; it does not", "Run it again.")
    return Assignment(number, _commit(_at(event, "pull_request", "head", "sha")))


def _relayed(event: Mapping[str, Any]) -> Assignment:
    if _at(event, "workflow_run", "event") not in _RELAYED:
        return Assignment(is_nothing=True)
    head = _commit(_at(event, "workflow_run", "head_sha"))
    if head is None:
        raise FailureError("the event must name a commit; it does not", "Run it again.")
    branch = _at(event, "workflow_run", "head_branch")
    if _at(event, "workflow_run", "event") == "merge_group":
        is_queue = isinstance(branch, str) and branch.startswith(_QUEUE)
        return Assignment(head=head, group=branch) if is_queue else Assignment(is_nothing=True)
    return Assignment(head=head)


def _at(event: Any, *path: str) -> Any:
    for each in path:
        event = event.get(each) if isinstance(event, dict) else None
    return event


def _commit(value: Any) -> str | None:
    return value if isinstance(value, str) and _COMMIT.fullmatch(value) else None


def _typed(word: str, what: str) -> int:
    if not re.fullmatch("[0-9]{1,10}", word) or not 0 < int(word) < _MOST:
        raise UsageError(
            f"{what} must be the number of a pull request, such as 12; it is `{word}`",
            "The number stands after the pull request's title.",
        )
    return int(word)
