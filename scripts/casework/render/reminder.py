"""A comment that reminds of the cases on a pull request that are due, or that are late."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casework.model.agenda import Due, Stage
from casework.model.people import People
from casework.model.report import CaseReport
from casework.render.escape import code, inline, prose
from casework.render.fitting import cut
from casework.render.words import title

LIMIT = 65_000
"""GitHub takes 65,536 characters; as for the summary."""

SAID = {
    Stage.CASES_DUE: "cases are due",
    Stage.DECISION_DUE: "a decision is due",
    Stage.DECISION_LATE: "the last day for a decision has passed",
}
"""What is said of each stage."""

_LEFT_OUT = "More cases are left out, since GitHub limits the length of a comment."
_ONCE = (
    "The summary on this pull request says what is still missing. This reminder is posted once: "
    "hide it if it is in the way. If it is deleted, the next run posts it again."
)


class DueCase(NamedTuple):
    """A case, and what is to be done about it."""

    case: CaseReport
    due: Due


def marker(stage: Stage, review: str) -> str:
    """How the comment for a stage of a talent review is known again."""
    return f"<!-- casework:reminder {stage.value} {review} -->"


def reminder(stage: Stage, review: str, cases: Sequence[DueCase], people: People) -> str:
    """The comment in GitHub Markdown. It names days only, so that it stays true."""
    return cut(_lines(stage, review, cases, people), LIMIT, f"{_LEFT_OUT} {_ONCE}")


def _lines(stage: Stage, review: str, cases: Sequence[DueCase], people: People) -> Iterator[str]:
    yield marker(stage, review)
    yield f"### Talent review {inline(review)}: {SAID[stage]}"
    yield ""
    for case, due in cases:
        yield f"- **{inline(title(case, people))}** ({code(case.path)}): {prose(due.sentence)}"
    yield from ("", _ONCE)
