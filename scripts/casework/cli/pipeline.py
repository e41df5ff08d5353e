"""The pipelines of `check` and `review`, as they read aloud: read, check, assess, report."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from casework.assess.gate import passes
from casework.check.run import check_proposal
from casework.cli.cache import Cache
from casework.cli.examination import Examined, examine, judge, with_findings
from casework.cli.failure import FailureError
from casework.cli.results import examine_all
from casework.cli.rulebook import SCHEMA_FILES, Rulebook, read_proposal, read_rulebook
from casework.cli.settings import Settings
from casework.cli.shelf import Shelf
from casework.model.case import Status
from casework.model.document import PEOPLE
from casework.model.finding import Finding
from casework.model.report import CaseReport, JudgedCase, Report, Review
from casework.read.documents import is_case
from casework.read.source import Source

if TYPE_CHECKING:
    from casework.check.changes import Proposal
    from casework.cli.comparison import Comparison
    from casework.cli.consultation import Consultation
    from casework.cli.retrospect import Retrospect

_NOT_JUDGED = (
    "Cases were not judged, and only their form was checked: the framework, the policy or "
    "people.yaml cannot be read."
)
_UNCHANGED = "Nothing is changed, so this is how the open cases stand."
_NEW_HERE = "The main branch has no framework yet, so the rules come from the head itself."


def check(
    source: Source,
    paths: tuple[str, ...],
    settings: Settings,
    cache: Cache,
) -> Report:
    """What is wrong in the files at the paths, and how the cases among them stand."""
    rulebook = read_rulebook(source, Shelf(settings.cache_folder))
    if rulebook.organisation is None:
        # Why nothing can be judged belongs to the answer, whichever files were asked about.
        paths = tuple(sorted({*paths, *rulebook.documents}))
    results = examine_all(source, paths, rulebook, settings, cache)
    if PEOPLE in paths and rulebook.organisation:
        from casework.cli.entries import missing_entries  # most runs name a case

        results = (*results, missing_entries(source, rulebook))
    return _report(results, rulebook, settings.today)


def review(
    comparison: "Comparison",
    rulebook: Rulebook,
    settings: Settings,
    cache: Cache,
    consultation: "Consultation | None" = None,
    retrospect: "Retrospect | None" = None,
) -> Review:
    """What a pull request of the head would get; without changes, how the open cases stand.

    `consultation` tells of the reviews; None where there is no pull request to ask. `retrospect`
    tells of what was before; None where nobody is going to read it.
    """
    from casework.check.changes import beyond_cases  # `check` compares nothing
    from casework.cli.proposal import propose

    # A pull request proposes something even if nothing of it is left to differ.
    proposes = bool(comparison.governed) or consultation is not None
    if proposes:
        cases = _changed_cases(comparison, rulebook, settings.today, consultation)
    else:
        cases = _open_cases(comparison, rulebook, settings, cache)
    proposal = propose(comparison, cases if proposes else (), rulebook, settings.today)
    as_a_whole = check_proposal(proposal)
    cases = _with_own(cases, as_a_whole)
    notes = _notes(comparison, proposal, proposes=proposes)
    notes += consultation.notes if consultation else ()
    if retrospect and proposes:
        cases, unknown = retrospect.of(cases, proposal, comparison, rulebook)
        notes += unknown
    results = [Examined(each.case.path, each.report, each.findings) for each in cases]
    results += _other_files(comparison, rulebook, settings.today)
    results += _elsewhere(as_a_whole, cases)
    report = _report(results, rulebook, settings.today, notes)
    owners = consultation.of_owners(beyond_cases(proposal)) if consultation else None
    return Review(
        base=comparison.base,
        head=comparison.head,
        cases=cases,
        report=report,
        # Nobody proposes what is there already, so nothing but errors speaks against it.
        passes=passes(cases if proposes else (), report.findings, owners),
        proposes=proposes,
        owners=owners,
        pull_request=consultation.number if consultation else None,
    )


def rules_of(comparison: "Comparison", settings: Settings) -> Rulebook:
    """The rules that hold for a review: the main branch's, never those that the head proposes.

    Only where the main branch has none yet are they the head's. Raises FailureError when they
    cannot be read.
    """
    rulebook = read_rulebook(comparison.rules, Shelf(settings.cache_folder))
    if rulebook.organisation is None:
        raise FailureError(
            "the main branch's framework, policy and people must be readable; they are not",
            "Run `casework check` there and fix what it finds first.",
        )
    return rulebook


def _changed_cases(
    comparison: "Comparison",
    rulebook: Rulebook,
    today: date,
    consultation: "Consultation | None",
) -> tuple[JudgedCase, ...]:
    ask = consultation.of_case if consultation else None
    added = {each.path for each in comparison.changes if each.status == "A"}
    edited = [each for each in comparison.cases if each not in added]
    before = {blob.path: blob for blob in comparison.before.read(edited)}
    after = comparison.after.read(comparison.cases)
    return tuple(judge(blob, before.get(blob.path), rulebook, today, ask) for blob in after)


def _open_cases(
    comparison: "Comparison", rulebook: Rulebook, settings: Settings, cache: Cache
) -> tuple[JudgedCase, ...]:
    source = comparison.after
    paths = tuple(each for each in source.paths("cases") if is_case(each))
    results = examine_all(source, paths, rulebook, settings, cache)
    still_open = [each.path for each in results if each.case and _is_open(each.case)]
    blobs = source.read(still_open)
    return tuple(judge(blob, blob, rulebook, settings.today) for blob in blobs)


def _is_open(case: CaseReport) -> bool:
    return case.status not in {each.value for each in Status if each.is_decided}


def _other_files(comparison: "Comparison", rulebook: Rulebook, today: date) -> list[Examined]:
    """All files of the head but cases, when one of them changed: they must fit each other."""
    if not comparison.others and all(map(is_case, comparison.deleted)):
        return []
    proposed = read_proposal(comparison.after, rulebook)
    lost = (path for path in comparison.deleted if path in SCHEMA_FILES)
    paths = sorted({*comparison.others, *proposed.documents, *lost})
    return [examine(blob, proposed, today) for blob in comparison.after.read(paths)]


def _with_own(
    cases: tuple[JudgedCase, ...], as_a_whole: Iterable[Finding]
) -> tuple[JudgedCase, ...]:
    """The cases, each with what speaks against changing it so."""
    by_path: dict[str, list[Finding]] = {}
    for each in as_a_whole:
        by_path.setdefault(each.path, []).append(each)
    return tuple(with_findings(each, by_path.get(each.case.path, ())) for each in cases)


def _elsewhere(as_a_whole: Iterable[Finding], cases: Iterable[JudgedCase]) -> list[Examined]:
    """What speaks against changing all of this at once, in files that are no cases of the head."""
    own = {each.case.path for each in cases}
    return [Examined(each.path, None, (each,)) for each in as_a_whole if each.path not in own]


def _notes(comparison: "Comparison", proposal: "Proposal", *, proposes: bool) -> tuple[str, ...]:
    from casework.check.origins import followed  # `check` compares nothing

    new = (_NEW_HERE,) if comparison.rules is comparison.after else ()
    unchanged = () if proposes else (_UNCHANGED,)
    moved = {each.before.path: each.path for each in followed(proposal) if each.before}
    gone = (
        f"`{each}` was moved to `{moved[each]}`."
        if moved.get(each, each) != each
        else f"`{each}` is deleted."
        for each in comparison.deleted
    )
    return (*new, *unchanged, *gone)


def _report(
    results: Iterable[Examined], rulebook: Rulebook, today: date, notes: tuple[str, ...] = ()
) -> Report:
    by_path = sorted(results, key=lambda each: each.path)
    cases = tuple(each.case for each in by_path if each.case)
    findings: tuple[Finding, ...] = tuple(one for each in by_path for one in each.findings)
    is_judged = rulebook.organisation is not None or not any(
        map(is_case, (e.path for e in by_path))
    )
    unjudged = () if is_judged else (_NOT_JUDGED,)
    return Report(today, rulebook.version, cases, findings, (*unjudged, *notes))
