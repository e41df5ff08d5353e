"""What `check` found, for a terminal or a pipe."""

from collections.abc import Iterator, Sequence

from casework.model.english import day
from casework.model.finding import Finding, Severity
from casework.model.report import CaseReport, Report
from casework.render.advice import missing_next
from casework.render.columns import table, wrapped
from casework.render.escape import terminal, without_commands
from casework.render.findings import Source, blocks, without_pay
from casework.render.paint import VERDICT, Paint, painter
from casework.render.words import is_decided, review_of, some, tally, unlisted

NO_CASES = (
    "No cases yet: a case is a file such as `cases/<person>/2027-02.md`, "
    "for somebody in `cases/people.yaml`."
)

_HEADER = ("case", "person", "level", "review", "status", "verdict", "missing next")


def check_text(
    report: Report,
    *,
    colour: bool,
    width: int,
    source: Source,
    files: int | None = None,
    expects_cases: bool = True,
) -> str:
    """The findings, then what holds, then how the open cases stand.

    `files` is how many files were looked at, where that is known; `expects_cases` is False where
    only other files were asked about, so that their absence needs no word.
    """
    paint = painter(colour)
    shown = without_pay(source, report.findings)
    lines = [*blocks(report.findings, shown, paint, width)]
    lines += _cases(report, paint, width, expects_cases)
    for note in report.notes:
        lines += wrapped(f"Note: {terminal(note)}", width, hanging="  ")
    lines += wrapped(_footer(report, files), width, hanging="  ")
    return without_commands("\n".join(lines) + "\n")


def errors_of(path: str, findings: tuple[Finding, ...]) -> int:
    """How many errors a file has."""
    return sum(each.path == path and each.severity is Severity.ERROR for each in findings)


def _footer(report: Report, files: int | None) -> str:
    looked = [some(files, "file")] if files is not None else []
    looked.append(some(len(report.cases), "case"))
    framework = f", framework {terminal(report.framework)}" if report.framework else ""
    return (
        f"Checked {' with '.join(looked)} as of {day(report.as_of)}{framework}: "
        f"{tally(report.findings)}."
    )


def _cases(report: Report, paint: Paint, width: int, expected: bool) -> Iterator[str]:
    if not report.cases:
        if expected:
            yield from wrapped(NO_CASES, width, hanging="  ")
            yield ""
        return
    shown = [each for each in report.cases if not is_decided(each)]
    if shown:
        yield from _table(shown, report, paint, width)
    if others := unlisted(report.cases):
        yield from wrapped(others, width)
    yield ""


def _table(shown: Sequence[CaseReport], report: Report, paint: Paint, width: int) -> Iterator[str]:
    rows = [_HEADER, *(_row(each, errors_of(each.path, report.findings)) for each in shown)]
    heading, *lines = _fitting(rows, width)
    yield paint("  ".join(heading).rstrip(), "bold")
    for case, line in zip(shown, lines, strict=True):
        yield _line(case, line, paint)


def _fitting(rows: list[tuple[str, ...]], width: int) -> list[Sequence[str]]:
    """The table without the columns that the path tells too, where they take room from others."""
    for hidden in ((), ("person",), ("person", "review"), ("person", "review", "level")):
        kept = [place for place, name in enumerate(_HEADER) if name not in hidden]
        header, *others = [[row[place] for place in kept] for row in rows]
        fitted = list(table(header, others, width))
        if fitted[1:] and all(
            line[-1] == row[-1] for line, row in zip(fitted[1:], others, strict=True)
        ):
            break
    return fitted


def _row(case: CaseReport, errors: int) -> tuple[str, ...]:
    levels = [each for each in (case.from_level, case.to_level) if each]
    words = (
        case.path,
        case.person or "?",
        " → ".join(levels) or "?",
        review_of(case),
        case.status or "?",
        case.verdict.value,
        missing_next(case, errors),
    )
    return tuple(map(terminal, words))


def _line(case: CaseReport, cells: Sequence[str], paint: Paint) -> str:
    *before, verdict, last = cells
    return "  ".join((*before, paint(verdict, VERDICT[case.verdict]), last)).rstrip()
