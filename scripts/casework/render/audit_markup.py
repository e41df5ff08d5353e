"""What an audit found, as GitHub Markdown: for an issue, or for a document."""

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
from casework.render.escape import code, prose
from casework.render.markdown import table


def audit_markdown(audit: Audit) -> str:
    """The conclusion, what does not hold in full, all else in a table."""
    lines = ["# Casework audit", "", prose(conclusion(audit)), ""]
    for remark in remarks(audit):
        lines += [prose(remark), ""]
    told: set[str] = set()
    for each in audit.cases:
        if each.answer is Answer.DOES_NOT_HOLD:
            lines += _in_full(each, told)
    others = [each for each in audit.cases if each.answer is not Answer.DOES_NOT_HOLD]
    if others:
        others.sort(key=lambda each: each.answer is Answer.HOLDS)
        lines += ["## All others", ""] if len(others) < len(audit.cases) else []
        lines += table(("Answer", "Case", "How it is known"), [*map(_row, others)])
    return "\n".join(lines).rstrip("\n") + "\n"


def _in_full(case: AuditedCase, told: set[str]) -> Iterator[str]:
    yield f"## {code(case.path)}"
    yield ""
    yield prose(f"{name(case)}; {landing(case)}.")
    yield ""
    for each, parts in explained(case, told):
        said = map(prose, parts)
        yield "<br>".join((f"- **{ANSWERS[each.answer]}:** {CHECKS[each.id]}", *said))
    if case.testimony is not None:
        is_denied = case.testimony.word is Word.CONTRADICTED
        yield f"- **{'contradicted' if is_denied else 'GitHub'}:** {prose(case.testimony.detail)}"
    if held := holding(case):
        yield f"- **holds:** {'; '.join(held)}."
    yield ""


def _row(case: AuditedCase) -> tuple[str, ...]:
    # More columns would not fit on a phone.
    which = f"{code(case.path)}<br>{prose(name(case))}"
    return ANSWERS[case.answer], which, prose(briefly(case))
