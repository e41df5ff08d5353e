"""The chapter that a pull request's summary has for each of its cases."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casework.model.case import Kind
from casework.model.english import counted, enumerated
from casework.model.finding import Finding, Severity
from casework.model.framework import Level
from casework.model.organisation import Organisation
from casework.model.report import CaseReport, JudgedCase, JudgedQuarter, State, Verdict
from casework.render import approvals
from casework.render.advice import (
    approvals_needed,
    earliest,
    sentence,
    shown_not_judged,
    steps,
)
from casework.render.differences import differences_part
from casework.render.escape import code, html, inline, link, prose
from casework.render.evidence import evidence
from casework.render.markdown import finding_list, folded, table
from casework.render.on_record import PAGE, on_record
from casework.render.todo import todo
from casework.render.words import (
    MARKS,
    STATES,
    VERDICTS,
    categories,
    counting_briefly,
    person,
    requirement,
    tally,
    title,
)


class Extent(NamedTuple):
    """How much of a summary is written."""

    evidence: bool = True
    level: bool = True
    changes: bool = True
    findings: int | None = None
    """How many findings of a case are listed; None for all."""
    chapters: bool = True


def chapter(
    judged: JudgedCase,
    organisation: Organisation,
    extent: Extent,
    depth: int,
    answer: Sequence[str] = (),
    files: str | None = None,
) -> Iterator[str]:
    """Everything about one case, under a heading of that depth.

    `answer` is what is to stand right after the verdict; `files` is the address under which GitHub
    shows the files of the main branch, where it is known.
    """
    case, under = judged.report, "#" * (depth + 1)
    yield f"{'#' * depth} {inline(title(case, organisation.people))}"
    yield ""
    yield from _verdict(judged)
    yield from answer
    yield from _next(judged, organisation, under)
    errors = [each for each in judged.findings if each.severity is Severity.ERROR]
    yield from _findings(errors, "What to fix", under, extent)
    yield from _quarters(judged, organisation, under, files)
    yield from _requirements(case, under)
    yield from _approvals(judged, organisation, under)
    rest = [each for each in judged.findings if each.severity is not Severity.ERROR]
    yield from _findings(rest, "What else was noticed", under, extent)
    if extent.changes:
        yield from differences_part(judged, organisation)
    if extent.evidence:
        yield from _evidence(judged, organisation)
    if extent.level:
        yield from _level(case, organisation)


def errors_in(judged: JudgedCase) -> int:
    """How many errors the case's file has."""
    return sum(each.severity is Severity.ERROR for each in judged.findings)


def _verdict(judged: JudgedCase) -> Iterator[str]:
    case = judged.report
    status = f"status {code(case.status)}" if case.status else "no valid status"
    yield f"{code(case.path)}, {status}"
    yield ""
    said = prose(sentence(case, errors_in(judged), judged.approvals))
    yield f"**{VERDICTS[case.verdict]}.** {said}"
    yield ""


def _next(judged: JudgedCase, organisation: Organisation, under: str) -> Iterator[str]:
    listed = todo(judged, errors_in(judged), organisation.policy)
    if listed:
        yield f"{under} What to do next"
        yield ""
        yield from (f"- {prose(each)}" for each in listed)
        yield ""


def _findings(found: list[Finding], name: str, under: str, extent: Extent) -> Iterator[str]:
    if found:
        yield f"{under} {name}: {tally(found)}"
        yield ""
        yield from finding_list(found, extent.findings, in_one_file=True)


def _quarters(
    judged: JudgedCase, organisation: Organisation, under: str, files: str | None
) -> Iterator[str]:
    case = judged.report
    quarters = case.assessment.quarters
    # Where it is what to do next, it has been said by now.
    when = earliest(case) if case.verdict is not Verdict.NOT_READY else None
    said = [each for each in (when, *shown_not_judged(case)) if each]
    if not quarters and not said:
        return
    yield f"{under} Quarters"
    yield ""
    if quarters:
        columns = categories(case, organisation.framework)
        names = ("Quarter", *(inline(each.name) for each in columns))
        # In small letters, since the last column would be out of sight on a phone.
        header = tuple(f"<sub>{each}</sub>" for each in names)
        yield from table(header, [_row(q, [c.id for c in columns], case) for q in quarters])
        yield from _on_record(judged, files)
    for text in said:
        yield prose(text)
        yield ""


def _row(judged: JudgedQuarter, columns: list[str], case: CaseReport) -> tuple[str, ...]:
    rated = judged.ratings
    ratings = [rated[column].word if column in rated else "-" for column in columns]
    # A column of its own would be out of sight on a phone.
    return (f"**{judged.quarter.label}**<br>{inline(counting_briefly(judged, case))}", *ratings)


def _on_record(judged: JudgedCase, files: str | None) -> Iterator[str]:
    introduction, listed = on_record(judged)
    if introduction:
        page = code(PAGE)
        yield prose(introduction).replace(page, link(page, f"{files}/{PAGE}") if files else page)
        yield ""
    if listed:
        yield from (f"- {prose(each)}" for each in listed)
        yield ""


def _requirements(case: CaseReport, under: str) -> Iterator[str]:
    listed = [each for each in case.assessment.requirements if each.id != "approvals"]
    if not listed:
        return
    yield f"{under} Requirements"
    yield ""
    for each in listed:
        name = f"**{inline(requirement(each.id, case))}**"
        yield f"- {MARKS[each.state]} {name}, {STATES[each.state]}. {prose(each.detail)}".rstrip()
    yield ""


def _approvals(judged: JudgedCase, organisation: Organisation, under: str) -> Iterator[str]:
    asked = judged.report.assessment.requirement("approvals")
    if asked is None:
        return
    yield f"{under} Approvals"
    yield ""
    state = STATES[asked.state].capitalize()
    yield f"{MARKS[asked.state]} **{state}.** {prose(asked.detail)}".rstrip()
    yield ""
    if organisation.policy.approvals.required and asked.state is not State.MET:
        yield prose(" ".join(_asked(judged, organisation, asked.state)))
        yield ""
    yield from approvals.items(approvals.reviews_of(judged))


def _asked(judged: JudgedCase, organisation: Organisation, state: State) -> Iterator[str]:
    case, people, policy = judged.report, organisation.people, organisation.policy
    subject = people.get(case.person)
    barred = {case.person, judged.case.manager, subject.manager if subject else None}
    names = [person(each, people) for each in policy.approvals.reviewers if each not in barred]
    needed = approvals_needed(case, policy)
    said = steps(case, errors_in(judged), policy, judged.approvals)
    # Where some are known to be missing, or are to be asked for next, it has been said by now.
    if state is State.UNDETERMINED and not any(needed in each for each in said):
        yield f"It takes {needed}."
    group = f" ({enumerated(names)})" if names else ""
    within = counted(policy.approvals.answer_within_days, "day")
    yield f"The calibration group{group} answers within {within} of being asked."


def _evidence(judged: JudgedCase, organisation: Organisation) -> Iterator[str]:
    if any(each.rule == "pay-figure" for each in judged.findings):
        yield "The evidence is not shown here as long as the case says what somebody is paid."
        yield ""
        return
    columns = categories(judged.report, organisation.framework)
    lines = evidence(judged.case, columns, organisation)
    if lines:
        yield from folded("Evidence, and the behaviours that it cites", iter(lines))


def _level(case: CaseReport, organisation: Organisation) -> Iterator[str]:
    target = case.from_level if case.kind == Kind.IN_BAND_INCREASE else case.to_level
    level = organisation.framework.level(target)
    if level and level.finalised:
        yield from folded(f"What {html(level.id)} asks for", _expectations(level, organisation))


def _expectations(level: Level, organisation: Organisation) -> Iterator[str]:
    track = organisation.framework.track_of(level.id)
    names = {each.id: each.name for each in track.categories} if track else {}
    yield prose(level.summary)
    yield ""
    for each in level.expectations:
        yield f"**{inline(names.get(each.category, each.category))}.** {inline(each.summary)}"
        yield ""
        yield from (f"- {code(b.id)} {inline(b.text)}" for b in each.behaviours)
        yield ""
