"""What an audit found, for a terminal."""

from collections.abc import Iterator

from casework.model.audit import Answer, Audit, AuditedCase, Word
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
    for each in audit.cases:
        if each.answer is Answer.DOES_NOT_HOLD:
            lines += [*_in_full(each, told, paint, width), ""]
    for answer in (Answer.NOT_KNOWN, Answer.HOLDS):
        others = [each for each in audit.cases if each.answer is answer]
        for each in others:
            lines += _in_a_line(each, paint, width)
        lines += [""] if others else []
    for remark in remarks(audit):
        lines += wrapped(terminal(remark), width)
    return without_commands("".join(f"{line}\n" for line in lines).rstrip("\n") + "\n")


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


def _in_a_line(case: AuditedCase, paint: Paint, width: int) -> Iterator[str]:
    first, *rest = wrapped(
        terminal(f"{case.path}: {name(case)}; {briefly(case)}"),
        width - _INDENT,
    )
    yield f"{paint(f'{ANSWERS[case.answer]:<{_INDENT}}', _STYLE[case.answer])}{first}"
    yield from (f"{' ' * _INDENT}{line}" for line in rest)
