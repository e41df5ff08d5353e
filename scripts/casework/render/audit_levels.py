"""The changes of a level that no case decided, in the words that a terminal and a page share."""

from collections.abc import Iterator
from datetime import date

from casework.model.audit import Answer, Audit, AuditedLevel, Held
from casework.model.document import PEOPLE
from casework.model.english import begun, counted, day

WHAT_MUST_BE = "Level changed by a case, or for a reason that is stated"
_WHY = (
    "Why it matters: people.yaml says by which level the next case is judged. A level that nobody "
    "made a case for was seen by no reviewer."
)


def change(level: AuditedLevel) -> str:
    """Whose level became which."""
    return f"{level.name}: from {_held(level.before)} to {_held(level.after)}"


def landed(level: AuditedLevel) -> str:
    """By which commit the change got on the main branch."""
    came = level.landing
    request = f", pull request {came.pull_request}" if came.pull_request else ""
    return f"changed on the main branch by commit `{came.commit[:12]}` of {day(came.day)}{request}"


def said_of(level: AuditedLevel, told: set[str]) -> Iterator[str]:
    """What to say of a change that does not hold. `told` grows by what need not be told again."""
    yield level.detail
    if WHAT_MUST_BE not in told:
        told.add(WHAT_MUST_BE)
        yield _WHY
    yield level.help


def briefly(level: AuditedLevel) -> str:
    """What to say of a change with which nothing is wrong."""
    known = "not known whether a case was needed: " if level.answer is Answer.NOT_KNOWN else ""
    return f"{landed(level)}; {known}{level.reason}"


def conclusions(audit: Audit) -> Iterator[str]:
    """How many changes of a level do not hold, or are not known to, in sentences."""
    wrong = sum(each.answer is Answer.DOES_NOT_HOLD for each in audit.levels)
    unknown = sum(each.answer is Answer.NOT_KNOWN for each in audit.levels)
    if wrong:
        verb, it = ("does", "it") if wrong == 1 else ("do", "them")
        yield f"{_some(wrong)} {verb} not hold: no case decided {it}."
    if unknown:
        verb = "is" if unknown == 1 else "are"
        yield f"{_some(unknown)} {verb} not known to hold."
    if any(each.path == PEOPLE for each in audit.unread):
        yield f"Nobody can tell what all levels are now: `{PEOPLE}` cannot be read."


def _some(count: int) -> str:
    said = counted(count, "change")
    return f"{begun(said)} of a level"


def _held(held: Held) -> str:
    return f"{held.level} (since {_day(str(held.since))})"


def _day(written: str) -> str:
    """A day as a sentence wants it; as it is written where it is none."""
    try:
        return day(date.fromisoformat(written))
    except ValueError:
        return written
