"""What an audit found, in the words that a terminal, a page and programs share."""

from collections.abc import Iterator, Sequence

from casework.model.audit import Answer, Audit, AuditedCase, Check, Word
from casework.model.document import PEOPLE
from casework.model.english import begun, counted, day, enumerated, number
from casework.model.people import People, Person
from casework.render.audit_levels import conclusions
from casework.render.words import title

ANSWERS = {
    Answer.HOLDS: "holds",
    Answer.DOES_NOT_HOLD: "does not hold",
    Answer.NOT_KNOWN: "not known",
}

CHECKS = {
    "requirements": "Requirements met",
    "approvals-recorded": "Approvals on record",
    "no-own-approval": "No approval of one's own case",
    "not-edited": "Unchanged since the decision",
    "level-together": "Level changed in the same step",
}

_WHY = {
    "requirements": "a decision rests on what the framework asks for. Where that was not met, "
    "somebody should be able to say why it was decided so.",
    "approvals-recorded": "nobody can tell later who stood behind a decision unless "
    "it was written down at the time.",
    "no-own-approval": "whoever is part of a case cannot be the second pair of eyes on it.",
    "not-edited": "a decided case is what the decision was made on. Whoever reads it later must "
    "be able to rely on its being the same.",
    "level-together": "people.yaml says by which level the next case is judged. If a level "
    "changes apart from its case, no reviewer has seen the change.",
}

CLAIMS = "Who approved is taken from the notes, and whoever can push can write a note."
A_QUESTION = (
    "What does not hold is a question for those who were there, not a verdict on anybody: "
    "there may be a good reason that git knows nothing of."
)
NO_NOTES = (
    "This clone has no notes on approvals. If the repository keeps them, "
    "`git fetch origin refs/notes/approvals:refs/notes/approvals` brings them."
)


def conclusion(audit: Audit) -> str:
    """What was looked at, and how much of it does not hold."""
    others = [*conclusions(audit), *_of_unread(audit)]
    where = f"on `{audit.base}` (commit `{audit.commit[:12]}`)"
    is_file = (audit.whose or "").endswith(".md")
    nothing = "." if others else ", so there is nothing to audit."
    if is_file and not audit.cases:
        lead = [] if audit.unread else [f"`{audit.whose}` is not decided {where}{nothing}"]
        return " ".join((*lead, *others))
    # What is said of one file stands under its name: "of" would make a person of it.
    whose = f" of `{audit.whose}`" if audit.whose and not is_file else ""
    if not audit.cases:
        return " ".join((f"There is no decided case{whose} {where} yet{nothing}", *others))
    looked = f"{begun(counted(len(audit.cases), 'decided case'))}{whose} looked at {where}"
    return " ".join((f"{looked}: {_of_cases(audit, others)}.", *others))


def _of_cases(audit: Audit, others: Sequence[str]) -> str:
    """How many of the cases do not hold, or are not known to."""
    wrong = sum(each.answer is Answer.DOES_NOT_HOLD for each in audit.cases)
    unknown = sum(each.answer is Answer.NOT_KNOWN for each in audit.cases)
    is_alone = len(audit.cases) == 1
    found = [
        f"{'it' if is_alone else number(count)} {verb if count > 1 else single}"
        for count, verb, single in (
            (wrong, "do not hold", "does not hold"),
            (unknown, "are not known to hold", "is not known to hold"),
        )
        if count
    ]
    of_them = f" of {'it' if is_alone else 'them'}" if others else ""
    return " and ".join(found) or f"all that must hold{of_them} does"


def _of_unread(audit: Audit) -> Iterator[str]:
    """How many cases cannot be read."""
    unread = [each for each in audit.unread if each.path != PEOPLE]
    if len(unread) == 1:
        yield f"Nobody can tell whether `{unread[0].path}` was decided: it cannot be read."
    elif unread:
        yield (
            f"Nobody can tell whether {number(len(unread))} cases were decided: they cannot "
            "be read."
        )


def remarks(audit: Audit) -> Iterator[str]:
    """What a reader must know of the whole, in sentences."""
    if audit.answer is Answer.DOES_NOT_HOLD:
        yield A_QUESTION
    if audit.cases and not audit.has_notes:
        yield NO_NOTES
    elif audit.asked is None and any(each.claim for each in audit.cases):
        yield f"{CLAIMS} {audit.remark}".strip()
    silent: dict[str, list[str]] = {}
    for each in audit.cases:
        if each.testimony is not None and each.testimony.word is Word.NOT_ASKED:
            silent.setdefault(each.testimony.detail, []).append(each.path)
    for why, paths in silent.items():
        more = f" and {counted(len(paths) - 1, 'more case')}" if len(paths) > 1 else ""
        yield f"About `{paths[0]}`{more}: {why}"


def name(case: AuditedCase) -> str:
    """What a case is, and what became of it."""
    known = {case.person: Person(case.person, case.name)} if case.person and case.name else {}
    decided = f" on {day(case.decided)}" if case.decided else ""
    return f"{title(case, People(known))}: {case.status.replace('-', ' ')}{decided}"


def landing(case: AuditedCase) -> str:
    """By which commit the decision got on the main branch."""
    came = case.landing
    request = f", pull request {came.pull_request}" if came.pull_request else ""
    return f"decided on the main branch by commit `{came.commit[:12]}` of {day(came.day)}{request}"


def questions(case: AuditedCase) -> tuple[Check, ...]:
    """What does not hold, and then what nobody can tell, as far as GitHub did not settle it."""
    wrong = [each for each in case.checks if each.answer is Answer.DOES_NOT_HOLD]
    unknown = [each for each in case.checks if each.answer is Answer.NOT_KNOWN]
    return (*wrong, *unknown)


def explained(case: AuditedCase, told: set[str]) -> Iterator[tuple[Check, list[str]]]:
    """The questions of a case, each with what to say of it.

    What helps with several is said at the first. `told` grows by what need not be told again.
    """
    helps: set[str] = set()
    for each in questions(case):
        parts = (each.detail, _why_it_matters(each, told), each.help)
        yield each, [part for part in parts if part and part not in helps]
        helps.add(each.help)


def _why_it_matters(check: Check, told: set[str]) -> str:
    """Why it matters that something does not hold, the first time that it is told."""
    if check.answer is not Answer.DOES_NOT_HOLD or check.id in told:
        return ""
    told.add(check.id)
    return f"Why it matters: {_WHY[check.id]}"


def holding(case: AuditedCase) -> list[str]:
    """The names of all that holds."""
    return [CHECKS[each.id] for each in case.checks if each.answer is Answer.HOLDS]


def briefly(case: AuditedCase) -> str:
    """What to say of a case in which nothing is wrong."""
    if unknown := _unknown(case):
        return f"not known: {'; '.join(unknown)}"
    if case.testimony is None:
        return "as its note says" if case.claim else "without approvals to record"
    if case.testimony.word is Word.CONFIRMED:
        return "confirmed by GitHub"
    return "as its note says, which GitHub could not confirm"


def _unknown(case: AuditedCase) -> list[str]:
    """What is not known, each reason with all that nobody can tell because of it."""
    by_reason: dict[str, list[str]] = {}
    for each in case.checks:
        if each.answer is Answer.NOT_KNOWN:
            by_reason.setdefault(each.reason, []).append(_begun_small(CHECKS[each.id]))
    return [
        enumerated(names) + (f" ({reason})" if reason else "")
        for reason, names in by_reason.items()
    ]


def _begun_small(text: str) -> str:
    return text[0].lower() + text[1:]
