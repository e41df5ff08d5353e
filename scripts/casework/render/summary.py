"""The one comment on a pull request: what it would come to, and what is still missing.

Everything that somebody else wrote passes through `escape` on its way into it.
"""

from collections.abc import Iterator

from casework.model.check_run import NAME
from casework.model.english import day, enumerated, number
from casework.model.organisation import Organisation
from casework.model.report import JudgedCase, Review
from casework.render.advice import missing_next
from casework.render.approvals import owners_part
from casework.render.casebook import Extent, chapter, errors_in
from casework.render.escape import code, inline, prose
from casework.render.fitting import cut, fitting
from casework.render.gate import gate
from casework.render.markdown import finding_list, table
from casework.render.words import EXAMPLES_NOT_CHECKBOXES, VERDICTS, elsewhere, title

MARKER = "<!-- casework:summary -->"
"""How the comment is known again; first, so that nothing in it can stand before it."""

LIMIT = 65_000
"""GitHub takes 65,536 characters. Counted in bytes, of which no text has fewer than characters
of any kind, and with some room for what is put around the comment."""

_EXTENTS = (
    Extent(),
    Extent(evidence=False),
    Extent(evidence=False, level=False),
    Extent(evidence=False, level=False, findings=20),
    Extent(evidence=False, level=False, changes=False, findings=20),
    Extent(evidence=False, level=False, changes=False, findings=5),
    Extent(evidence=False, level=False, changes=False, findings=0),
    Extent(evidence=False, level=False, changes=False, findings=0, chapters=False),
)
"""From everything to the least, in the order in which parts can best be done without."""


def summary(review: Review, organisation: Organisation) -> str:
    """The comment in GitHub Markdown, always below GitHub's limit for a comment."""
    for extent in _EXTENTS:
        lines, is_whole = fitting(_lines(review, organisation, extent), LIMIT)
        if is_whole:
            return lines
    # Not even an overview of so many cases fits.
    note = f"More is left out, since GitHub limits the length of a comment{_where(review)}."
    return cut(_lines(review, organisation, extent), LIMIT, note)


def _lines(review: Review, organisation: Organisation, extent: Extent) -> Iterator[str]:
    yield MARKER
    is_alone = len(review.cases) == 1
    if not is_alone:
        yield from _overview(review, organisation)
    if extent.chapters:
        depth = 2 if is_alone else 3
        for judged in review.cases:
            answer = _answer(review) if is_alone else ()
            yield from chapter(judged, organisation, extent, depth, answer, review.files)
    yield from owners_part(review, organisation)
    yield from _elsewhere(review, extent)
    yield from _closing(review, extent)


def _answer(review: Review) -> tuple[str, ...]:
    """Whether the check passes, as a paragraph."""
    answer = gate(review)
    return (f"**{answer}**", "") if answer else ()


def _overview(review: Review, organisation: Organisation) -> Iterator[str]:
    """What there is: no case, or several."""
    count = len(review.cases)
    none = "No case is changed" if review.proposes else "No case to judge"
    yield f"## {number(count).capitalize()} cases" if count else f"## {none}"
    yield ""
    yield from _answer(review)
    if review.cases:
        rows = (_row(each, organisation) for each in review.cases)
        yield from table(("Case", "Verdict", "Missing next"), rows)


def _row(judged: JudgedCase, organisation: Organisation) -> tuple[str, ...]:
    case = judged.report
    status = inline(case.status or "no valid status")
    return (
        # The path tells two cases of one person apart; more columns would not fit on a phone.
        f"{inline(title(case, organisation.people))}<br>{code(case.path)}, {status}",
        VERDICTS[case.verdict].lower(),
        inline(missing_next(case, errors_in(judged))),
    )


def _elsewhere(review: Review, extent: Extent) -> Iterator[str]:
    findings = elsewhere(review)
    if findings:
        yield "### Findings in other files"
        yield ""
        yield from finding_list(findings, extent.findings)


def _closing(review: Review, extent: Extent) -> Iterator[str]:
    yield "---"
    yield ""
    for note in review.report.notes:
        yield f"Note: {prose(note)}"
        yield ""
    yield from _left_out(review, extent)
    yield EXAMPLES_NOT_CHECKBOXES
    yield ""
    what = f"commit {code(review.head[:12])}" if review.head else "the working tree"
    since = f", compared with {code(review.base[:12])}" if review.base else ""
    framework = review.report.framework
    by = f", by framework {inline(framework)}" if framework else ""
    # A comment is written anew when it says something new; a new day alone is nothing new.
    when = "" if _is_posted(review) else f", as of {day(review.report.as_of)}"
    yield f"Judged: {what}{since}{when}{by}."


def _left_out(review: Review, extent: Extent) -> Iterator[str]:
    """What is not written, and where it is to be found."""
    parts = [
        "the evidence (the case file has it)" * (not extent.evidence),
        "what the level asks for (`casework ladder` shows it)" * (not extent.level),
        "what changed (the commits have it)" * (not extent.changes),
        "some findings (`casework check` lists all)" * (extent.findings is not None),
        "the chapter of each case (`casework review` shows it)" * (not extent.chapters),
    ]
    missing = enumerated([each for each in parts if each])
    if missing:
        limit = "Left out, since GitHub limits the length of a comment"
        yield f"{limit}: {missing}{_where(review)}."
        yield ""


def _where(review: Review) -> str:
    """Where more is to be read, to be added to a sentence."""
    return f"; the check `{NAME}` on this pull request has more" if _is_posted(review) else ""


def _is_posted(review: Review) -> bool:
    return review.pull_request is not None
