"""All rules over one document, or over all that a pull request changes."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from casework.check.context import Context, Problem
from casework.check.registry import RULES, Group, Rule
from casework.model.case import Case, Status
from casework.model.document import Document, DocumentKind
from casework.model.finding import Finding
from casework.model.organisation import Organisation

if TYPE_CHECKING:
    from casework.check.changes import Proposal

_BY_ITSELF = frozenset({Group.FILE, Group.SCHEMA})
"""The groups of rules that need nothing but the document."""

_WITHOUT_ORGANISATION = frozenset({DocumentKind.FRAMEWORK, DocumentKind.LEVEL})
"""Documents whose rules ask nothing of the organisation: they may be why there is none."""


def check_case(
    case: Case,
    organisation: Organisation | None,
    today: date,
    *,
    is_being_decided: bool = False,
) -> tuple[Finding, ...]:
    """What is wrong in a case, by line, column and rule.

    Without an organisation only the file itself and its fields are judged; and nothing else of a
    decided case, unless it is only now proposed to decide it so.
    """
    status = case.status
    is_settled = status is not None and status.is_decided and not is_being_decided
    return _check(Context(case.document, today, case, organisation), is_settled=is_settled)


def check_document(
    document: Document,
    organisation: Organisation | None,
    documents: Mapping[str, Document],
    today: date,
) -> tuple[Finding, ...]:
    """What is wrong in any governed file but a case, by line, column and rule.

    `documents` are the data files of the same revision, by path.
    """
    return _check(Context(document, today, None, organisation, documents))


def check_proposal(proposal: "Proposal") -> tuple[Finding, ...]:
    """What is wrong in a pull request as a whole, whatever its files are like by themselves."""
    from casework.check.proposals import PROPOSAL_RULES  # a file is checked without them

    return tuple(
        Finding(rule.id, rule.severity, path, *problem.at, problem.message, problem.help)
        for rule in PROPOSAL_RULES
        for path, problem in rule.function(proposal)
    )


def check_entries(people: Document, handles: Iterable[str]) -> tuple[Finding, ...]:
    """What is wrong in people.yaml, since there are decided cases of people whom it lacks."""
    from casework.check.entries import without_entry  # most runs name a case

    rule = next(each for each in RULES if each.id == "unknown-person")
    return tuple(_finding(rule, False, people.path, e) for e in without_entry(people, handles))


def _check(context: Context, *, is_settled: bool = False) -> tuple[Finding, ...]:
    document, case = context.document, context.maybe_case
    status = case.status if case is not None else None
    rules = _applicable(
        document.kind,
        document.readable,
        has_case=case is not None,
        has_organisation=context.maybe_organisation is not None,
        is_settled=is_settled,
    )
    found = [
        (problem.at, order, _finding(rule, status is Status.DRAFT, document.path, problem))
        for order, rule in rules
        for problem in rule.function(context)
    ]
    # Stable, so that one rule's findings at one place stay in the order in which it tells them.
    found.sort(key=lambda each: each[:2])
    return tuple(finding for _, _, finding in found)


@cache
def _applicable(
    kind: DocumentKind,
    readable: bool,
    *,
    has_case: bool,
    has_organisation: bool,
    is_settled: bool,
) -> tuple[tuple[int, Rule], ...]:
    """The rules that look at such a document and have all they need, with their places."""

    def applies(rule: Rule) -> bool:
        if kind not in rule.kinds:
            return False
        if rule.group in _BY_ITSELF or kind is DocumentKind.STRAY:
            return True
        if not readable or (is_settled and not rule.after_decision):
            return False
        if kind is DocumentKind.CASE and not has_case:
            return False
        return has_organisation or kind in _WITHOUT_ORGANISATION

    return tuple(each for each in enumerate(RULES) if applies(each[1]))


def _finding(rule: Rule, is_draft: bool, path: str, problem: Problem) -> Finding:
    severity = rule.severity_for(is_draft)
    return Finding(rule.id, severity, path, *problem.at, problem.message, problem.help)
