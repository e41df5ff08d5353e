"""Rules over a whole proposed change: what may come together, and what must."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from casework.check.context import Problem
from casework.check.words import quoted
from casework.model.case import Case, Status
from casework.model.english import counted, enumerated
from casework.model.position import START

PEOPLE = "cases/people.yaml"
_MOST_NAMED = 3


class ChangedCase(NamedTuple):
    """A case that a pull request adds, edits or deletes."""

    path: str
    before: Case | None
    """Where the head left the main branch; None when it was not there."""
    after: Case | None
    """At the head; None when it is not there."""


class Proposal(NamedTuple):
    """All that a pull request changes."""

    cases: tuple[ChangedCase, ...] = ()
    others: tuple[str, ...] = ()
    """The paths of all other changed files, deleted ones and those that no rule governs too."""
    people_before: Mapping[str, Any] | None = None
    """The entries of people.yaml as they are written; None where they cannot be read."""
    people_after: Mapping[str, Any] | None = None


class Objection(NamedTuple):
    """What a rule over a whole change objects to, and in which file."""

    path: str
    problem: Problem


def beyond_cases(proposal: Proposal) -> tuple[str, ...]:
    """The changed files that are neither cases nor part of a decision."""
    decided = (PEOPLE,) if _is_decision(proposal) else ()
    return tuple(each for each in proposal.others if each not in decided)


def mixed_change(proposal: Proposal) -> Iterator[Objection]:
    """A pull request changes cases or anything else, and not both at once.

    Why: Cases are approved by reviewers, and everything else by its owners. Where both come
    together, neither knows what the other approves; and a rule must not change along with the very
    case that it judges. A decision is one change, though: a promotion's case and the subject's new
    `level` and `level_since` in people.yaml belong together.

    Fix: Propose the other files in a pull request of their own. For people.yaml: change nothing but
    the `level` (the case's `to`) and the `level_since` (the case's `effective`) of whom the case
    promotes.
    """
    others = beyond_cases(proposal)
    if not proposal.cases or not others:
        return
    yield Objection(
        others[0],
        Problem(
            START,
            f"A pull request that changes a case must change nothing else; this one also changes "
            f"{_named(others)}.",
            _ABOUT_PEOPLE if others == (PEOPLE,) else _ABOUT_FILES,
        ),
    )


_ABOUT_FILES = "Propose the cases in one pull request, and the other files in another."
_ABOUT_PEOPLE = (
    "Beside a promotion, change only the subject's `level` (the case's `to`) and `level_since` "
    "(its `effective`). Propose every other change of people.yaml in a pull request of its own."
)


def _named(paths: tuple[str, ...]) -> str:
    shown = [quoted(each) for each in paths[:_MOST_NAMED]]
    more = len(paths) - len(shown)
    return enumerated([*shown, counted(more, "more file")] if more else shown)


def _is_decision(proposal: Proposal) -> bool:
    """Whether people.yaml differs in the levels of whom the cases promote, and in nothing else."""
    before, after = proposal.people_before, proposal.people_after
    if before is None or after is None or set(before) != set(after):
        return False
    promoted = {case.person: case for case in _newly_promoted(proposal)}
    changed = [each for each in after if before[each] != after[each]]
    return bool(changed) and all(
        each in promoted and _promotes(promoted[each], before[each], after[each])
        for each in changed
    )


def _newly_promoted(proposal: Proposal) -> Iterator[Case]:
    for _, before, after in proposal.cases:
        was = before.status if before else None
        if after and after.status is Status.PROMOTED and was is not Status.PROMOTED:
            yield after


def _promotes(case: Case, before: Any, after: Any) -> bool:
    """Whether somebody's entry becomes what the case says, and nothing else in it changes."""
    if not isinstance(before, dict) or case.to_level is None or case.effective is None:
        return False
    reached = {"level": case.to_level, "level_since": case.effective.isoformat()}
    return bool(after == before | reached)
