"""The rule about what others merged while something was proposed."""

from collections.abc import Iterator

from casework.check.changes import Objection, Proposal
from casework.check.context import Problem
from casework.model.position import START


def outdated_case(proposal: Proposal) -> Iterator[Objection]:
    """A case is proposed as a change of what the main branch holds of it now.

    Why: Git puts two edits of one file together, line by line. What comes of it was read by nobody
    and approved by nobody, and may even rewrite a case that was decided meanwhile.

    Fix: Merge the main branch into the proposal, as `Update branch` on the pull request does, and
    read the case as it is then. Approvals of a decision are asked for anew.
    """
    for path in proposal.outdated:
        yield Objection(
            path,
            Problem(
                START,
                "A case must be changed from what the main branch holds of it now; it was edited "
                "there since this was begun.",
                "Merge the main branch into this, and read the case again as it is then.",
            ),
        )
