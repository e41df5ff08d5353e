"""All that was found out about a pull request, for a page that has room for it.

The most important stands first, and each line stands for itself: the text may end after any.
"""

from collections.abc import Iterator

from casework.model.finding import Severity
from casework.model.organisation import Organisation
from casework.model.report import JudgedCase, Review
from casework.render.escape import inline
from casework.render.evidence import evidence
from casework.render.markdown import listed
from casework.render.words import SEVERITIES, categories, some, title


def details(review: Review, organisation: Organisation) -> Iterator[str]:
    """The findings, the worst first, and the evidence of each case."""
    for severity in SEVERITIES:
        yield from _findings(review, severity)
    for judged in review.cases:
        yield from _evidence(judged, organisation)


def _findings(review: Review, severity: Severity) -> Iterator[str]:
    found = [each for each in review.report.findings if each.severity is severity]
    if found:
        yield f"## {some(len(found), severity.value).capitalize()}"
        yield ""
        yield from map(listed, found)
        yield ""


def _evidence(judged: JudgedCase, organisation: Organisation) -> Iterator[str]:
    # What somebody is paid is nowhere said again.
    if any(each.rule == "pay-figure" for each in judged.findings):
        return
    columns = categories(judged.report, organisation.framework)
    lines = evidence(judged.case, columns, organisation)
    if lines:
        yield f"## Evidence: {inline(title(judged.report, organisation.people))}"
        yield ""
        yield from lines
