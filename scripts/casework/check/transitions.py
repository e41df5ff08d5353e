"""The rules about how a case may go on from what the main branch holds of it."""

from collections.abc import Iterator

from casework.check.changes import ChangedCase, Objection, Proposal
from casework.check.context import Problem
from casework.check.origins import origins
from casework.check.words import quoted
from casework.model.case import Case, Kind, Status
from casework.model.english import enumerated
from casework.model.position import START, Position

_OPEN = (Status.DRAFT, Status.SUBMITTED)
_OUTCOMES = {
    Kind.PROMOTION: (Status.PROMOTED, Status.NOT_YET),
    Kind.IN_BAND_INCREASE: (Status.GRANTED, Status.DECLINED),
}


def illegal_transition(proposal: Proposal) -> Iterator[Objection]:
    """A case goes from draft to submitted to its decision, or back to draft, and no other way.

    Why: Whoever is waiting for an answer can rely on getting one: a case that was submitted
    is decided, or withdrawn in the open. It does not vanish or turn into somebody else's, and a
    decision stands. The steps of one pull request are taken together, so that a draft may be
    decided in one, and a new file may start in any status. A case that moves to another talent
    review is still the same case.

    Fix: Set the `status` back to what the message accepts. To drop a case that was submitted, or
    to make it a case of another kind, set it back to `draft` in a pull request of its own first.

    Bad:
        status: submitted    # on the main branch: promoted

    Good:
        status: submitted    # on the main branch: draft
    """
    for step in proposal.steps():
        for at, message, remedy in _astray(step):
            yield Objection(step.path, Problem(at, message, remedy))


def _astray(step: ChangedCase) -> Iterator[Problem]:
    _, before, after = step
    if before is None or before.status is None:
        return
    if after is not None:
        yield from _changes_status(before.status, after)
    if before.status is not Status.SUBMITTED:
        return
    if after is None:
        yield Problem(
            START,
            f"A submitted case must not be deleted; this one is {quoted(before.status)} on the "
            "main branch.",
            "Restore the file and decide the case, or set it back to `draft` in a pull request of "
            "its own first.",
        )
    else:
        yield from _turns_into_another(before, after)


def _changes_status(was: Status, after: Case) -> Iterator[Problem]:
    kind, status = after.kind, after.status
    if status is None or is_legal(was, status, kind):
        return
    accepted = enumerated([quoted(each) for each in Status if is_legal(was, each, kind)], "or")
    if was.is_decided:
        must, remedy = f"stay {accepted}", "A decision stands: set the status back."
    else:
        must, remedy = f"become {accepted}", "Set the status to one of these."
    yield Problem(
        after.document.at("status"),
        f"`status` must {must}, since the main branch has {quoted(was)}; it is {quoted(status)}.",
        remedy,
    )


def is_legal(was: Status, status: Status, kind: Kind | None) -> bool:
    """Whether one pull request may lead from one status to another, in however many steps."""
    if status is was:
        return True
    if was.is_decided:
        return False
    outcomes = _OUTCOMES[kind] if kind is not None else tuple(Status)
    return status in _OPEN or status in outcomes


def _turns_into_another(before: Case, after: Case) -> Iterator[Problem]:
    for name, was, now in (
        ("person", before.person, after.person),
        ("kind", before.kind, after.kind),
    ):
        if was is not None and now is not None and now != was:
            yield Problem(
                after.document.at(name),
                f"`{name}` of a submitted case must stay {quoted(was)}; it is {quoted(now)}.",
                f"Set `{name}` back, and open a case of its own for what is new.",
            )


def decided_case_edited(proposal: Proposal) -> Iterator[Objection]:
    """A decided case stays as it was decided: not edited, not deleted, not renamed.

    Why: People were told a decision and the reasons for it, and reviewers approved those very
    words. What is changed afterwards was never approved.

    Fix: Undo the change. What is new belongs in the person's next case. A typo stays, too:
    what was approved is what is kept.
    """
    added = {_text(each.after): each.path for each in proposal.cases if each.after}
    moved = {was.path: path for path, was in origins(proposal).items()}
    for case in proposal.cases:
        if case.was_decided and case.before is not None:
            same = added.get(_text(case.before))
            problem = _edited(case.before, case.after, same, moved.get(case.path))
            if not _is_of_status(problem, case.before, case.after):
                yield Objection(case.path, problem)


def _is_of_status(problem: Problem, before: Case, after: Case | None) -> bool:
    """Whether it begins with another status: then illegal-transition says so."""
    if after is None or after.status in (None, before.status):
        return False
    return problem.at.line == after.document.at("status").line


def _edited(before: Case, after: Case | None, same: str | None, alike: str | None) -> Problem:
    """What was done to it; the paths are those where the same text, or much of it, is new."""
    status = quoted(before.status)
    if after is not None:
        is_alike = after.document.readable and _text(before) == _text(after)
        what = "from this place on it differs"
        if is_alike:
            what = "its line ends or its file mode differ"
        return Problem(
            _first_difference(before, after),
            f"A decided case must stay as it is on the main branch, where it is {status}; {what}.",
            "Undo the change. What is new belongs in the person's next case.",
        )
    done = "deleted"
    if path := same or alike:
        done = f"moved to {quoted(path)}" + ("" if same else " and changed")
    return Problem(
        START,
        f"A decided case must stay where it is; this one, {status} on the main branch, is {done}.",
        ("Move the file back." if same else "Move the file back, as it was.")
        if path
        else "Restore the file.",
    )


def _text(case: Case) -> str:
    return case.document.text


def _first_difference(before: Case, after: Case) -> Position:
    """The first line that is another one, or the file's last where lines at its end are gone."""
    old, new = _text(before).split("\n"), _text(after).split("\n")
    if old == new:  # only bytes that no text shows: line ends, or the file's mode
        return START
    pairs = enumerate(zip(old, new, strict=False), start=1)
    shared = min(len(old), len(new))
    line = next((line for line, (one, other) in pairs if one != other), shared)
    return Position(line, 1)
