"""Rules over a whole proposed change: what may come together, and what must."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from casework.check.context import Problem
from casework.check.words import quoted
from casework.model.case import Case, RatedQuarter, Status
from casework.model.document import PEOPLE, Document
from casework.model.english import counted, enumerated
from casework.model.organisation import Organisation
from casework.model.position import START

REASON = "level_reason"
"""Where an entry of people.yaml says why its level changed although no case decided that."""

_MOST_NAMED = 3


class ChangedCase(NamedTuple):
    """A case that a pull request adds, edits or deletes."""

    path: str
    before: Case | None
    """Where the head left the main branch; None when it was not there."""
    after: Case | None
    """At the head; None when it is not there."""

    @property
    def was_decided(self) -> bool:
        """Whether the main branch holds the decision already."""
        status = self.before.status if self.before else None
        return status is not None and status.is_decided


class Proposal(NamedTuple):
    """All that a pull request changes."""

    cases: tuple[ChangedCase, ...] = ()
    others: tuple[str, ...] = ()
    """The paths of all other changed files, deleted ones and those that no rule governs too."""
    people_before: Mapping[str, Any] | None = None
    """The entries of people.yaml as they are written; None where they cannot be read."""
    people_after: Mapping[str, Any] | None = None
    people_file: Document | None = None
    """people.yaml at the head, for the places of its entries."""
    organisation: Organisation | None = None
    """The main branch's, by whose policy is judged."""
    today: date = date.min
    on_record: Mapping[str, Collection[RatedQuarter]] = {}
    """What the main branch's cases rate, by the folder that they lie in."""
    outdated: tuple[str, ...] = ()
    """The changed cases that the main branch changed otherwise since the head left it."""
    bereft: tuple[str, ...] = ()
    """Whose entry in people.yaml goes while the main branch has cases of them, by handle."""

    def steps(self) -> Iterator[ChangedCase]:
        """The changed cases, one that was moved to another path as one."""
        moved = dict(self._moves())
        gone = {each.path for each in moved.values()}
        for each in self.cases:
            if each.path in moved:
                yield each._replace(before=moved[each.path].before)
            elif each.path not in gone:
                yield each

    def _moves(self) -> Iterator[tuple[str, ChangedCase]]:
        """Where open cases went that were deleted: to a new file of the same person and kind."""
        new: dict[object, list[str]] = {}
        for each in reversed(self.cases):
            if each.before is None and each.after and each.after.person is not None:
                new.setdefault((each.after.person, each.after.kind), []).append(each.path)
        gone = [each for each in self.cases if not each.after and not each.was_decided]
        # With two to choose from it is the submitted one that must not get lost.
        gone.sort(key=lambda each: each.before is None or each.before.status is Status.DRAFT)
        for each in gone:
            paths = new.get((each.before.person, each.before.kind)) if each.before else None
            if paths:
                yield paths.pop(), each


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
    the `level` (the case's `to`) and the `level_since` (the case's `effective`) of the person whom
    the case promotes.
    """
    others = beyond_cases(proposal)
    if not proposal.cases or not others:
        return
    if others == (PEOPLE,) and _only_levels_differ(proposal):
        return  # the rules about levels say which of them does not fit its case
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
    promoted = [each.after for each in newly_promoted(proposal) if each.after]
    changed = [each for each in after if before[each] != after[each]]
    return bool(changed) and all(
        any(case.person == each and _promotes(case, before[each], after[each]) for case in promoted)
        for each in changed
    )


def _only_levels_differ(proposal: Proposal) -> bool:
    """Whether people.yaml says something else of levels that were held, and of nothing else."""
    before, after = proposal.people_before, proposal.people_after
    if before is None or after is None or set(before) != set(after):
        return False
    changed = [(before[each], after[each]) for each in after if before[each] != after[each]]
    return bool(changed) and all(_is_level_edit(was, now) for was, now in changed)


def _is_level_edit(was: Any, now: Any) -> bool:
    if not isinstance(was, dict) or not isinstance(now, dict) or was.get("level") is None:
        return False
    names = ("level", "level_since")
    return {**was, **dict.fromkeys(names)} == {**now, **dict.fromkeys(names)}


def newly_promoted(proposal: Proposal) -> Iterator[ChangedCase]:
    """The cases of which this change writes down that they promote somebody."""
    # A decided case that was only moved promotes nobody again: decided-case-edited says so.
    moved = {
        each.before.document.text
        for each in proposal.cases
        if each.before and not each.after and each.was_decided
    }
    for each in proposal.steps():
        was = each.before.status if each.before else None
        if each.after and each.after.status is Status.PROMOTED and was is not Status.PROMOTED:
            if each.before is None and each.after.document.text in moved:
                continue
            yield each


def _promotes(case: Case, before: Any, after: Any) -> bool:
    """Whether somebody's entry becomes what the case says, and nothing else in it changes."""
    if not isinstance(before, dict) or case.to_level is None or case.effective is None:
        return False
    reached = {"level": case.to_level, "level_since": case.effective.isoformat()}
    # Why the level before was what it was says nothing of the new one, and may go.
    without = {name: each for name, each in before.items() if name != REASON}
    return after in (before | reached, without | reached)
