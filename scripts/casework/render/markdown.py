"""Findings and the report of a check as GitHub Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from casework.model.english import counted, day
from casework.model.finding import Finding
from casework.model.report import CaseReport, Report
from casework.render.advice import missing_next
from casework.render.escape import code, inline, prose
from casework.render.text import NO_CASES, errors_of
from casework.render.words import is_decided, review_of, some, tally, unlisted

FOLD = 20
"""How many findings are shown before the rest is folded away."""


def check_markdown(report: Report) -> str:
    """What `check` found, as a page."""
    lines = ["# Casework check", "", f"{_summary(report)}", ""]
    lines += finding_list(report.findings)
    lines += _cases(report.cases, report.findings)
    lines += [f"Note: {prose(each)}\n" for each in report.notes]
    return "\n".join(lines).rstrip("\n") + "\n"


def finding_list(
    findings: Sequence[Finding], most: int | None = None, *, in_one_file: bool = False
) -> Iterator[str]:
    """The findings as a list, those after `FOLD` folded away and those after `most` left out.

    Where all are in one file, which has been named, their places do without its path.
    """
    if not findings:
        return
    items = [listed(each, in_one_file=in_one_file) for each in findings[:most]]
    yield from items[:FOLD]
    yield ""
    if items[FOLD:]:
        yield from folded(f"{len(items) - FOLD} more findings", iter(items[FOLD:]))
    if len(items) < len(findings):
        left = counted(len(findings) - len(items), "finding")
        yield f"{left.capitalize()} not shown here."
        yield ""


def listed(finding: Finding, *, in_one_file: bool = False) -> str:
    """A finding as an item of a list."""
    place = code(f"{finding.path}:{finding.line}:{finding.column}")
    if in_one_file:
        place = f"in line {finding.line}, column {finding.column}"
    remedy = f" {prose(finding.help)}" if finding.help else ""
    severity = finding.severity.value
    return f"- **{severity}** {place}: {prose(finding.message)}{remedy} ({code(finding.rule)})"


def folded(title: str, lines: Iterator[str]) -> Iterator[str]:
    """Lines that a reader opens under a title; the title is HTML already."""
    yield f"<details><summary>{title}</summary>"
    yield ""
    yield from "\n".join(lines).rstrip("\n").split("\n")
    yield ""
    yield "</details>"
    yield ""


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table of cells that are Markdown already."""
    for cells in chain((header, ["---"] * len(header)), rows):
        yield f"| {' | '.join(cells)} |"
    yield ""


def _summary(report: Report) -> str:
    framework = f", framework {inline(report.framework)}" if report.framework else ""
    cases = some(len(report.cases), "case")
    return f"Checked {cases} as of {day(report.as_of)}{framework}: {tally(report.findings)}."


def _cases(cases: Sequence[CaseReport], findings: tuple[Finding, ...]) -> Iterator[str]:
    if not cases:
        yield f"{prose(NO_CASES)}\n"
        return
    rows = [_row(each, errors_of(each.path, findings)) for each in cases if not is_decided(each)]
    if rows:
        header = ("Case", "Person", "Level", "Review", "Status", "Verdict", "Missing next")
        yield from table(header, rows)
    if others := unlisted(cases):
        yield f"{others}\n"


def _row(case: CaseReport, errors: int) -> tuple[str, ...]:
    levels = [inline(each) for each in (case.from_level, case.to_level) if each]
    return (
        code(case.path),
        inline(case.person or "?"),
        " → ".join(levels) or "?",
        inline(review_of(case)),
        inline(case.status or "?"),
        case.verdict.value,
        inline(missing_next(case, errors)),
    )
