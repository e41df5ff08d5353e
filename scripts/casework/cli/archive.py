"""What decisions are looked up in: the rules and people of each day, notes, and what came after."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from casework.assess.audit import audited
from casework.assess.noted import barred
from casework.model.audit import (
    Afterwards,
    AuditedCase,
    Claim,
    ClaimedApproval,
    Decision,
    Held,
    LevelChange,
    Recording,
)
from casework.model.case import Case
from casework.model.history import Landing
from casework.model.note import NOTES, NotedApproval
from casework.model.organisation import Organisation
from casework.model.people import People
from casework.read.chronicle import Step
from casework.read.git import Git
from casework.read.register import Register
from casework.read.schema import Schemas


class Decided(NamedTuple):
    """The commit by which a case got decided, and what became of the file."""

    case: Case
    content: str
    """The id of its content."""
    place: int
    """The last step's of its pull request."""
    is_new: bool
    """Whether the file came to the main branch with the decision written down already."""
    afterwards: tuple[Afterwards, ...]


class Archive(NamedTuple):
    """What every decision is judged by, and what it is looked up in."""

    register: Register
    landings: tuple[Landing, ...]
    """Those of all steps, by place."""
    begins: tuple[int, ...]
    """For each step, the place of the first one of its pull request, or its own."""
    ends: tuple[int, ...]
    """Likewise of the last one."""
    schemas: Schemas
    has_beginning: bool
    """Whether the first step is the first commit of all."""
    noted: tuple[int, ...]
    """The places of the steps that bear a note."""
    has_notes: bool
    """Whether this clone has any."""

    @classmethod
    def of(cls, git: Git, steps: Sequence[Step], register: Register, schemas: Schemas) -> "Archive":
        """The archive for a chronicle."""
        begins, ends = _pull_requests([_number(each) for each in steps])
        noted = (place for place, each in enumerate(steps) if each.landing.note)
        has_beginning = bool(steps) and steps[0].parent is None
        return cls(
            register,
            tuple(each.landing for each in steps),
            begins,
            ends,
            schemas,
            has_beginning,
            tuple(noted),
            git.commit(NOTES) is not None,
        )


def _number(step: Step) -> int | None:
    return step.landing.note.pull_request if step.landing.note else None


def _pull_requests(numbers: Sequence[int | None]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Where the pull request of each step begins and ends, from the numbers that notes give.

    The commits of one lie side by side; those between two of them that bear no note are its own.
    """
    begins, ends = list(range(len(numbers))), list(range(len(numbers)))
    place = 0
    while place < len(numbers):
        last = place
        if numbers[place] is not None:
            following = place + 1
            while following < len(numbers) and numbers[following] in (None, numbers[place]):
                last = following if numbers[following] is not None else last
                following += 1
        begins[place : last + 1] = [place] * (last + 1 - place)
        ends[place : last + 1] = [last] * (last + 1 - place)
        place = last + 1
    return tuple(begins), tuple(ends)


def judged(decided: Decided, archive: Archive) -> AuditedCase:
    """What holds of a decided case."""
    decision = _decision(decided, archive)
    case = decision.case
    subject = archive.register.person(case.person, decided.place) if case.person else None
    return AuditedCase(
        decision.path,
        case.person,
        subject.name if subject else None,
        case.kind.value if case.kind else None,
        case.from_level,
        case.to_level,
        case.status.value if case.status else "",
        case.decided,
        decision.landing,
        audited(decision),
        _claim(decision, archive.register),
    )


def _decision(decided: Decided, archive: Archive) -> Decision:
    register, place, case = archive.register, decided.place, decided.case
    begins = archive.begins[place]
    has_before = register.has_rules(begins - 1)
    landing = archive.landings[place]
    return Decision(
        case,
        decided.content,
        landing,
        begins,
        is_new=decided.is_new,
        rules=register.organisation(place),
        rules_before=_before(case, landing, register, begins - 1 if has_before else place),
        has_changed_rules=has_before and not register.has_same_rules(begins - 1, place),
        recording=recording(place, archive),
        is_from_the_start=archive.has_beginning and begins == 0,
        levels=tuple(_levels(case.person, archive)),
        afterwards=decided.afterwards,
        unread=register.unread(place),
    )


def _before(case: Case, landing: Landing, register: Register, place: int) -> Organisation | None:
    """The rules after a step, with nobody but those who have to do with approving the case.

    Looking for whom an account belongs to goes through everybody.
    """
    rules = register.organisation(place)
    if rules is None:
        return None
    subject = rules.people.get(case.person)
    author = landing.note.author if landing.note else None
    given = _approvals(case.path, landing)
    handles = (
        *rules.policy.approvals.reviewers,
        *(each.reviewer for each in given),
        *(case.person, case.manager, subject.manager if subject else None, author),
    )
    logins = (*(each.account for each in given), *filter(None, (author,)))
    return rules._replace(people=register.people(handles, logins, place))


def recording(place: int, archive: Archive) -> Recording:
    """What this clone's notes can tell of a step."""
    if not archive.has_notes:
        return Recording.ABSENT
    if not archive.noted or place < archive.noted[0]:
        return Recording.BEFORE
    return Recording.AFTER if place > archive.noted[-1] else Recording.PRESENT


def _levels(handle: str | None, archive: Archive) -> Iterator[LevelChange]:
    """What became of somebody's level in people.yaml."""
    before: Held | None = None
    for since in archive.register.story(handle) if handle is not None else ():
        after = _held(since.entry.data) if since.entry else None
        if after != before:
            yield LevelChange(archive.landings[since.place], before, after)
        before = after


def _held(data: Any) -> Held:
    fields = data if isinstance(data, dict) else {}
    return Held(fields.get("level"), fields.get("level_since"))


def _claim(decision: Decision, register: Register) -> Claim | None:
    note = decision.landing.note
    if note is None or decision.noted is None:
        return None
    people = decision.rules_before.people if decision.rules_before else People({})
    approvals = tuple(
        ClaimedApproval(
            known.name if (known := people.get(each.reviewer)) else each.reviewer,
            each.account,
            tuple(dict.fromkeys((each.account, *register.accounts_of(each.reviewer)))),
            each.commit,
        )
        for each in decision.noted.approvals
    )
    against = tuple(
        (account, role)
        for handle, role in barred(decision).items()
        for account in register.accounts_of(handle)
    )
    landing = decision.landing
    return Claim(
        note.pull_request,
        landing.commit,
        approvals,
        against,
        tuple(_others(decision, register)),
        path=decision.path,
        content=decision.content,
        day=landing.day,
        place=landing.place,
    )


def _others(decision: Decision, register: Register) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The reviewers whom the note does not name, by their names and accounts."""
    rules, noted = decision.rules_before, decision.noted
    if rules is None or noted is None:
        return
    left_out = {*barred(decision), *(each.reviewer for each in noted.approvals)}
    for handle in rules.policy.approvals.reviewers:
        person = rules.people.get(handle)
        if handle not in left_out and person and not person.is_gone(decision.landing.day):
            yield person.name, register.accounts_of(handle)


def _approvals(path: str, landing: Landing) -> tuple[NotedApproval, ...]:
    """The approvals that the note names for a case."""
    noted = landing.note.case(path) if landing.note else None
    return noted.approvals if noted else ()
