"""A review for a terminal: what the pull request would get, case by case."""

from collections.abc import Iterator
from typing import NamedTuple

from casework.model.english import day
from casework.model.finding import Finding, Severity
from casework.model.organisation import Organisation
from casework.model.report import (
    CaseReport,
    JudgedCase,
    JudgedQuarter,
    Requirement,
    Review,
    Verdict,
)
from casework.render.advice import earliest, sentence, shown_not_judged
from casework.render.approvals import (
    BEYOND_CASES,
    Told,
    reviews_by_owners,
    reviews_of,
    who_may_approve,
)
from casework.render.columns import table, wrapped
from casework.render.differences import told
from casework.render.escape import terminal, without_commands
from casework.render.findings import Source, blocks, without_pay
from casework.render.gate import gate
from casework.render.on_record import on_record
from casework.render.paint import STATE, VERDICT, Paint, painter
from casework.render.todo import todo
from casework.render.words import (
    EXAMPLES_NOT_CHECKBOXES,
    STATES,
    VERDICTS,
    categories,
    counting,
    elsewhere,
    requirement,
    tally,
    title,
)


class _Page(NamedTuple):
    """What every part of the output is made with."""

    organisation: Organisation
    paint: Paint
    width: int
    source: Source

    def heading(self, text: str) -> str:
        return self.paint(text, "bold")

    def lines(self, text: str, indent: str = "  ", hanging: str | None = None) -> list[str]:
        return wrapped(terminal(text), self.width, indent, hanging)

    def bullet(self, text: str) -> list[str]:
        return self.lines(text, "  - ", "    ")


def review_text(
    review: Review, organisation: Organisation, *, colour: bool, width: int, source: Source
) -> str:
    """Each case with its verdict, its quarters and its requirements; the gate's result last."""
    shown = without_pay(source, review.report.findings)
    page = _Page(organisation, painter(colour), width, shown)
    lines: list[str] = []
    for judged in review.cases:
        if lines:
            lines += [page.paint("─" * width, "dim"), ""]
        lines += _case(judged, page)
    if not review.cases:
        lines += ["There is no case to judge.", ""]
    if len(review.cases) > 1:
        lines += [page.paint("─" * width, "dim"), ""]
    lines += _owners(review, page)
    lines += _findings(elsewhere(review), "In other files", page)
    lines += _end(review, page)
    return without_commands("\n".join(lines) + "\n")


def _case(judged: JudgedCase, page: _Page) -> Iterator[str]:
    case = judged.report
    errors = sum(each.severity is Severity.ERROR for each in judged.findings)
    yield page.heading(terminal(title(case, page.organisation.people)))
    status = f"status {case.status}" if case.status else "no valid status"
    yield page.paint(terminal(f"{case.path}, {status}"), "dim")
    yield ""
    yield from _verdict(judged, errors, page)
    yield from _next(judged, errors, page)
    wrong = tuple(each for each in judged.findings if each.severity is Severity.ERROR)
    yield from _findings(wrong, "What to fix", page)
    yield from _quarters(judged, page)
    yield from _requirements(judged, page)
    rest = tuple(each for each in judged.findings if each.severity is not Severity.ERROR)
    yield from _findings(rest, "What else was noticed", page)
    yield from _differences(judged, page)


def _verdict(judged: JudgedCase, errors: int, page: _Page) -> Iterator[str]:
    case = judged.report
    words = f"{VERDICTS[case.verdict]}."
    said = sentence(case, errors, judged.approvals)
    first, *rest = page.lines(f"{words} {said}", "", "")
    yield page.paint(words, VERDICT[case.verdict]) + first[len(words) :]
    yield from rest
    yield ""


def _next(judged: JudgedCase, errors: int, page: _Page) -> Iterator[str]:
    listed = todo(judged, errors, page.organisation.policy)
    if listed:
        yield page.heading("What to do next")
        for step in listed:
            yield from page.bullet(step)
        yield ""


def _quarters(judged: JudgedCase, page: _Page) -> Iterator[str]:
    case = judged.report
    quarters = case.assessment.quarters
    if quarters:
        columns = categories(case, page.organisation.framework)
        names = [terminal(each.name) for each in columns]
        rows = [_cells(each, [column.id for column in columns], case) for each in quarters]
        heading, *lines = table(("Quarter", *names, "Standing"), rows, page.width)
        yield page.heading("  ".join(heading).rstrip())
        for rated, line in zip(quarters, lines, strict=True):
            yield _row(rated, "  ".join(line).rstrip(), page)
        yield ""
        yield from _on_record(judged, page)
    # Where it is what to do next, it has been said by now.
    when = earliest(case) if case.verdict is not Verdict.NOT_READY else None
    said = [each for each in (when, *shown_not_judged(case)) if each]
    for text in said:
        yield from page.lines(text, "")
    if said:
        yield ""


def _on_record(judged: JudgedCase, page: _Page) -> Iterator[str]:
    introduction, listed = on_record(judged)
    if introduction:
        yield from page.lines(introduction, "")
        for each in listed:
            yield from page.bullet(each)
        yield ""


def _cells(judged: JudgedQuarter, columns: list[str], case: CaseReport) -> tuple[str, ...]:
    ratings = judged.ratings
    words = [ratings[column].word if column in ratings else "-" for column in columns]
    return (judged.quarter.label, *words, terminal(counting(judged, case)))


def _row(judged: JudgedQuarter, line: str, page: _Page) -> str:
    if judged.used_for:
        return page.paint(line, "green")
    return line if judged.counts else page.paint(line, "dim")


def _requirements(judged: JudgedCase, page: _Page) -> Iterator[str]:
    case = judged.report
    if not case.assessment.requirements:
        return
    yield page.heading("Requirements")
    widest = max(len(STATES[each.state]) for each in case.assessment.requirements)
    for each in case.assessment.requirements:
        yield from _requirement(each, requirement(each.id, case), widest, page)
    # Approvals come last: what each review comes to belongs to them.
    yield from _reviews(reviews_of(judged), widest + 4, page)
    yield ""


def _reviews(told: tuple[tuple[Told, ...], str], indent: int, page: _Page) -> Iterator[str]:
    listed, rest = told
    for each in listed:
        yield from page.lines(each.plainly(), f"{' ' * indent}- ", " " * (indent + 2))
    if rest:
        yield from page.lines(rest, " " * indent)


def _differences(judged: JudgedCase, page: _Page) -> Iterator[str]:
    for heading, said, listed in told(judged, page.organisation):
        yield page.heading(heading)
        yield from page.lines(said, "")
        for each in listed:
            yield from page.bullet(each)
        yield ""


def _owners(review: Review, page: _Page) -> Iterator[str]:
    if review.owners is None:
        return
    asked = review.owners.requirement
    yield page.heading(BEYOND_CASES)
    yield from _requirement(asked, "Approval of an owner", len(STATES[asked.state]), page)
    indent = len(STATES[asked.state]) + 4
    if said := who_may_approve(review.owners, page.organisation, review.report.as_of):
        yield from page.lines(said, " " * indent)
    yield from _reviews(reviews_by_owners(review), indent, page)
    yield ""


def _requirement(each: Requirement, name: str, widest: int, page: _Page) -> Iterator[str]:
    state = STATES[each.state].ljust(widest)
    text = f"{name}: {each.detail}".rstrip(": ")
    first, *rest = page.lines(text, f"  {state}  ", " " * (widest + 4)) or [""]
    yield f"  {page.paint(state, STATE[each.state])}{first[2 + widest :]}"
    yield from rest


def _findings(findings: tuple[Finding, ...], name: str, page: _Page) -> Iterator[str]:
    if findings:
        yield page.heading(f"{name}: {tally(findings)}")
        yield ""
        yield from blocks(findings, page.source, page.paint, page.width)


def _end(review: Review, page: _Page) -> Iterator[str]:
    for note in review.report.notes:
        yield from page.lines(f"Note: {note}", "", "  ")
    yield from page.lines(EXAMPLES_NOT_CHECKBOXES, "")
    what = f"commit {review.head[:12]}" if review.head else "the working tree"
    since = f", compared with {review.base[:12]}" if review.base else ""
    yield from page.lines(f"Judged: {what}{since}, as of {day(review.report.as_of)}.", "")
    if answer := gate(review):
        style = "green" if review.passes else "red"
        yield from (page.paint(each, style) for each in page.lines(answer, ""))
