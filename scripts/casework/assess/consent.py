"""The sentences that say who approves, what is still missing, and who asks for changes."""

from collections.abc import Sequence
from typing import NamedTuple

from casework.assess.phrases import listed
from casework.model.english import number


class Wish(NamedTuple):
    """What is to be approved, and by how many."""

    what: str
    """As in "Ada approves this decision"."""
    required: int
    senior: int = 0
    """How many of the approvals come from people at a level."""
    from_whom: str = ""
    """Who these are: "at IC3 or above"."""
    role: str = ""
    """What everybody is whose approval counts, where there is one word for it."""


def sentence(
    wish: Wish,
    approvers: Sequence[str],
    blockers: Sequence[str],
    missing: int,
    missing_senior: int,
) -> str:
    """How the approvals stand, for people who read nothing else."""
    said = []
    if approvers:
        said.append(f"{listed(approvers)} {_verb(approvers, 'approve')} {wish.what}.")
    elif not wish.required:
        said.append("The policy asks for no approval.")
    if missing:
        said.append(_needed(wish, missing, missing_senior, is_more=bool(approvers)))
    if blockers:
        ask = _verb(blockers, "ask")
        until = "a new review or a dismissal settles that" if len(blockers) == 1 else (
            "new reviews or dismissals settle that"
        )  # fmt: skip
        said.append(f"{listed(blockers)} {ask} for changes, which blocks until {until}.")
    return " ".join(said)


def _needed(wish: Wish, missing: int, senior: int, *, is_more: bool) -> str:
    count = number(missing).capitalize() + (" more" if is_more else "")
    what, verb = ("approval", "is") if missing == 1 else ("approvals", "are")
    if wish.role:
        return (
            f"{count} {what} {verb} needed, from an {wish.role} who did not open this pull request."
        )
    return f"{count} {what} {verb} needed{_from(wish.from_whom, missing, senior)}."


def _from(whom: str, missing: int, senior: int) -> str:
    if not senior:
        return ""
    who = "somebody" if senior == 1 else "people"
    which = "" if missing == 1 else "all " if senior == missing else f"{number(senior)} of them "
    return f", {which}from {who} {whom}"


def _verb(subjects: Sequence[str], verb: str) -> str:
    return f"{verb}s" if len(subjects) == 1 else verb
