"""The rule about what others merged while something was proposed."""

from collections.abc import Iterator

from casework.check.changes import Objection, Proposal
from casework.check.context import Problem
from casework.model.position import START


def outdated_case(proposal: Proposal) -> Iterator[Objection]:
    """A change to a case starts from what the main branch holds of it now.

    Why: Git merges two edits of one file line by line. Nobody has read or approved the
    result, and it may even rewrite a case that has been decided in the meantime.

    Fix: Merge the main branch into the proposal, as `Update branch` on the pull request does, and
    read the case again. A decision then needs new approvals.
    """
    for path in proposal.outdated:
        yield Objection(
            path,
            Problem(
                START,
                "A case must be changed from what the main branch holds of it now; it has been "
                "edited there since this change was begun.",
                "Merge the main branch into the proposal, and read the case again.",
            ),
        )
