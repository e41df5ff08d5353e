"""The rules about evidence: ratings rest on it, and others can follow it up."""

import re
from collections.abc import Iterator, Mapping

from casework.check.cells import Cell, high_cells, rated_sections
from casework.check.context import Context, Problem
from casework.check.data import fields, value
from casework.check.words import did_you_mean, listed, quoted
from casework.model.case import Evidence, Section
from casework.model.fiscal import Quarter
from casework.model.framework import Track
from casework.model.people import People

_QUARTER = re.compile("FY *[0-9]", re.IGNORECASE)
"""How headings begin that are meant to be quarters, also those that are none."""

_WITNESS = re.compile(r"\bwitness(?:es|ed by)?\s*:", re.IGNORECASE)
_OPEN_WITNESS = "`witness:` is outside round brackets, or in code"
_NO_EVIDENCE = "there is no evidence"
_ADD_SOURCE = (
    "Add a link to the work, or `(witness: handle)` of somebody other than the subject and the "
    "manager."
)


def unsupported_rating(context: Context) -> Iterator[Problem]:
    """A rating of `exceeds` or `next` rests on evidence that somebody else can check.

    Why: Such a rating is what a promotion is built on. Reviewers were not there; a link
    or the name of somebody who saw it is what they can follow up.

    Fix: Under the quarter's heading and the category's, add a list item with a link to the work,
    or with `(witness: handle)` of somebody other than the subject and the manager.

    Bad:
        - Cut the time that a search takes by half.

    Good:
        - Cut the time that a search takes by half ([dashboard](https://example.com/d/9)).
    """
    needed = context.policy.evidence_per_cell
    for cell in high_cells(context):
        supported = context.case.supported(cell.quarter, cell.category, context.people)
        if supported < needed:
            items = "an item" if needed == 1 else f"{needed} items"
            yield Problem(
                context.document.at("quarters", cell.quarter.label, cell.category.id),
                f"`{cell.category.id}` of {cell.quarter.label} is rated `{cell.rating.word}` and "
                f"must have {items} of evidence with a link or a witness; "
                f"{_lacking(context, cell, supported)}.",
                f"Under `## {cell.quarter.label}`, `### {cell.category.name}`, add a link to the "
                "work, or `(witness: handle)` of somebody other than the subject and the manager.",
            )


def _lacking(context: Context, cell: Cell, supported: int) -> str:
    """What stands in the way of a rating's support."""
    items = context.case.evidence(cell.quarter, cell.category)
    if not items:
        return "what is there is not a list item" if _has_text(context, cell) else _NO_EVIDENCE
    if supported:
        return f"only {supported} of its items {'has' if supported == 1 else 'have'} one"
    if any(_names_stranger(each, context.people) for each in items):
        return "its witness is not in cases/people.yaml"
    if any(_only_barred(context, each) for each in items):
        return "its witness is the subject or the manager"
    return _OPEN_WITNESS if any(map(_has_open_witness, items)) else "its evidence has neither"


def _has_text(context: Context, cell: Cell) -> bool:
    """Whether anything stands below a cell's heading."""
    return any(
        section.has_content
        for quarter, category, section in rated_sections(context)
        if (quarter, category) == (cell.quarter, cell.category)
    )


def _names_stranger(item: Evidence, people: People) -> bool:
    """Whether an item has a witness whom nobody knows, of whom unknown-witness says enough."""
    return any(people.get(each.word) is None for each in item.witnesses)


def _has_open_witness(item: Evidence) -> bool:
    """Whether a witness is named outside the brackets that make it a note."""
    return not item.witnesses and _WITNESS.search(item.text) is not None


def _only_barred(context: Context, item: Evidence) -> bool:
    """Whether an item's witnesses are the subject or the manager."""
    barred = context.case.barred_witnesses(context.people)
    return any(each.word in barred for each in item.witnesses)


def unrated_evidence(context: Context) -> Iterator[Problem]:
    """Evidence stands under a quarter and a category that the front matter rates.

    Why: Evidence counts for a rating. Where there is none, usually because a heading is misspelt,
    work that was done counts for nothing.

    Fix: Correct the heading, move the evidence to its category, or rate the quarter.

    Bad:
        ## FY27-Q4
        ### Team work

    Good:
        ## FY27-Q4
        ### Teamwork
    """
    track = context.framework.track_of(context.case.from_level)
    rated = list(fields(context.document, "quarters"))
    # Of quarters that are not written as they must be, another rule says so.
    is_known = isinstance(value(context.document, "quarters"), Mapping) and all(
        map(Quarter.parse, rated)
    )
    for section in context.case.sections:
        if not (section.has_content and _QUARTER.match(section.title)):
            continue
        if section.title.upper() not in rated:
            if is_known:
                yield _unlisted(section, rated)
        elif track is not None:
            yield from _uncategorised(section, track)


def _unlisted(section: Section, rated: list[str]) -> Problem:
    """A quarter's section without ratings, or with a heading that is no quarter's."""
    title, guess = section.title.upper(), ""
    if Quarter.parse(title) is None:
        begun = (f" Did you mean {quoted(each)}?" for each in rated if title.startswith(each))
        guess = next(begun, did_you_mean(section.title, rated))
    found = f"{quoted(section.title)} is none of them"
    if not rated:
        found = f"it rates none, and this is {quoted(section.title)}"
    return Problem(
        section.at,
        "Evidence must stand under a quarter that the front matter rates"
        f"{', ' if rated else ''}{listed(rated, '')}; {found}.{guess}",
        "Rate the quarter under `quarters`, or correct the heading.",
    )


def _uncategorised(section: Section, track: Track) -> Iterator[Problem]:
    """Evidence of a quarter that stands under no category."""
    names = [each.name for each in track.categories]
    if section.items:
        yield Problem(
            section.items[0].at,
            f"Evidence must stand under a category of its quarter, {listed(names)}; this "
            f"is right under `## {section.title}`.",
            "Put a heading of the third level with the category's name above it.",
        )
    for each in section.subsections:
        if each.has_content and track.category(each.title) is None:
            yield Problem(
                each.at,
                f"A heading under a quarter must be a category, {listed(names)}; it is "
                f"{quoted(each.title)}.{did_you_mean(each.title, names)}",
                "Correct the heading, or move its text to the category that it belongs to.",
            )


def evidence_without_source(context: Context) -> Iterator[Problem]:
    """Every piece of evidence has a link or a witness.

    Why: What only the author knows of convinces nobody who was not there, and supports no rating.

    Fix: Add a link to the work, or `(witness: handle)` of somebody other than the subject and the
    manager.

    Bad:
        - Ran the load tests before the launch.

    Good:
        - Ran the load tests before the launch. (witness: barbara-liskov)
    """
    barred = context.case.barred_witnesses(context.people)
    for _, _, section in rated_sections(context):
        for item in section.items:
            is_supported = item.is_supported(context.people, barred)
            if not (is_supported or _names_stranger(item, context.people)):
                yield Problem(item.at, *_unsourced(item, barred, context.people))


def _unsourced(item: Evidence, barred: frozenset[str | None], people: People) -> tuple[str, str]:
    """Message and help for an item that nobody can check."""
    own = [each.word for each in item.witnesses if each.word in barred and people.get(each.word)]
    found = _OPEN_WITNESS if _has_open_witness(item) else "it has neither"
    if own:
        found = f"its only witness is {quoted(own[0])}, subject or manager"
    return (
        f"Evidence should have a link or an independent witness; {found}.",
        _ADD_SOURCE,
    )
