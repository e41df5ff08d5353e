"""The rules about files that speak of the same thing: they agree with each other."""

from collections.abc import Iterator

from casework.check import people
from casework.check.context import Context, Problem
from casework.check.paths import misplaced
from casework.check.words import quoted
from casework.model.case import Case, Status
from casework.model.people import Person

_LONGEST_RING = 8


def path_mismatch(context: Context) -> Iterator[Problem]:
    """A file lies where its content says that it belongs, and nothing else lies there.

    Why: People and programs find a case by its path. A case in another person's folder would
    be shown to the wrong people, and a file that nothing reads may look as if it had passed.

    Fix: Rename or move the file as the message says, or correct the field that disagrees. Keep
    notes and attachments outside cases/, framework/ and schemas/.

    Bad:
        cases/ada-lovelace/promotion.md

    Good:
        cases/ada-lovelace/2027-02.md
    """
    yield from misplaced(context)


def level_mismatch(context: Context) -> Iterator[Problem]:
    """The level that a case starts from is the one that people.yaml has.

    Why: Quarters are rated against the level held then. If case and people.yaml disagree about
    it, every rating is open to question.

    Fix: Correct the case. If people.yaml is wrong, its owners correct it in a pull request of its
    own.

    Bad:
        from: IC1

    Good:
        from: IC2
    """
    case, subject = context.case, context.people.get(context.case.person)
    if subject is None or _is_history(case, subject):
        return
    if subject.level is None:
        yield Problem(
            context.document.at("person"),
            f"`person` must be somebody who holds a level in cases/people.yaml; "
            f"{quoted(subject.handle)} holds none.",
            "People outside the ladder have no cases: delete the file, or have the level added "
            "to cases/people.yaml.",
        )
        return
    yield from _level_differs(context, case, subject)


def _is_history(case: Case, subject: Person) -> bool:
    """Whether it was decided, and took effect, before the subject came to the level held now."""
    since = subject.level_since
    if case.decided is None or since is None:
        return False
    if case.status is Status.PROMOTED and case.effective is not None:
        return case.effective <= since
    return max(case.decided, case.effective or case.decided) < since


def _level_differs(context: Context, case: Case, subject: Person) -> Iterator[Problem]:
    """Fields of the case that say something else than the subject's entry in people.yaml."""
    # Of a level that the framework lacks, in either file, unknown-level says so.
    are_known = None not in map(context.framework.level, (case.from_level, subject.level))
    if are_known and case.from_level != subject.level:
        yield Problem(
            context.document.at("from"),
            f"`from` must be the level in cases/people.yaml, {quoted(subject.level)}; it is "
            f"{quoted(case.from_level)}.",
            "Correct the case, or people.yaml in a pull request of its own.",
        )
    since = subject.level_since
    if case.level_since is not None and since is not None and case.level_since != since:
        yield Problem(
            context.document.at("level_since"),
            f"`level_since` must be the day in cases/people.yaml, `{since}`; it is "
            f"`{case.level_since}`.",
            "Correct the case, or people.yaml in a pull request of its own.",
        )


def manager_mismatch(context: Context) -> Iterator[Problem]:
    """The manager of a case is the one that people.yaml has.

    Why: Neither the manager's word nor the manager's approval counts as an independent one, so it
    matters who that is. People do change teams while a case is being written, so this is only a
    warning.

    Fix: Update `manager` in the case, or the entry in cases/people.yaml.

    Bad:
        manager: margaret-hamilton

    Good:
        manager: grace-hopper
    """
    case, subject = context.case, context.people.get(context.case.person)
    if subject is None or context.people.get(case.manager) is None:
        return
    if subject.manager is not None and context.people.get(subject.manager) is None:
        return  # unknown-person says so, in people.yaml
    if case.manager != subject.manager:
        named = f"which is {quoted(subject.manager)}" if subject.manager else "which names none"
        yield Problem(
            context.document.at("manager"),
            f"`manager` should be the manager that cases/people.yaml has for "
            f"{quoted(subject.handle)}, {named}; it is {quoted(case.manager)}.",
            "Update the case, or people.yaml if it is out of date.",
        )


def manager_cycle(context: Context) -> Iterator[Problem]:
    """Nobody is their own manager, neither directly nor by way of others.

    Why: In a ring of managers everybody would decide on everybody else in it.

    Fix: Correct the entry that is wrong. The person at the top has no `manager`.

    Bad:
        ada-lovelace: {name: Ada Lovelace, github: ada-l, manager: ada-lovelace}

    Good:
        ada-lovelace: {name: Ada Lovelace, github: ada-l, manager: grace-hopper}
    """
    for ring in people.cycles(people.managers(context.document)):
        shown = ring if len(ring) <= _LONGEST_RING else (*ring[:_LONGEST_RING], "…")
        path = " → ".join(map(quoted, (*shown, ring[0])))
        yield Problem(
            context.document.at("people", ring[0], "manager"),
            f"Managers must not lead back to the same person; they do in {path}.",
            "Correct the entry that is wrong, or delete the field for the person at the top.",
        )
