"""What differs between two states of a case, found out for whoever read the earlier one."""

from collections.abc import Iterator, Mapping

from casework.model.case import Case, Evidence, Section
from casework.model.difference import (
    CellChange,
    Change,
    Changes,
    EvidenceChange,
    FieldChange,
    QuarterChange,
    SectionChange,
    Value,
    cells_of,
    paired,
)
from casework.model.fiscal import Quarter
from casework.model.framework import Track
from casework.model.rating import Rating


def differences(
    before: Case, after: Case, track: Track | None, since: str, *, is_quotable: bool = True
) -> Changes | None:
    """All that differs in what the case says; None where either state cannot be read.

    `track` is that of the level held; without it nobody knows what is evidence, and a quarter's
    section is compared as a whole. `since` is the commit of the earlier state.
    """
    if not (before.document.readable and after.document.readable):
        return None
    return Changes(
        since,
        before.path if before.path != after.path else None,
        tuple(_fields(before, after)),
        tuple(_quarters(before, after)),
        tuple(_evidence(before, after, track)) if track else (),
        tuple(_sections(before, after, track)),
        is_quotable,
    )


def _fields(before: Case, after: Case) -> Iterator[FieldChange]:
    now = _front(after)
    for name, was in _front(before).items():
        if was != now[name]:
            yield FieldChange(name, was, now[name])


def _front(case: Case) -> dict[str, Value]:
    """What a reader wants to know first stands first."""
    return {
        "status": case.status,
        "review": case.review,
        "decided": case.decided,
        "effective": case.effective,
        "kind": case.kind,
        "person": case.person,
        "from": case.from_level,
        "to": case.to_level,
        "level_since": case.level_since,
        "manager": case.manager,
        "framework": case.framework,
    }


def _quarters(before: Case, after: Case) -> Iterator[QuarterChange]:
    was = {each.quarter: each.ratings for each in before.quarters}
    now = {each.quarter: each.ratings for each in after.quarters}
    for quarter in sorted({*was, *now}):
        old, new = was.get(quarter, {}), now.get(quarter, {})
        cells = tuple(cell_changes(old, new))
        if quarter not in was:
            yield QuarterChange(quarter, Change.ADDED, cells)
        elif quarter not in now:
            yield QuarterChange(quarter, Change.REMOVED, cells)
        elif cells:
            yield QuarterChange(quarter, Change.CHANGED, cells)


def cell_changes(old: Mapping[str, Rating], new: Mapping[str, Rating]) -> Iterator[CellChange]:
    """The ratings of a quarter that are others; both by the category's id."""
    for category in dict.fromkeys((*old, *new)):
        if old.get(category) is not new.get(category):
            yield CellChange(category, old.get(category), new.get(category))


def _evidence(before: Case, after: Case, track: Track) -> Iterator[EvidenceChange]:
    was, now = cells_of(before, track), cells_of(after, track)
    for quarter in sorted({quarter for quarter, _ in (*was, *now)}):
        for category in track.categories:
            cell = quarter, category.id
            items = paired(was.get(cell, []), now.get(cell, []))
            reworded = [new for _, new in items.reworded]
            reworded += [new for old, new in items.same if _sources(old) != _sources(new)]
            if items.added or items.removed or reworded:
                yield EvidenceChange(*cell, items.added, items.removed, tuple(reworded))


def _sources(item: Evidence) -> tuple[object, ...]:
    """What an item names beside its text."""
    shows, witnesses = ({each.word for each in named} for named in (item.shows, item.witnesses))
    return set(item.links), shows, witnesses


def _sections(before: Case, after: Case, track: Track | None) -> Iterator[SectionChange]:
    was, now = _by_title(before), _by_title(after)
    for title in dict.fromkeys((*now, *was)):
        name = (now.get(title) or was[title])[0].title
        old, new = (_text(each.get(title, []), track) for each in (was, now))
        is_quarter = _quarter_of(name) is not None
        if old == new and (is_quarter or (title in was) == (title in now)):
            continue
        # What became of a quarter is told by its ratings and its evidence; this is all the rest.
        if is_quarter or (title in was and title in now):
            yield SectionChange(name, Change.CHANGED)
        else:
            yield SectionChange(name, Change.ADDED if title in now else Change.REMOVED)


def _by_title(case: Case) -> dict[str, list[Section]]:
    found: dict[str, list[Section]] = {"": [case.preamble]}
    for each in case.sections:
        found.setdefault(each.title.casefold(), []).append(each)
    return found


def _quarter_of(title: str) -> Quarter | None:
    return Quarter.parse(title.upper())


def _text(sections: list[Section], track: Track | None) -> list[str]:
    """What sections of one title say, line breaks and evidence aside."""
    return [
        " ".join(text.split())
        for section in sections
        for text in (
            *(each.raw for each in section.passages),
            *(text for part in section.subsections for text in _below(section, part, track)),
        )
    ]


def _below(section: Section, part: Section, track: Track | None) -> Iterator[str]:
    """What a subsection says, its evidence aside where it is a cell's."""
    if _quarter_of(section.title) and track and track.category(part.title):
        own = {each.line for item in part.items for each in item.passages}
        yield from (each.raw for each in part.passages if each.line not in own)
    else:
        yield part.title.casefold()
        yield from (each.raw for each in part.passages)
