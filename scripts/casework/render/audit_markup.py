"""What an audit found, as GitHub Markdown: for an issue, or for a document."""

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
from casework.render.escape import code, inline, prose
from casework.render.markdown import table


def audit_markdown(audit: Audit) -> str:
    """The conclusion, what does not hold in full, all else in a table."""
    lines = ["# Casework audit", "", prose(conclusion(audit)), ""]
    for remark in remarks(audit):
        lines += [prose(remark), ""]
    told: set[str] = set()
    count = len(lines)
    for level in audit.levels:
        if level.answer is Answer.DOES_NOT_HOLD:
            lines += _level_in_full(level, told)
    for each in audit.cases:
        if each.answer is Answer.DOES_NOT_HOLD:
            lines += _in_full(each, told)
    others = [row for answer in (Answer.NOT_KNOWN, Answer.HOLDS) for row in _rows(audit, answer)]
    if others:
        lines += ["## All others", ""] if len(lines) > count else []
        lines += table(("Answer", "Case", "How it is known"), others)
    return "\n".join(lines).rstrip("\n") + "\n"


def _rows(audit: Audit, answer: Answer) -> Iterator[tuple[str, ...]]:
    """What has an answer of which little needs to be said."""
    # More columns would not fit on a phone.
    word = ANSWERS[answer]
    for unread in audit.unread:
        if answer is Answer.NOT_KNOWN:
            yield word, code(unread.path), f"{prose(unread.detail)}<br>{prose(unread.help)}"
    for each in audit.cases:
        if each.answer is answer:
            yield word, f"{code(each.path)}<br>{prose(name(each))}", prose(briefly(each))
    for level in audit.levels:
        if level.answer is answer:
            stated = f": {inline(level.stated)}" if level.stated else ""
            known = f"{prose(level_briefly(level))}{stated}"
            yield word, f"{code(PEOPLE)}<br>{prose(change(level))}", known


def _level_in_full(level: AuditedLevel, told: set[str]) -> Iterator[str]:
    yield f"## {code(PEOPLE)}: {code(level.person)}"
    yield ""
    yield prose(f"{change(level)}; {landed(level)}.")
    yield ""
    said = map(prose, said_of(level, told))
    yield "<br>".join((f"- **{ANSWERS[level.answer]}:** {WHAT_MUST_BE}", *said))
    yield ""


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
