"""Where the cases that a pull request brings lay before: also decided ones, and under a new handle.

Rules refuse such moves. What they and the summary say of one must be true all the same.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from casework.check.changes import ChangedCase, Proposal
from casework.check.entries import same_people
from casework.model.case import Case


def origins(proposal: Proposal) -> Mapping[str, ChangedCase]:
    """The case that each new file was before, by the path of the new one.

    That is a file of the same name and of the same person, who may have another handle since, of
    which at least half of the lines are still there.
    """
    gone = [each for each in proposal.cases if each.before and not each.after]
    new = [each for each in proposal.cases if each.after and not each.before]
    if not gone or not new:
        return {}
    now = dict(_handles(proposal))
    by_name: dict[str, list[ChangedCase]] = {}
    for each in new:
        by_name.setdefault(_name(each.path), []).append(each)
    found: dict[str, ChangedCase] = {}
    for old in gone:
        for each in by_name.get(_name(old.path), ()):
            if each.path not in found and _is_the_same(old.before, each.after, now):
                found[each.path] = old
                break
    return found


def followed(proposal: Proposal) -> Iterator[ChangedCase]:
    """The steps, those of moved cases with what they were before, whatever the rules say of it."""
    known = origins(proposal)
    for step in proposal.steps():
        is_new = step.before is None and step.path in known
        yield step._replace(before=known[step.path].before) if is_new else step


def _handles(proposal: Proposal) -> Iterator[tuple[str, str]]:
    """Who has another handle: the one before, and the one since."""
    before, after = proposal.people_before, proposal.people_after
    if before is not None and after is not None:
        yield from same_people(before, after)


def _is_the_same(before: Case | None, after: Case | None, now: Mapping[str, str]) -> bool:
    if before is None or after is None or before.person is None:
        return False
    if after.person not in (before.person, now.get(before.person)):
        return False
    was, lines = _lines(before), _lines(after)
    return 2 * (was & lines).total() >= was.total()


def _lines(case: Case) -> Counter[str]:
    return Counter(filter(None, map(str.strip, case.document.text.split("\n"))))


def _name(path: str) -> str:
    return path.rpartition("/")[2]
