"""The rules about promotions: the case and the level in people.yaml change together."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from casework.check.changes import (
    REASON,
    ChangedCase,
    Objection,
    Proposal,
    newly_promoted,
)
from casework.check.context import Problem
from casework.check.entries import same_people
from casework.check.words import quoted
from casework.model.case import Case
from casework.model.document import PEOPLE
from casework.model.position import START, Position


class Held(NamedTuple):
    """A level, and since when somebody holds it, as people.yaml has it."""

    level: Any = None
    since: Any = None

    def __str__(self) -> str:
        """As a message shows it."""
        if self.level is None:
            return "no level"
        return f"{quoted(self.level)} since {quoted(self.since)}"


def _now(held: Held) -> str:
    return f"it is {held}" if held.level is not None else "now there is none"


def level_change_without_case(proposal: Proposal) -> Iterator[Objection]:
    """Somebody's level changes by a case that is decided in the same pull request.

    Why: A level that changes by itself is a promotion that nobody made a case for and no reviewer
    approved. `level_since` decides which quarters count, so it matters just as much as the level.

    Fix: Decide the case in the same pull request: `status: promoted`, with `from` and `level_since`
    as people.yaml has them so far, `to` the new `level`, and `effective` the new `level_since`.
    Where there can be no case, such as for a mistake put right, a return, or a move off the ladder,
    say why in the entry's `level_reason`, newly written for this change: an owner who approves it
    has read it. Somebody who is hired or joins the ladder needs no reason. Somebody who leaves gets
    `left`; without it, an entry is not deleted.

    Bad:
        ada-lovelace: {level: IC3, level_since: 2025-02-01}    # on the main branch: IC2

    Good:
        ada-lovelace: {level: IC3, level_since: 2025-02-01,
                       level_reason: "Was IC3 from the start; the list was copied wrongly."}
    """
    before, after = proposal.people_before, proposal.people_after
    if before is None or after is None:
        return
    promoted: dict[str | None, list[ChangedCase]] = {}
    for each in newly_promoted(proposal):
        promoted.setdefault(each.after.person if each.after else None, []).append(each)
    for old, new in same_people(before, after):
        was, now = _held(before.get(old)), _held(after.get(new))
        if was == now or was.level is None or _may_go(proposal, old, new):
            continue
        if any(_decides(each.after, was, now) for each in promoted.get(new, ())):
            continue
        if _reason(after.get(new)) not in (None, _reason(before[old])):
            continue
        # Where a case decides on another level, case-without-level-change says so.
        if any(_disagreement(proposal, each) for each in promoted.get(new, ())):
            continue
        yield Objection(PEOPLE, _unexplained(proposal, new, was, now, bool(promoted.get(new))))


def _unexplained(proposal: Proposal, handle: str, was: Held, now: Held, has_case: bool) -> Problem:
    at = _place(proposal, handle, "level" if was.level != now.level else "level_since")
    if handle not in (proposal.people_after or {}):
        return Problem(
            at,
            f"The entry of {quoted(handle)}, who holds {was}, must not be deleted: the level would "
            "be gone with it.",
            "Restore the entry. Somebody who has left gets `left: <date>` and stays in the list.",
        )
    if has_case:
        return Problem(
            at,
            f"The level of {quoted(handle)} must change by a case that starts from what "
            f"people.yaml had, {was}; the promotion in this pull request starts from another level "
            "or day.",
            "Correct `from` and `level_since` in the case.",
        )
    return Problem(
        at,
        f"The level of {quoted(handle)} must change by a case that is decided in the same pull "
        f"request; it was {was}, and {_now(now)}.",
        "Decide the promotion here too, or undo the change. For a mistake put right, or where "
        f"there can be no case, say why in `{REASON}`, newly written for this change.",
    )


def case_without_level_change(proposal: Proposal) -> Iterator[Objection]:
    """A promotion changes the level in people.yaml in the same pull request.

    Why: People.yaml says who holds which level; every later case is judged by it. A promotion that
    only the case knows of has not happened, as far as later cases are concerned.

    Fix: In cases/people.yaml, set the subject's `level` to the case's `to`, and `level_since` to
    its `effective`, in the same pull request. Only the record of an earlier promotion, new to the
    repository, may find a later level there.

    Bad:
        ada-lovelace: {level: IC2, level_since: 2025-02-01}    # to: IC3, effective: 2027-03-01

    Good:
        ada-lovelace: {level: IC3, level_since: 2027-03-01}
    """
    for each in newly_promoted(proposal):
        case, held = each.after, _disagreement(proposal, each)
        if case is not None and held is not None:
            said = f"it has {held}" if held != _NOBODY else "it has no such entry"
            yield Objection(
                case.path,
                Problem(
                    case.document.at("status"),
                    f"A promotion must come with {quoted(case.person)} at {quoted(case.to_level)} "
                    f"since {quoted(case.effective)} in cases/people.yaml; {said}.",
                    "Set `level` and `level_since` there in the same pull request.",
                ),
            )


_NOBODY = Held(level=False)


def _disagreement(proposal: Proposal, change: ChangedCase) -> Held | None:
    """What people.yaml will have of a promoted subject, where that is not what the case says."""
    case = change.after
    if case is None or case.to_level is None or case.effective is None or case.person is None:
        return None  # another rule says so
    if PEOPLE in proposal.others and proposal.people_after is None:
        return None  # likewise
    held = _will_hold(proposal, case.person)
    effective = case.effective.isoformat()
    if held is None or (held.level == case.to_level and held.since == effective):
        return None
    is_new = change.before is None
    is_history = is_new and isinstance(held.since, str) and held.since > effective
    return None if is_history and not _starts_from_now(proposal, case, held) else held


def _starts_from_now(proposal: Proposal, case: Case, held: Held) -> bool:
    """Whether a case starts from the very level that people.yaml changes: it is no record then."""
    was = _held((proposal.people_before or {}).get(case.person or ""))
    return was != held and was == _start(case)


def _will_hold(proposal: Proposal, handle: str) -> Held | None:
    """What people.yaml will say once this is merged; None where nobody can tell."""
    if proposal.people_after is not None:
        entries = proposal.people_after
        return _held(entries[handle]) if handle in entries else _NOBODY
    if proposal.organisation is None:
        return None
    person = proposal.organisation.people.get(handle)
    if person is None:
        return _NOBODY
    since = person.level_since.isoformat() if person.level_since else None
    return Held(person.level, since) if person.level else Held()


def _decides(case: Case | None, was: Held, now: Held) -> bool:
    """Whether a promotion leads from one level to the other, from and on the very days."""
    if case is None or case.effective is None:
        return False
    return was == _start(case) and now == Held(case.to_level, case.effective.isoformat())


def _start(case: Case) -> Held | None:
    return Held(case.from_level, case.level_since.isoformat()) if case.level_since else None


def _held(entry: Any) -> Held:
    level = _field(entry, "level")
    return Held(level, _field(entry, "level_since")) if level is not None else Held()


def _may_go(proposal: Proposal, old: str, new: str) -> bool:
    """Whether an entry is gone and its level is not missed: that of somebody who has left."""
    before, after = proposal.people_before or {}, proposal.people_after or {}
    # Where cases are left without an entry, unknown-person says so.
    return new not in after and (_field(before[old], "left") is not None or old in proposal.bereft)


def _reason(entry: Any) -> str | None:
    said = _field(entry, REASON)
    return said if isinstance(said, str) and said.strip() else None


def _field(entry: Any, name: str) -> Any:
    return entry.get(name) if isinstance(entry, Mapping) else None


def _place(proposal: Proposal, handle: str, name: str) -> Position:
    file = proposal.people_file
    return file.at("people", handle, name) if file is not None else START
