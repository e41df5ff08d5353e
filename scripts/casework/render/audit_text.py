"""What an audit found, for a terminal."""

from collections.abc import Iterator

from casework.model.audit import Answer, Audit, AuditedCase, AuditedLevel, Word
from casework.model.document import PEOPLE
from casework.render.audit import (
    ANSWERS,
    CHECKS,
    briefly,
    conclusion,
    explained,
    holding,
    landing,
    name,
    remarks,
)
from casework.render.audit_levels import WHAT_MUST_BE, change, landed, said_of
from casework.render.audit_levels import briefly as level_briefly
from casework.render.columns import wrapped
from casework.render.escape import terminal, without_commands
from casework.render.paint import Paint, painter

_STYLE = {Answer.HOLDS: "green", Answer.DOES_NOT_HOLD: "red", Answer.NOT_KNOWN: "yellow"}
_INDENT = 2 + max(map(len, ANSWERS.values())) + 2


def audit_text(audit: Audit, *, colour: bool, width: int) -> str:
    """The conclusion, what does not hold in full, all else in a line each."""
    paint = painter(colour)
    lines = [*wrapped(terminal(conclusion(audit)), width), ""]
    told: set[str] = set()
    # Whose level nobody made a case for stands in no case's place: it would be looked for in vain.
    for level in audit.levels:
        if level.answer is Answer.DOES_NOT_HOLD:
            lines += [*_level_in_full(level, told, paint, width), ""]
    for each in audit.cases:
        if each.answer is Answer.DOES_NOT_HOLD:
            lines += [*_in_full(each, told, paint, width), ""]
    for answer in (Answer.NOT_KNOWN, Answer.HOLDS):
        others = [*_others(audit, answer)]
        for said in others:
            lines += _in_a_line(answer, said, paint, width)
        lines += [""] if others else []
    for remark in remarks(audit):
        lines += wrapped(terminal(remark), width)
    return without_commands("".join(f"{line}\n" for line in lines).rstrip("\n") + "\n")


def _others(audit: Audit, answer: Answer) -> Iterator[str]:
    """What has an answer of which little needs to be said."""
    for unread in audit.unread:
        if answer is Answer.NOT_KNOWN:
            yield f"{unread.path}: {unread.detail} {unread.help}"
    for each in audit.cases:
        if each.answer is answer:
            yield f"{each.path}: {name(each)}; {briefly(each)}"
    for level in audit.levels:
        if level.answer is answer:
            stated = f": {level.stated}" if level.stated else ""
            yield f"{PEOPLE}: {change(level)}; {level_briefly(level)}{stated}"


def _level_in_full(level: AuditedLevel, told: set[str], paint: Paint, width: int) -> Iterator[str]:
    yield paint(terminal(f"{PEOPLE}: {level.person}"), "bold")
    yield from wrapped(terminal(f"{change(level)}; {landed(level)}."), width, "  ")
    word = paint(f"  {ANSWERS[level.answer]:<{_INDENT - 2}}", _STYLE[level.answer])
    yield f"{word}{paint(WHAT_MUST_BE, 'bold')}"
    for part in said_of(level, told):
        yield from wrapped(terminal(part), width, " " * _INDENT)


def _in_full(case: AuditedCase, told: set[str], paint: Paint, width: int) -> Iterator[str]:
    yield paint(terminal(case.path), "bold")
    yield from wrapped(terminal(f"{name(case)}; {landing(case)}."), width, "  ")
    for each, parts in explained(case, told):
        word = paint(f"  {ANSWERS[each.answer]:<{_INDENT - 2}}", _STYLE[each.answer])
        yield f"{word}{paint(CHECKS[each.id], 'bold')}"
        for part in parts:
            yield from wrapped(terminal(part), width, " " * _INDENT)
    if case.testimony is not None:
        is_denied = case.testimony.word is Word.CONTRADICTED
        word = "contradicted" if is_denied else "GitHub"
        style = "red" if is_denied else "green"
        yield f"{paint(f'  {word:<{_INDENT - 2}}', style)}{paint('What the note says', 'bold')}"
        yield from wrapped(terminal(case.testimony.detail), width, " " * _INDENT)
    if held := holding(case):
        word = paint(f"  {ANSWERS[Answer.HOLDS]:<{_INDENT - 2}}", _STYLE[Answer.HOLDS])
        first, *rest = wrapped("; ".join(held), width - _INDENT)
        yield f"{word}{first}"
        yield from (f"{' ' * _INDENT}{line}" for line in rest)


def _in_a_line(answer: Answer, said: str, paint: Paint, width: int) -> Iterator[str]:
    first, *rest = wrapped(terminal(said), width - _INDENT)
    yield f"{paint(f'{ANSWERS[answer]:<{_INDENT}}', _STYLE[answer])}{first}"
    yield from (f"{' ' * _INDENT}{line}" for line in rest)
