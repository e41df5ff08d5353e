"""The check on a pull request: its answer, what keeps it from passing, and everything in detail."""

from collections.abc import Iterator, Mapping, Sequence

from casework.model import english
from casework.model.check_run import NAME, Annotation, CheckRun
from casework.model.finding import Finding, Severity
from casework.model.organisation import Organisation
from casework.model.report import JudgedCase, Review
from casework.render.advice import sentence
from casework.render.approvals import BEYOND_CASES
from casework.render.casebook import errors_in
from casework.render.details import details
from casework.render.escape import code, inline, plain, prose, visible, without_commands
from casework.render.fitting import cut
from casework.render.gate import gate
from casework.render.headline import headline
from casework.render.summary import MARKER
from casework.render.words import SEVERITIES, VERDICTS, elsewhere, tally, title

LIMIT = 65_000
"""GitHub takes 65,535 characters of a summary, and as many of a text."""

MOST_ANNOTATIONS = 300
"""Six requests to GitHub. Nobody reads more beside the lines of a file."""

_TITLE = 255
_MESSAGE = 4_000
_PATH = 1_024

_LEVELS = {Severity.ERROR: "failure", Severity.WARNING: "warning", Severity.NOTICE: "notice"}


def check_run(review: Review, organisation: Organisation, head: str) -> CheckRun:
    """What is reported on a commit that is proposed."""
    shown = _annotations(review.report.findings)
    lines = _summary(review, organisation, len(shown))
    return CheckRun(
        head,
        review.passes,
        plain(headline(review), _TITLE),
        cut(lines, LIMIT, "More is left out, since GitHub limits the length of a check."),
        cut(
            details(review, organisation),
            LIMIT,
            "More is left out, since GitHub limits the length of a check. "
            "`casework review` shows all of it on your machine.",
        ),
        shown,
    )


def shared(checks: Mapping[int, CheckRun]) -> CheckRun:
    """The check of a commit that several pull requests propose: it passes only if for all."""
    if len(checks) == 1:
        return next(iter(checks.values()))
    failing = [number for number in checks if not checks[number].passes]
    # The one that keeps it from passing tells more than another that does not.
    numbers = [*failing, *(each for each in checks if each not in failing)]
    first = checks[numbers[0]]
    which = f"Pull request {numbers[0]}: " if failing else "Passes for each pull request. "
    merged = dict.fromkeys(each for number in numbers for each in checks[number].annotations)
    note = "More is left out, since GitHub limits the length of a check."
    return CheckRun(
        first.head,
        not failing,
        plain(which + first.title, _TITLE),
        cut(_of_each(numbers, {n: checks[n].summary for n in numbers}), LIMIT, note),
        cut(_of_each(numbers, {n: checks[n].text for n in numbers}), LIMIT, note),
        tuple(merged)[:MOST_ANNOTATIONS],
    )


def undetermined(head: str, reason: str, remedy: str) -> CheckRun:
    """What is reported on a commit where nothing can be known: it never passes."""
    lines = iter([_NEVER_PASSES, "", *_explanation(reason, remedy)])
    return CheckRun(
        head, False, plain(f"Undetermined: {reason}", _TITLE), cut(lines, LIMIT, ""), ""
    )


def undetermined_summary(reason: str, remedy: str, head: str) -> str:
    """The comment where nothing can be known: no verdict of before stands as if it still held."""
    lines = [MARKER, "## Undetermined", "", f"**{_NEVER_PASSES}**", ""]
    lines += [*_explanation(reason, remedy), "", "---", ""]
    lines.append(f"Not judged: commit {code(head[:12])}.")
    return cut(iter(lines), LIMIT, "")


_NEVER_PASSES = (
    "The check does not pass: nobody can tell at present how this pull request stands. "
    "What was said about an earlier commit does not apply to this one."
)


def _explanation(reason: str, remedy: str) -> Iterator[str]:
    yield prose(reason)
    if remedy:
        yield ""
        yield prose(remedy)
    yield ""
    yield (
        "To have it judged again, open the details of the check and run the failed job again; or "
        f"choose {NAME} under Actions, then Run workflow, and give the number of the pull request."
    )


def _of_each(numbers: Sequence[int], parts: Mapping[int, str]) -> Iterator[str]:
    together = english.enumerated([str(each) for each in numbers])
    yield f"These pull requests are judged together: {together}."
    said: dict[str, int] = {}
    for number in numbers:
        yield ""
        yield f"# Pull request {number}"
        yield ""
        first = said.setdefault(parts[number], number)
        same = f"The same as for pull request {first}."
        yield from [same] if first != number else parts[number].rstrip("\n").split("\n")


def _summary(review: Review, organisation: Organisation, annotated: int) -> Iterator[str]:
    answer = gate(review)
    yield f"**{prose(answer)}**" if answer else "**Nothing is proposed that the check judges.**"
    yield ""
    if review.owners is not None:
        asked = prose(review.owners.requirement.detail)
        yield f"- **{BEYOND_CASES}.** {asked}".rstrip()
    yield from (f"- {_of_case(each, organisation)}" for each in review.cases)
    others = elsewhere(review)
    if others:
        yield f"- Other files: {tally(others)}"
    yield ""
    yield from _told(len(review.report.findings), annotated)
    for note in review.report.notes:
        yield f"Note: {prose(note)}"
        yield ""


def _of_case(judged: JudgedCase, organisation: Organisation) -> str:
    case = judged.report
    what = f"{inline(title(case, organisation.people))} ({code(case.path)})"
    means = sentence(case, errors_in(judged), judged.approvals)
    return f"{what}: **{VERDICTS[case.verdict]}.** {prose(means)}"


def _told(findings: int, annotated: int) -> Iterator[str]:
    if annotated < findings:
        some = english.counted(annotated, "finding").capitalize()
        verb = "is" if annotated == 1 else "are"
        yield (
            f"{some} of {english.number(findings)} {verb} shown beside the lines of the files, "
            "the most serious first; the details list more."
        )
        yield ""


def _annotations(findings: Sequence[Finding]) -> tuple[Annotation, ...]:
    worst_first = sorted(findings, key=lambda each: SEVERITIES.index(each.severity))
    # GitHub takes all annotations of a request or none: what it might refuse stays out.
    placed = [each for each in worst_first if each.path.strip() and len(each.path) <= _PATH]
    return tuple(_annotation(each) for each in placed[:MOST_ANNOTATIONS])


def _annotation(finding: Finding) -> Annotation:
    said = [plain(each, _MESSAGE) for each in (finding.message, finding.help)]
    return Annotation(
        visible(finding.path),
        max(finding.line, 1),
        max(finding.column, 1),
        _LEVELS[finding.severity],
        plain(finding.rule, _TITLE) or NAME,
        without_commands("\n".join(filter(None, said))) or NAME,
    )
